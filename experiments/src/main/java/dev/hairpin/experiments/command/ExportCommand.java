package dev.hairpin.experiments.command;

import dev.hairpin.experiments.projection.PortCapture;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.pcap.Capture;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes what every port saw as a pcapng: an interface for each port, the decision as comment.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A run's folder.")
    private Path folder;

    @Option(names = "-o", required = true, paramLabel = "FILE.pcapng", description = "What to write.")
    private Path file;

    @Option(
            names = "--port",
            paramLabel = "NAME",
            description = "Only this port's frames: vf3, uplink, br.uplink, ext0.")
    private @Nullable String port;

    @Option(names = "--capture", paramLabel = "FILE", description = "Where the capture is now, if it was moved.")
    private @Nullable Path capture;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunFolder run = RunFolder.open(folder);
        try (Capture frames = run.capture(capture)) {
            long written = PortCapture.write(run, frames, Optional.ofNullable(port), file);
            spec.commandLine().getErr().printf(Locale.ROOT, "hairpin: %,d frames written to %s%n", written, file);
            return ExitCode.DONE;
        }
    }
}
