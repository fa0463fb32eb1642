package dev.hairpin.experiments.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.pcap.Capture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = "Tells which frames met another fate in one run of a capture than in another, by kind of change;"
                + " or what changed in one run from a time of it to a later one: configuration, tables, counters.",
        mixinStandardHelpOptions = true,
        footer = {"", "hairpin diff run1 run2", "hairpin diff run1@12.345 run1@#1812"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DiffCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "A[@T]",
            description = "A run's folder, and a time of the run as hairpin at takes it.")
    private String first;

    @Parameters(
            index = "1",
            paramLabel = "B[@T]",
            description = "The folder of another run of the same capture; or the same folder and a later time, the end"
                    + " when none is named.")
    private String second;

    @Option(names = "--capture", paramLabel = "FILE", description = "Where the capture is now, if it was moved.")
    private @Nullable Path file;

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunAtTime a = RunAtTime.of(first);
        RunAtTime b = RunAtTime.of(second);
        return a.moment().isEmpty() && b.moment().isEmpty() ? runs(a.folder(), b.folder()) : moments(a, b);
    }

    private int runs(Path one, Path other) throws IOException {
        RunFolder a = RunFolder.open(one);
        RunFolder b = RunFolder.open(other);
        String digest = a.manifest().text("input", "sha256").orElse("");
        if (!b.manifest().text("input", "sha256").orElse("").equals(digest)) {
            throw new IOException(
                    first + " and " + second + ": found runs of different captures, expected one capture");
        }
        try (Capture capture = a.capture(file)) {
            DiffReport report = DiffReport.of(a, b, capture);
            if (json) {
                print(report.values());
            } else {
                report.print(spec.commandLine().getOut());
            }
            return report.same() ? ExitCode.DONE : ExitCode.DIFFERS;
        }
    }

    private int moments(RunAtTime a, RunAtTime b) throws IOException, PlacementRefused {
        if (!Files.isSameFile(a.folder(), b.folder())) {
            throw new Unusable(first + " and " + second + ": found times of two runs, expected two times of one run, or"
                    + " two runs and no time");
        }
        MomentsReport report = new MomentsReport(a, b, a.until(b, file));
        if (json) {
            print(report.values());
        } else {
            PrintWriter out = spec.commandLine().getOut();
            report.lines().forEach(out::println);
        }
        return report.same() ? ExitCode.DONE : ExitCode.DIFFERS;
    }

    private void print(Map<String, Object> values) throws IOException {
        spec.commandLine()
                .getOut()
                .println(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(values));
    }
}
