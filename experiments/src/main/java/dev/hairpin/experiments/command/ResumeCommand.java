package dev.hairpin.experiments.command;

import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.pcap.Capture;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "resume",
        description = "Goes on with a run that was stopped, from what is durable; it ends as if it had not been.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private KeptRun kept;

    @Option(
            names = "--pace",
            paramLabel = "FRAMES/S",
            defaultValue = "0",
            description = "Frames that enter in a second of the wall clock, beyond those that are durable already"
                    + " (default: as fast as it goes).")
    private int pace;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (pace < 0) {
            throw new Unusable("--pace: found " + pace + ", expected 1 or more");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        RunFolder run = kept.open();
        if (run.isFinished()) {
            out.println(run.path() + ": the run is finished already");
            return ExitCode.DONE;
        }
        Path file = kept.captureFile();
        CaptureExperiment.Settings settings = HairpinCommand.settings(run);
        try (Interruption interruption = Interruption.begin(err);
                CaptureExperiment experiment = CaptureExperiment.open(
                        file, settings.by(settings.means().at(pace).until(interruption.stop())))) {
            Capture open = experiment.capture();
            try {
                run.resume(
                        experiment,
                        HairpinCommand.lineage(run, experiment),
                        (end, burst) -> {},
                        Terminal.progress(err, run.mode().word(), open.slab().size()));
            } catch (RunFailed stopped) {
                throw KeptRun.toBeResumed(run, stopped, err);
            }
            Results.print(run, out);
            return Damages.exitCode(experiment, err);
        }
    }
}
