package dev.hairpin.experiments.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.placement.PlacementReport;
import dev.hairpin.experiments.projection.Arrivals;
import dev.hairpin.experiments.projection.Fates;
import dev.hairpin.experiments.projection.FrameIndex;
import dev.hairpin.experiments.projection.RunSummary;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.run.TemporaryFolder;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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
        name = "compare",
        description = {
            "Runs a capture in each mode and prints them side by side, then what differs frame by frame.",
            "Where something takes time or has an end, there are two steps: bridging only, and as configured."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CompareCommand implements Callable<Integer>, RunsCapture {
    @Parameters(paramLabel = "CAPTURE", description = "pcap or pcapng, plain, .gz or .zst; - is standard input.")
    private Path capture;

    @Option(
            names = "--modes",
            split = ",",
            paramLabel = "MODE,MODE",
            defaultValue = "veb,vepa",
            description =
                    "Of veb and vepa; the first is what the others are compared with (default: ${DEFAULT-VALUE}).")
    private List<Mode> modes;

    @Option(names = "--out", paramLabel = "DIR", description = "Keep the runs and compare.json here.")
    private @Nullable Path folder;

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    @Mixin
    private JournalOption journal;

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
        if (modes.size() < 2) {
            throw new Unusable("--modes: found " + modes.size() + " mode, expected two or more, such as veb,vepa");
        }
        if (journal.onServer() && folder == null) {
            throw new Unusable("--journal: needs --out DIR, which is to know where the journal is");
        }
        try (TemporaryFolder temporary = folder == null ? TemporaryFolder.create("hairpin-compare") : null;
                CaptureExperiment experiment = CaptureExperiment.open(capture, traffic.settings())) {
            Path runs = temporary != null
                    ? temporary.path()
                    : RunFolder.create(folder()).path();
            if (!json) {
                PlacementReport.lines(experiment.placement()).forEach(out::println);
                out.println();
                out.flush();
            }
            Fates fates = new Fates();
            List<CompareReport.Column> bridging = List.of();
            if (modes.stream().anyMatch(mode -> isLimited(experiment.lan(mode)))) {
                List<String> words = new ArrayList<>(words());
                words.add(TrafficOptions.BRIDGING_ONLY);
                bridging = columns(experiment.bridgingOnly(), "bridging-", runs, fates, words);
            }
            List<CompareReport.Column> columns = columns(experiment, "", runs, fates, words());
            CompareReport report = new CompareReport(experiment, bridging, columns, fates);
            String text = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(report.values());
            if (json) {
                out.println(text);
            } else {
                report.lines().forEach(out::println);
            }
            if (folder != null) {
                write(runs.resolve("compare.json"), text);
            }
            return report.balanced() ? Damages.exitCode(experiment, err) : ExitCode.DIFFERS;
        }
    }

    private Path folder() {
        if (folder == null) {
            throw new IllegalStateException("no folder was named");
        }
        return folder;
    }

    private static boolean isLimited(LanSettings lan) {
        return !lan.unlimited().equals(lan);
    }

    private List<String> words() {
        return spec.commandLine().getParent().getParseResult().originalArgs();
    }

    /** A run in each mode, in folders whose names begin with {@code prefix}. */
    private List<CompareReport.Column> columns(
            CaptureExperiment experiment, String prefix, Path runs, Fates fates, List<String> words) throws Exception {
        List<CompareReport.Column> columns = new ArrayList<>();
        for (Mode mode : modes) {
            columns.add(run(experiment, mode, runs.resolve(prefix + name(mode, columns)), fates, words));
        }
        return columns;
    }

    private CompareReport.Column run(
            CaptureExperiment experiment, Mode mode, Path into, Fates fates, List<String> words) throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        RunFolder run = RunFolder.create(into);
        journal.settle(run);
        Arrivals arrivals = new Arrivals();
        CaptureExperiment.Ran ran = run.run(
                experiment,
                mode,
                arrivals,
                Terminal.progress(err, mode.word(), experiment.capture().slab().size()),
                HairpinCommand.Version.text(),
                words);
        FrameIndex frames = new FrameIndex(experiment.capture());
        RecordedSettings settings = run.settings();
        RunSummary summary =
                run.read(decisions -> RunSummary.of(decisions, frames, fates, settings, experiment::uplink));
        return new CompareReport.Column(
                into.getFileName().toString(),
                ran,
                summary,
                run.journalOctets(),
                arrivals.outOfOrder(),
                summary.firstUnbalanced(arrivals.copies()),
                run.manifest().text("seal", "fate").orElse(""),
                run.manifest().text("seal", "timed").orElse(""));
    }

    /** A mode's name, with a number behind it where the mode is run again. */
    private static String name(Mode mode, List<CompareReport.Column> before) {
        long again = before.stream()
                .filter(column -> column.ran().lan().mode() == mode)
                .count();
        return again == 0 ? mode.word() : mode.word() + "-" + (again + 1);
    }

    private static void write(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(temporary, text + "\n", StandardCharsets.UTF_8);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
