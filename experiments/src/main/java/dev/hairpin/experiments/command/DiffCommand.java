package dev.hairpin.experiments.command;

import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.pcap.Capture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = "Tells which frames met another fate in one run of a capture than in another, by kind of change.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "A run's folder.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "The folder of another run of the same capture.")
    private Path second;

    @Option(names = "--capture", paramLabel = "FILE", description = "Where the capture is now, if it was moved.")
    private @Nullable Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunFolder a = RunFolder.open(first);
        RunFolder b = RunFolder.open(second);
        String digest = a.manifest().text("input", "sha256").orElse("");
        if (!b.manifest().text("input", "sha256").orElse("").equals(digest)) {
            throw new IOException(
                    first + " and " + second + ": found runs of different captures, expected one capture");
        }
        try (Capture capture = a.capture(file)) {
            DiffReport report = DiffReport.of(a, b, capture);
            report.print(spec.commandLine().getOut());
            return report.same() ? ExitCode.DONE : ExitCode.DIFFERS;
        }
    }
}
