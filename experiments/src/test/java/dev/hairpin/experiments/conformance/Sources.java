package dev.hairpin.experiments.conformance;

import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.model.decision.DropReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Java sources, by what they name. */
final class Sources {
    private static final Path ROOT = Captures.sample("..").toAbsolutePath().normalize();
    private static final Pattern TEST = Pattern.compile(" {4}@(Test|ParameterizedTest.*|RepeatedTest.*)");

    /** A constant with what it is one of, as code names it. */
    private static final Pattern CONSTANT = Pattern.compile("\\b(Rule|DropReason)\\.([A-Z][A-Z0-9_]*)\\b");

    private static final Pattern ROWS = Pattern.compile("@Row\\(([^)]*)\\)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");

    private static final Pattern LETTER = Pattern.compile("_([a-z])");

    /** By class. */
    private final Map<String, String> texts = new TreeMap<>();

    /** The test methods of each class, with their annotations. */
    private final Map<String, List<String>> tests = new TreeMap<>();

    /** @param folders below the repository, of which all classes whose name ends with {@code suffix} are read */
    Sources(String suffix, String... folders) {
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(name -> name.toString().endsWith(suffix + ".java"))
                        .toList()) {
                    texts.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        texts.forEach((name, text) -> tests.put(name, tests(text)));
    }

    /** The classes in which {@code Rule.NAME} or {@code DropReason.NAME} stands. */
    List<String> classesWith(Enum<?> constant) {
        String word = constant.getDeclaringClass().getSimpleName() + "." + constant.name();
        return texts.entrySet().stream()
                .filter(source -> Pattern.compile(Pattern.quote(word) + "\\b")
                        .matcher(source.getValue())
                        .find())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The rules that {@code reason} is given under: of each statement that names it, the rule last named before. */
    SortedSet<String> rulesOf(DropReason reason) {
        SortedSet<String> rules = new TreeSet<>();
        for (String text : texts.values()) {
            for (String statement : text.split("[;{}]", -1)) {
                String rule = "";
                for (MatchResult named : CONSTANT.matcher(statement).results().toList()) {
                    if (named.group(1).equals("Rule")) {
                        rule = named.group(2);
                    } else if (named.group(2).equals(reason.name()) && !rule.isEmpty()) {
                        rules.add(rule);
                    }
                }
            }
        }
        return rules;
    }

    /** The classes with a test method that names the constant, as {@code BR_STORM} or in its own name: {@code brStorm...}. */
    List<String> testsNaming(Enum<?> constant) {
        String camel = LETTER.matcher(constant.name().toLowerCase(Locale.ROOT))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
        Pattern word = Pattern.compile("\\b" + constant.name() + "\\b|\\bvoid " + camel + "(?![a-z])");
        return tests.entrySet().stream()
                .filter(test -> test.getValue().stream()
                        .anyMatch(text -> word.matcher(text).find()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** By row of docs/registers.md the test methods that say {@code @Row} of it, each as {@code Class.method}. */
    Map<String, Set<String>> rows() {
        Map<String, Set<String>> rows = new TreeMap<>();
        tests.forEach((name, methods) -> methods.forEach(text -> {
            Matcher method = METHOD.matcher(text);
            Matcher named = ROWS.matcher(text);
            if (method.find() && named.find()) {
                for (MatchResult row : QUOTED.matcher(named.group(1)).results().toList()) {
                    rows.computeIfAbsent(row.group(1), unknown -> new TreeSet<>())
                            .add(name + "." + method.group(1));
                }
            }
        }));
        return rows;
    }

    /** How many test methods there are. */
    int tests() {
        return tests.values().stream().mapToInt(List::size).sum();
    }

    private static List<String> tests(String text) {
        List<String> tests = new ArrayList<>();
        @Nullable StringBuilder test = null;
        for (String line : text.lines().toList()) {
            if (TEST.matcher(line).matches()) {
                test = new StringBuilder();
            }
            if (test != null) {
                test.append(line).append('\n');
                if (line.equals("    }")) {
                    tests.add(test.toString());
                    test = null;
                }
            }
        }
        return tests;
    }
}
