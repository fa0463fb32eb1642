package dev.hairpin.model.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Journals and exports hold these names and numbers. An entry is added at the end, here and in the list of the test's
 * resources; one that is removed, renamed or moved makes old journals say something else.
 */
class DurableNamesTest {
    @Test
    void rulesKeepTheirNamesAndNumbers() throws IOException {
        assertThat(names(Rule.values())).isEqualTo(recorded("Rule"));
    }

    @Test
    void dropReasonsKeepTheirNamesAndNumbers() throws IOException {
        assertThat(names(DropReason.values())).isEqualTo(recorded("DropReason"));
    }

    @Test
    void dispositionsKeepTheirNames() throws IOException {
        assertThat(names(Disposition.values())).isEqualTo(recorded("Disposition"));
    }

    @Test
    void gradesOfEvidenceKeepTheirNames() throws IOException {
        assertThat(names(Evidence.values())).isEqualTo(recorded("Evidence"));
    }

    @Test
    void everyRuleSaysWhereItComesFrom() {
        for (Rule rule : Rule.values()) {
            assertThat(rule.source()).as("%s", rule).isNotBlank();
        }
    }

    @Test
    void everyDispositionIsThatOfSomeRule() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::disposition)).contains(Disposition.values());
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static List<String> recorded(String list) throws IOException {
        try (InputStream golden = DurableNamesTest.class.getResourceAsStream(list + ".txt")) {
            assertThat(golden).as("list of %s", list).isNotNull();
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
