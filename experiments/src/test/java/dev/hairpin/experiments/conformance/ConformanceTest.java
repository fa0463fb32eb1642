package dev.hairpin.experiments.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The page tells of every rule and every reason, and of nothing that is not so. A test that names a rule is a test method in
 * whose text the rule's name stands.
 */
class ConformanceTest {
    private final Tables tables;

    ConformanceTest() throws IOException {
        tables = new Tables(new Page("measured").read());
    }

    @Test
    void everyRuleByWhichIsDecidedHasATest() {
        System.out.println(tables.summary() + " " + tables.count() + " tests of the model.");
        assertThat(tables.rulesWithoutATest()).isEmpty();
    }

    @Test
    void everyReasonThatIsGivenHasATest() {
        assertThat(tables.reasonsWithoutATest()).isEmpty();
    }

    @Test
    void thePageTellsOfEveryRule() throws IOException {
        new Page("rules").says(tables.rules());
    }

    @Test
    void thePageTellsOfEveryReason() throws IOException {
        new Page("reasons").says(tables.reasons());
    }
}
