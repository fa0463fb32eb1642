package dev.hairpin.experiments.command;

import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.placement.PlacementReport;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.model.relay.Mode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = "Runs a capture in one mode and keeps the run as a folder: its journal and its manifest.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplayCommand implements Callable<Integer>, RunsCapture {
    @Parameters(paramLabel = "CAPTURE", description = "pcap or pcapng, plain, .gz or .zst; - is standard input.")
    private Path capture;

    @Option(
            names = "--mode",
            paramLabel = "veb|vepa",
            description = "Of the NIC's edge relay (default: as the topology file has it).")
    private @Nullable Mode asked;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run's folder; must not be there.")
    private Path folder;

    @Mixin
    private TrafficOptions traffic;

    @Spec
    private CommandSpec spec;

    @Override
    public TrafficOptions traffic() {
        return traffic;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CaptureExperiment.Settings settings = traffic.settings();
        Mode mode = mode(settings);
        RunFolder run = RunFolder.create(folder);
        try (Interruption interruption = Interruption.begin(err);
                CaptureExperiment experiment = CaptureExperiment.open(
                        capture, settings.by(settings.means().until(interruption.stop())))) {
            PlacementReport.lines(experiment.placement()).forEach(out::println);
            try {
                run.run(
                        experiment,
                        mode,
                        (end, burst) -> {},
                        Terminal.progress(
                                err, mode.word(), experiment.capture().slab().size()),
                        HairpinCommand.Version.text(),
                        spec.commandLine().getParent().getParseResult().originalArgs());
            } catch (RunFailed stopped) {
                throw KeptRun.toBeResumed(run, stopped, err);
            }
            out.println();
            Results.print(run, out);
            return Damages.exitCode(experiment, err);
        }
    }

    private Mode mode(CaptureExperiment.Settings settings) {
        if (asked != null) {
            return asked;
        }
        List<Mode> written = settings.topology().stream()
                .flatMap(file -> file.nics().stream())
                .map(nic -> nic.settings().mode())
                .distinct()
                .toList();
        if (written.size() > 1) {
            throw new Unusable(
                    "--mode: is missing, and the topology's NICs are in different modes: expected veb or vepa,"
                            + " for all of them");
        }
        return written.stream().findFirst().orElseThrow(() -> new Unusable("--mode: is missing, expected veb or vepa"));
    }
}
