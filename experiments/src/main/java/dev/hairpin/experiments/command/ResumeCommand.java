package dev.hairpin.experiments.command;

import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.pcap.Capture;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "resume",
        description = "Goes on with a run that was stopped, from what is durable; it ends as if it had not been.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private KeptRun kept;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        RunFolder run = kept.open();
        if (run.isFinished()) {
            out.println(run.path() + ": the run is finished already");
            return ExitCode.DONE;
        }
        Path file = kept.captureFile();
        TrafficOptions traffic = HairpinCommand.traffic(run.commandLine());
        try (CaptureExperiment experiment = CaptureExperiment.open(file, traffic.settings())) {
            Capture open = experiment.capture();
            run.resume(
                    experiment,
                    run.mode(),
                    (end, burst) -> {},
                    Terminal.progress(err, run.mode().word(), open.slab().size()));
            Results.print(run, out);
            return Damages.exitCode(experiment, err);
        }
    }
}
