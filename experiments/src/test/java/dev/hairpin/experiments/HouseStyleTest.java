package dev.hairpin.experiments;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no compiler holds: small classes, short methods, words of introduction, documents that tell the truth. */
class HouseStyleTest {
    private static final Path ROOT = Captures.sample("..").toAbsolutePath().normalize();
    private static final int LONGEST_CLASS = 400;
    private static final int LONGEST_METHOD = 70;

    private static final Set<String> MODULES =
            Set.of("proto", "device-model", "pcap-io", "persistence", "veb-actors", "evb-external", "experiments");
    private static final Pattern MEMBER = Pattern.compile("( {4}| {8})[^ }*/@].*");
    private static final Pattern TYPE = Pattern.compile(".*\\b(class|interface|enum|record|new)\\b.*");

    @Test
    void everyPackageIsIntroduced() throws IOException {
        List<Path> silent = new ArrayList<>();
        for (Path source : sources()) {
            if (source.toString().contains("/src/main/") && !Files.exists(source.resolveSibling("package-info.java"))) {
                silent.add(ROOT.relativize(source));
            }
        }
        assertThat(silent).as("classes of packages without a package-info").isEmpty();
    }

    @Test
    void classesAndMethodsAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : sources()) {
            List<String> lines = Files.readAllLines(source);
            if (lines.size() > LONGEST_CLASS) {
                tooLong.add(ROOT.relativize(source) + ": " + lines.size() + " lines");
            }
            tooLong.addAll(longMethods(ROOT.relativize(source), lines));
        }
        assertThat(tooLong).isEmpty();
    }

    /** Roughly: a member begins at 4 or 8 spaces and ends with a brace that stands there alone. */
    private static List<String> longMethods(Path source, List<String> lines) {
        List<String> tooLong = new ArrayList<>();
        int[] begin = {-1, -1};
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            int depth = line.startsWith("        ") ? 1 : 0;
            if (MEMBER.matcher(line).matches()) {
                begin[depth] = at;
            } else if (line.equals("    ".repeat(depth + 1) + "}")
                    && begin[depth] >= 0
                    && !TYPE.matcher(lines.get(begin[depth])).matches()
                    && at - begin[depth] + 1 > LONGEST_METHOD) {
                tooLong.add(source + ":" + (begin[depth] + 1) + ": a method of " + (at - begin[depth] + 1) + " lines");
            }
        }
        return tooLong;
    }

    @Test
    void nothingRefersToWhereItWasWritten() throws IOException {
        Pattern elsewhere = Pattern.compile("/wor" + "k/|\\b[Ii]ssue #?[0-9]|/ho" + "me/[a-z]");
        List<String> found = new ArrayList<>();
        for (Path file :
                files(name -> name.matches(".*\\.(java|md|xml|conf|proto|sh|py|txt|properties)|hairpin|mvnw"))) {
            List<String> lines = Files.readAllLines(file);
            for (int at = 0; at < lines.size(); at++) {
                if (elsewhere.matcher(lines.get(at)).find()) {
                    found.add(ROOT.relativize(file) + ":" + (at + 1) + ": "
                            + lines.get(at).strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theCommandsOfTheReadmeExist() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Set<String> verbs = new TreeSet<>(groups("\\./hairpin ([a-z][a-z-]*)", readme));
        String help = hairpin("--help").well().out();
        assertThat(verbs).isNotEmpty();
        assertThat(verbs).allSatisfy(verb -> assertThat(help).containsPattern("\n  " + verb + " "));
        assertThat(groups("\n  ([a-z-]+) ", help.substring(help.indexOf("Commands:"))))
                .as("verbs that the README tells of")
                .isSubsetOf(verbs);
    }

    @Test
    void theOptionsOfTheReadmeExist() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        StringBuilder help = new StringBuilder();
        for (String verb : groups("\\./hairpin ([a-z][a-z-]*)", readme)) {
            help.append(hairpin(verb, "--help").well().out());
        }
        Set<String> known = new TreeSet<>(groups("(--[a-z][a-z-]+)", help.toString()));
        Set<String> told = new TreeSet<>();
        readme.lines()
                .filter(line -> line.contains("./hairpin ") || line.startsWith("| `--"))
                .forEach(line -> told.addAll(groups("(?<![\\w-])(--[a-z][a-z-]+)", line)));
        assertThat(told).isNotEmpty();
        assertThat(known).containsAll(told);
    }

    private static List<String> groups(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results()
                .map((MatchResult result) -> result.group(1))
                .distinct()
                .toList();
    }

    private static List<Path> sources() throws IOException {
        return files(name -> name.endsWith(".java") && !name.equals("package-info.java")).stream()
                .filter(file -> file.toString().contains("/src/"))
                .toList();
    }

    /** Files of the repository by name, but for what a build has made. */
    private static List<Path> files(Predicate<String> name) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> all = Files.walk(ROOT.resolve(module).resolve("src"))) {
                all.filter(Files::isRegularFile).forEach(found::add);
            }
        }
        for (String folder : List.of("", "docs", "samples", ".mvn/forbidden")) {
            try (Stream<Path> all = Files.list(ROOT.resolve(folder))) {
                all.filter(Files::isRegularFile).forEach(found::add);
            }
        }
        return found.stream()
                .filter(file -> name.test(file.getFileName().toString()))
                .sorted()
                .toList();
    }
}
