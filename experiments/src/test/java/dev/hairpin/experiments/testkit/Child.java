package dev.hairpin.experiments.testkit;

import dev.hairpin.experiments.Hairpin;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code hairpin} in a process of its own, which can be killed. */
public final class Child {
    private Child() {}

    /** Starts it; what it says goes to {@code log}. */
    public static Process hairpin(Path log, List<String> words) throws IOException {
        return builder(words)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
    }

    /** Starts it with {@code words}; what it prints goes to two files. */
    public static Process hairpin(Path out, Path err, Object... words) throws IOException {
        return builder(Arrays.stream(words).map(Object::toString).toList())
                .redirectOutput(Redirect.to(out.toFile()))
                .redirectError(Redirect.to(err.toFile()))
                .start();
    }

    private static ProcessBuilder builder(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Hairpin.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command);
    }

    /** What it has said. */
    public static String log(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
