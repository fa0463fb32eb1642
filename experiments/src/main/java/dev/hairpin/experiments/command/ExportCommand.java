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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes what every port saw as a pcapng: an interface for each port, the decision as comment.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private KeptRun kept;

    @Option(names = "-o", required = true, paramLabel = "FILE.pcapng", description = "What to write.")
    private Path file;

    @Option(
            names = "--port",
            paramLabel = "NAME",
            description = "Only this port's frames: vf3, uplink, br.uplink, ext0.")
    private @Nullable String port;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunFolder run = kept.open();
        try (Capture frames = kept.capture()) {
            long written = PortCapture.write(run, frames, Optional.ofNullable(port), file);
            spec.commandLine().getErr().printf(Locale.ROOT, "hairpin: %,d frames written to %s%n", written, file);
            return ExitCode.DONE;
        }
    }
}
