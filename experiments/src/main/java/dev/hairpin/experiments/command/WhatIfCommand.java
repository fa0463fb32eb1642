package dev.hairpin.experiments.command;

import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.Lineage;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.run.TemporaryFolder;
import dev.hairpin.experiments.run.WhatIf;
import dev.hairpin.model.relay.Mode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "what-if",
        description = "Forks a run: decides its traffic again under a changed configuration, and tells what changed."
                + " Frames before --from, and all that they cause, keep their fate.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WhatIfCommand implements Callable<Integer> {
    @Mixin
    private KeptRun kept;

    @Option(names = "--mode", paramLabel = "veb|vepa", description = "Another mode of the NICs' edge relays.")
    private @Nullable Mode mode;

    @Option(names = "--device", paramLabel = "NAME", description = "Another device; hairpin devices lists them.")
    private @Nullable String device;

    @Option(names = "--policy", paramLabel = "FILE", description = "Another policy for the NICs: policy = [...].")
    private @Nullable Path policy;

    @Option(
            names = "--set",
            paramLabel = "LINE",
            description = "A change as iproute2 takes it, such as 'ip link set dev nic0 vf 3 vlan 10'. Repeatable.")
    private List<String> lines = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "T",
            description = "Where it is changed: seconds since the first frame, or #N, just before that frame (default:"
                    + " from the start).")
    private @Nullable String from;

    @Option(names = "--out", paramLabel = "DIR2", description = "Keep the fork here, a run like any other.")
    private @Nullable Path folder;

    @Mixin
    private JournalOption journal;

    @Spec
    private CommandSpec spec;

    /** What is asked for. */
    WhatIf whatIf() {
        return new WhatIf(
                Optional.ofNullable(mode),
                Optional.ofNullable(device).map(name -> DevicesCommand.named("--device", name)),
                Optional.ofNullable(policy),
                lines,
                Optional.ofNullable(from).map(text -> DecisionOptions.moment("--from", text)));
    }

    @Override
    public Integer call() throws Exception {
        WhatIf whatIf = whatIf();
        if (mode == null && device == null && policy == null && lines.isEmpty()) {
            throw new Unusable("what-if: found nothing to change, expected --mode, --device, --policy or --set");
        }
        if (journal.onServer() && folder == null) {
            throw new Unusable("--journal: needs --out DIR2, which is to know where the journal is");
        }
        RunFolder parent = kept.open();
        if (!parent.isFinished()) {
            throw new Unusable(parent.path() + ": the run was stopped before its end; expected a finished one: hairpin"
                    + " resume " + parent.path());
        }
        if (folder != null) {
            return fork(parent, RunFolder.create(folder), whatIf);
        }
        try (TemporaryFolder temporary = TemporaryFolder.create("hairpin-what-if")) {
            return fork(parent, RunFolder.create(temporary.path().resolve("fork")), whatIf);
        }
    }

    private int fork(RunFolder parent, RunFolder fork, WhatIf whatIf) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path file = kept.captureFile();
        CaptureExperiment.Settings settings = HairpinCommand.settings(parent);
        try (Interruption interruption = Interruption.begin(err);
                CaptureExperiment experiment = CaptureExperiment.open(
                        file, settings.by(settings.means().at(0).until(interruption.stop())))) {
            Lineage lineage = HairpinCommand.lineage(parent, experiment).fork(experiment, whatIf);
            journal.settle(fork);
            try {
                fork.fork(
                        parent,
                        experiment,
                        lineage,
                        Terminal.progress(
                                err, "what if", experiment.capture().slab().size()),
                        HairpinCommand.Version.text(),
                        spec.commandLine().getParent().getParseResult().originalArgs());
            } catch (RunFailed stopped) {
                throw folder == null ? stopped : KeptRun.toBeResumed(fork, stopped, err);
            }
            DiffReport.of(parent, fork, experiment.capture()).print(out);
            if (folder != null) {
                out.println();
                Results.print(fork, out);
            }
            return Damages.exitCode(experiment, err);
        }
    }
}
