package dev.hairpin.experiments.command;

import dev.hairpin.experiments.projection.BridgeVlans;
import dev.hairpin.experiments.projection.DecisionFilter;
import dev.hairpin.experiments.projection.DecisionTable;
import dev.hairpin.experiments.projection.FrameIndex;
import dev.hairpin.experiments.run.Following;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.pcap.Capture;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "decisions",
        description = "Prints the decisions of a run: a row for each frame and relay it passed, and one for each later"
                + " drop. Of several conditions all must hold.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DecisionsCommand implements Callable<Integer> {
    private static final long MILLIS_BETWEEN_LOOKS = 200;

    @Mixin
    private KeptRun kept;

    @Mixin
    private DecisionOptions asked;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run, which another process is writing, is finished.")
    private boolean follow;

    @ArgGroup
    private @Nullable Format format;

    @Spec
    private CommandSpec spec;

    /** How rows are written. */
    static final class Format {
        @Option(names = "--csv", description = "RFC 4180, with a header.")
        private boolean csv;

        @Option(names = "--jsonl", description = "A JSON object a line.")
        private boolean jsonLines;
    }

    @Override
    public Integer call() throws Exception {
        RunFolder run = kept.open();
        PrintWriter out = spec.commandLine().getOut();
        try (Capture capture = kept.capture()) {
            FrameIndex frames = new FrameIndex(capture);
            DecisionFilter filter = asked.filter(run.firstTime());
            BridgeVlans vlans = new BridgeVlans(run.settings(), frames);
            RunFolder.Reading<Integer> print = decisions -> {
                DecisionTable.write(decisions, asked.port(decisions).and(filter), frames, vlans, form(), out);
                return ExitCode.DONE;
            };
            DecisionTable.writeHeader(form(), out);
            return follow ? follow(new Following(run), print, out) : run.read(print);
        }
    }

    private DecisionTable.Form form() {
        if (format == null) {
            return DecisionTable.Form.TEXT;
        }
        return format.jsonLines
                ? DecisionTable.Form.JSON_LINES
                : format.csv ? DecisionTable.Form.CSV : DecisionTable.Form.TEXT;
    }

    /** Prints what comes, until the run is finished, nobody reads any more, or the process is told to end. */
    private int follow(Following run, RunFolder.Reading<Integer> print, PrintWriter out) throws IOException {
        try (Interruption interruption = Interruption.begin(spec.commandLine().getErr())) {
            CompletableFuture<Void> stop = interruption.stop();
            while (run.more(print) && !out.checkError() && !stop.isDone()) {
                stop.copy()
                        .completeOnTimeout(null, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)
                        .join();
            }
            return ExitCode.DONE;
        }
    }
}
