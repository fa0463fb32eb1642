package dev.hairpin.experiments.command;

import dev.hairpin.experiments.projection.FrameIndex;
import dev.hairpin.experiments.projection.Integrity;
import dev.hairpin.experiments.projection.Verification;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.Lineage;
import dev.hairpin.experiments.run.Manifest;
import dev.hairpin.experiments.run.Progress;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.Rig;
import dev.hairpin.pcap.Capture;
import dev.hairpin.persistence.JournalDamage;
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
import picocli.CommandLine.Option;
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

    @Option(
            names = "--journal-only",
            description = "Decide nothing and need no capture: prove that the journal is whole. Checksums, sequences,"
                    + " schema, order, and the seal in the manifest.")
    private boolean journalOnly;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        RunFolder run = kept.open();
        return journalOnly ? journal(run, out) : decisions(run, out);
    }

    private int decisions(RunFolder run, PrintWriter out) throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        Path file = kept.captureFile();
        try (CaptureExperiment experiment = CaptureExperiment.open(file, HairpinCommand.settings(run));
                StageJournal journal = StageJournal.open(run.path())) {
            Lineage lineage = HairpinCommand.lineage(run, experiment);
            LanSettings lan = lineage.lan();
            long began = System.nanoTime();
            try (Verification verification = new Verification(journal, lan.known())) {
                new Rig(lineage.topology(), verification, (end, burst) -> {})
                        .run(experiment.feed(Terminal.progress(
                                err, "verify", experiment.capture().slab().size())));
                Optional<Verification.Difference> difference = verification.difference();
                throughput(out, "decisions are the same", verification.equal(), began);
                if (difference.isPresent()) {
                    tell(difference.get(), lan, experiment.capture(), out);
                    if (!run.isFinished()) {
                        out.println("  the run was stopped before its end; hairpin resume " + run.path()
                                + " goes on with it");
                    }
                    return ExitCode.DIFFERS;
                }
                return ExitCode.DONE;
            }
        }
    }

    private static void tell(Verification.Difference found, LanSettings lan, Capture capture, PrintWriter out) {
        out.println("DIFFERENT at " + found.stage() + ", frame " + FrameNumber.text(found.number()));
        FrameIndex frames = new FrameIndex(capture);
        frames.find(found.number());
        Burst headers = frames.headers();
        long source = headers.source(frames.row());
        long destination = headers.destination(frames.row());
        out.println("  the frame    " + Mac.format(source) + " > " + Mac.format(destination) + ", "
                + headers.length(frames.row()) + " octets");
        out.println("  the run      " + lan.mode().word() + " on "
                + lan.nic().device().name());
        side("the journal", found.recorded(), source, destination, out);
        side("decided now", found.decided(), source, destination, out);
    }

    private static void side(String name, Verification.Side side, long source, long destination, PrintWriter out) {
        out.println("  " + name + "  " + side.decision());
        out.println("    configured  " + side.configuration());
        out.println("    bridge      " + side.entries(source));
        out.println("                " + side.entries(destination));
    }

    private int journal(RunFolder run, PrintWriter out) throws IOException {
        Manifest manifest = run.manifest();
        long sealed = manifest.number("seal", "decisions").orElse(Long.MAX_VALUE);
        Progress progress = Terminal.progress(spec.commandLine().getErr(), "verify", "decisions", sealed);
        long began = System.nanoTime();
        Integrity found;
        try (StageJournal journal = StageJournal.open(run.path())) {
            found = Integrity.of(journal, decisions -> {
                synchronized (progress) {
                    progress.at(decisions, decisions);
                }
            });
        } catch (JournalDamage damage) {
            out.println("DAMAGED: " + damage.getMessage());
            return ExitCode.DIFFERS;
        }
        throughput(out, "decisions in " + found.events() + " events are whole", found.decisions(), began);
        if (!run.isFinished()) {
            out.println(
                    "no seal: the run was stopped before its end; hairpin resume " + run.path() + " goes on with it");
            return ExitCode.DONE;
        }
        boolean decisions = sealed("decisions", "" + found.decisions(), manifest, out);
        boolean fate = sealed("fate", found.digest().fate(), manifest, out);
        boolean timed = sealed("timed", found.digest().timed(), manifest, out);
        return decisions && fate && timed ? ExitCode.DONE : ExitCode.DIFFERS;
    }

    private static boolean sealed(String name, String found, Manifest manifest, PrintWriter out) {
        String expected = manifest.text("seal", name).orElse("nothing");
        boolean same = expected.equals(found);
        out.println(same ? "as sealed: " + name : "DIFFERENT from the seal: " + name);
        if (!same) {
            out.println("  the seal     " + expected);
            out.println("  the journal  " + found);
        }
        return same;
    }

    private static void throughput(PrintWriter out, String what, long decisions, long began) {
        double seconds = Math.max((System.nanoTime() - began) / NANOS, 1 / NANOS);
        out.printf(Locale.ROOT, "%,d %s, %,.0f a second%n", decisions, what, decisions / seconds);
    }
}
