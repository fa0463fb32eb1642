package dev.hairpin.experiments.conformance;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Evidence;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of rules and of reasons. */
final class Tables {
    private static final String NOT_SUPPORTED = "**not supported**";

    private final Sources code = new Sources(
            "",
            "device-model/src/main/java/dev/hairpin/model/relay",
            "device-model/src/main/java/dev/hairpin/model/bridge",
            "device-model/src/main/java/dev/hairpin/model/link",
            "device-model/src/main/java/dev/hairpin/model/ring",
            "device-model/src/main/java/dev/hairpin/model/wire",
            "device-model/src/main/java/dev/hairpin/model/topology");
    private final Sources tests = new Sources("Test", "device-model/src/test");
    private final String measured;

    /** @param measured what the page says of the running kernel */
    Tables(String measured) {
        this.measured = measured;
    }

    /** Rules by which some class decides, and that no test names. */
    List<Rule> rulesWithoutATest() {
        return Arrays.stream(Rule.values())
                .filter(rule -> isSupported(rule) && tests.testsNaming(rule).isEmpty())
                .toList();
    }

    /** Reasons that some class gives, and that no test names. */
    List<DropReason> reasonsWithoutATest() {
        return Arrays.stream(DropReason.values())
                .filter(reason ->
                        isSupported(reason) && tests.testsNaming(reason).isEmpty())
                .toList();
    }

    private boolean isSupported(Enum<?> constant) {
        return !code.classesWith(constant).isEmpty();
    }

    /** How many test methods of the model there are. */
    int count() {
        return tests.tests();
    }

    String rules() {
        List<String> lines = new ArrayList<>(List.of("", summary(), ""));
        lines.add("| rule | source | grade | on devices | class | tests |");
        lines.add("|---|---|---|---|---|---|");
        for (Rule rule : Rule.values()) {
            lines.add("| `" + rule + "` | " + rule.source() + " | " + word(rule.evidence()) + " | " + onDevices(rule)
                    + " | " + classes(rule) + " | " + named(rule) + measured(rule) + " |");
        }
        lines.add("");
        return String.join("\n", lines);
    }

    String reasons() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("| reason | with rules | class | tests |");
        lines.add("|---|---|---|---|");
        for (DropReason reason : DropReason.values()) {
            String rules = code.rulesOf(reason).stream().map(Tables::code).collect(Collectors.joining(", "));
            lines.add("| `" + reason + "` | " + rules + " | " + classes(reason) + " | " + named(reason) + " |");
        }
        lines.add("");
        return String.join("\n", lines);
    }

    /** How many rules there are by grade, the best first, and which no test names. */
    String summary() {
        Map<Evidence, Integer> grades = new EnumMap<>(Evidence.class);
        for (Rule rule : Rule.values()) {
            grades.merge(rule.evidence(), 1, Integer::sum);
        }
        String byGrade = grades.entrySet().stream()
                .map(grade -> grade.getValue() + " " + word(grade.getKey()))
                .collect(Collectors.joining(", "));
        List<Rule> without = rulesWithoutATest();
        return Rule.values().length + " rules: " + byGrade + ". Without a test: "
                + (without.isEmpty() ? "none" : without) + ".";
    }

    /** What devices answer to the choices that the rule hangs on, and how well each knows. */
    private static String onDevices(Rule rule) {
        List<String> choices = new ArrayList<>();
        for (Choice<?> choice : Choice.all()) {
            if (choice.founds().contains(rule)) {
                Map<String, List<String>> answers = new LinkedHashMap<>();
                for (Device device : Devices.all()) {
                    Device.Answer answer = device.answer(choice);
                    answers.computeIfAbsent(Choice.word(answer.value()), word -> new ArrayList<>())
                            .add(device.name() + " " + word(answer.evidence()));
                }
                choices.add(code(choice.name()) + " "
                        + answers.entrySet().stream()
                                .map(answer -> answer.getKey() + ": " + String.join(", ", answer.getValue()))
                                .collect(Collectors.joining("; ")));
            }
        }
        return String.join("<br>", choices);
    }

    private String classes(Enum<?> constant) {
        List<String> classes = code.classesWith(constant);
        return classes.isEmpty()
                ? NOT_SUPPORTED
                : classes.stream().map(Tables::code).collect(Collectors.joining(", "));
    }

    private String named(Enum<?> constant) {
        return tests.testsNaming(constant).stream().map(Tables::code).collect(Collectors.joining(", "));
    }

    /** Of the rules that decided a frame which was compared. */
    private String measured(Rule rule) {
        boolean compared = Pattern.compile("\\| `" + rule + "` \\| [1-9]")
                .matcher(measured)
                .find();
        return compared ? ", `LinuxAgreesTest`" : "";
    }

    private static String word(Evidence evidence) {
        return evidence.name().toLowerCase(Locale.ROOT);
    }

    private static String code(String name) {
        return "`" + name + "`";
    }
}
