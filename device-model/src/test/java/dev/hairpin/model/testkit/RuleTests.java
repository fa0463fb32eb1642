package dev.hairpin.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Rule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tests that are named as the rules they are of. */
public final class RuleTests {
    private static final Pattern LETTER = Pattern.compile("_([a-z])");

    private RuleTests() {}

    /** Holds that each rule whose name begins with one of {@code families} has a test whose name begins with it. */
    public static void haveEachOf(Class<?> tests, String... families) {
        List<String> names =
                Arrays.stream(tests.getDeclaredMethods()).map(Method::getName).toList();
        List<String> without = Arrays.stream(Rule.values())
                .map(Rule::name)
                .filter(rule -> Arrays.stream(families).anyMatch(rule::startsWith))
                .filter(rule -> names.stream().noneMatch(test -> test.startsWith(camel(rule))))
                .toList();
        assertThat(without).as("rules without a test of their name").isEmpty();
    }

    /** {@code BR_SAME_PORT}: {@code brSamePort}. */
    private static String camel(String rule) {
        return LETTER.matcher(rule.toLowerCase(Locale.ROOT))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
