package dev.hairpin.experiments.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Other people's programs, which need not be there. */
public final class Tool {
    private Tool() {}

    /** Whether there is a program of that name. */
    public static boolean isThere(String name) {
        try {
            Process process = new ProcessBuilder(name, "-v")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Skips the test when there is no such program. */
    public static void assumeThere(String name) {
        assumeTrue(isThere(name), () -> name + " is not installed");
    }

    /** Lines that a program prints; what it complains of is left out. */
    public static List<String> lines(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().toList();
    }
}
