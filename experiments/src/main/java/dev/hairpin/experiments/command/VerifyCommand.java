package dev.hairpin.experiments.command;

import dev.hairpin.experiments.projection.Verification;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.Rig;
import dev.hairpin.persistence.stage.StageJournal;
import java.io.IOException;
import java.io.PrintWriter;
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
        name = "verify",
        description =
                "Decides a whole run again from its capture, in one thread and without actors, and compares with the"
                        + " journal, decision by decision.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VerifyCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Parameters(paramLabel = "DIR", description = "A run's folder.")
    private Path folder;

    @Option(names = "--capture", paramLabel = "FILE", description = "Where the capture is now, if it was moved.")
    private @Nullable Path capture;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        RunFolder run = RunFolder.open(folder);
        Path file = run.captureFile(capture);
        run.capture(file).close();
        long began = System.nanoTime();
        try (CaptureExperiment experiment = CaptureExperiment.open(
                        file, HairpinCommand.traffic(run.commandLine()).settings());
                StageJournal journal = StageJournal.open(folder);
                Verification verification = new Verification(journal)) {
            new Rig(Lan.of(experiment.lan(run.mode())), verification, (end, burst) -> {})
                    .run(experiment.feed(Terminal.progress(
                            err, "verify", experiment.capture().slab().size())));
            Optional<Verification.Difference> difference = verification.difference();
            double seconds = (System.nanoTime() - began) / NANOS;
            out.printf(
                    Locale.ROOT,
                    "%,d decisions are the same, %,.0f a second%n",
                    verification.equal(),
                    verification.equal() / seconds);
            difference.ifPresent(found -> {
                out.println("DIFFERENT at " + found.stage() + ", frame " + found.number());
                out.println("  the journal  " + found.recorded());
                out.println("  decided now  " + found.decided());
                if (!finished(run)) {
                    out.println("  the run was stopped before its end; hairpin resume " + folder + " goes on with it");
                }
            });
            return difference.isEmpty() ? ExitCode.DONE : ExitCode.DIFFERS;
        }
    }

    private static boolean finished(RunFolder run) {
        try {
            return run.isFinished();
        } catch (IOException e) {
            return false;
        }
    }
}
