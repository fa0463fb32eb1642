import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Reads the test reports of a build and fails when a test was skipped that is not on the list of those that may be.
 *
 * <p>Usage: {@code java SkippedTests.java <list> <report folder>...}. A line of the list is a pattern, {@code #} and
 * the reason; the pattern, with {@code *} for anything, is held against {@code class#test: why it was skipped}.
 */
public final class SkippedTests {
    private record Skip(String test, String why) {
        @Override
        public String toString() {
            return test + ": " + why;
        }
    }

    private int tests;
    private final List<Skip> skips = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        Map<String, String> allowed = read(Path.of(arguments[0]));
        var reports = new SkippedTests();
        for (String folder : List.of(arguments).subList(1, arguments.length)) {
            reports.folder(Path.of(folder));
        }
        System.exit(reports.judge(allowed) ? 0 : 1);
    }

    private static Map<String, String> read(Path list) throws IOException {
        var allowed = new LinkedHashMap<String, String>();
        int number = 0;
        for (String line : Files.readAllLines(list)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int reason = line.indexOf(" # ");
            if (reason < 0 || line.substring(reason + 3).isBlank()) {
                throw new IllegalArgumentException(list + ":" + number + ": expected 'pattern # reason', found: " + line);
            }
            allowed.put(line.substring(0, reason).strip(), line.substring(reason + 3).strip());
        }
        return allowed;
    }

    private void folder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml")).sorted().forEach(this::report);
        }
    }

    private void report(Path file) {
        try {
            var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
            var cases = document.getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                var test = (Element) cases.item(i);
                tests++;
                var skipped = test.getElementsByTagName("skipped");
                if (skipped.getLength() > 0) {
                    String name = test.getAttribute("name");
                    skips.add(new Skip(
                            test.getAttribute("classname") + (name.isEmpty() ? "" : "#" + name),
                            why((Element) skipped.item(0))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        } catch (Exception e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    /** An annotation's reason is the message; an assumption's is how its stack trace begins, be the message of one line or more. */
    private static String why(Element skipped) {
        String message = skipped.getAttribute("message").strip();
        String trace = skipped.getTextContent().strip().lines().limit(2).map(String::strip).collect(Collectors.joining(" "));
        return !message.isEmpty() ? message : trace.isEmpty() ? "no reason given" : trace;
    }

    private boolean judge(Map<String, String> allowed) {
        System.out.println(tests + " tests, " + skips.size() + " skipped");
        boolean good = true;
        for (Skip skip : skips) {
            String reason = allowed.entrySet().stream()
                    .filter(entry -> pattern(entry.getKey()).matcher(skip.toString()).matches())
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
            good &= reason != null;
            System.out.println((reason == null ? "  NOT ALLOWED  " : "  allowed      ") + skip
                    + (reason == null ? "" : "  (" + reason + ")"));
        }
        if (tests == 0) {
            System.out.println("  not one test ran");
            good = false;
        }
        return good;
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }
}
