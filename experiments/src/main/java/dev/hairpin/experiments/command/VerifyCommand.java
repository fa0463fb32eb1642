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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private KeptRun kept;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        RunFolder run = kept.open();
        Path file = kept.captureFile();
        long began = System.nanoTime();
        try (CaptureExperiment experiment = CaptureExperiment.open(
                        file, HairpinCommand.traffic(run.commandLine()).settings());
                StageJournal journal = StageJournal.open(run.path());
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
                    out.println(
                            "  the run was stopped before its end; hairpin resume " + run.path() + " goes on with it");
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
