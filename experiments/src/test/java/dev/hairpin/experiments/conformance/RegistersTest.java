package dev.hairpin.experiments.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/registers.md tells of every row of the register tables, with its grade and the tests that name it by {@code @Row}; a row
 * without a test is not allowed, nor a test of a row that there is not.
 */
class RegistersTest {
    private final List<RegisterRow> rows = RegisterRows.all();
    private final Map<String, Set<String>> tests =
            new Sources("Test", "device-model/src/test", "experiments/src/test").rows();

    @Test
    void everyRowHasATest() {
        System.out.println(summary());
        assertThat(rows.stream().map(RegisterRow::id).filter(id -> !tests.containsKey(id)))
                .as("rows that no test names")
                .isEmpty();
    }

    @Test
    void everyTestIsOfARowThatThereIs() {
        List<String> known = rows.stream().map(RegisterRow::id).toList();
        assertThat(known).doesNotHaveDuplicates();
        assertThat(tests.keySet().stream().filter(row -> !known.contains(row)))
                .as("rows that only tests name")
                .isEmpty();
    }

    @Test
    void thePageTellsOfEveryRow() throws IOException {
        new Page("registers.md", "rows").says(page());
    }

    private String summary() {
        String grades = RegisterRows.grades().stream()
                .map(grade ->
                        rows.stream().filter(row -> row.evidence() == grade).count() + " " + grade.word())
                .filter(count -> !count.startsWith("0 "))
                .collect(Collectors.joining(", "));
        long methods = tests.values().stream().flatMap(Set::stream).distinct().count();
        return rows.size() + " rows: " + grades + ". " + methods + " test methods name them.";
    }

    private String page() {
        List<String> lines = new ArrayList<>(List.of("", summary()));
        for (String table : RegisterRows.tables(rows)) {
            lines.addAll(
                    List.of("", "## " + table, "", "| row | what | grade | source | tests |", "|---|---|---|---|---|"));
            rows.stream()
                    .filter(row -> row.table().equals(table))
                    .forEach(row -> lines.add("| " + row.name() + " | " + row.what() + " | "
                            + row.evidence().name().toLowerCase(Locale.ROOT) + " | " + row.source() + " | "
                            + byClass(tests.getOrDefault(row.id(), new TreeSet<>())) + " |"));
        }
        lines.add("");
        return String.join("\n", lines);
    }

    /** Methods behind the class that has them. */
    private static String byClass(Set<String> methods) {
        Map<String, List<String>> classes = new TreeMap<>();
        for (String method : methods) {
            String[] words = method.split("\\.", -1);
            classes.computeIfAbsent(words[0], name -> new ArrayList<>()).add(words[1]);
        }
        return classes.entrySet().stream()
                .map(each -> "`" + each.getKey() + "`: " + String.join(", ", each.getValue()))
                .collect(Collectors.joining("; "));
    }
}
