package dev.hairpin.experiments.command;

import dev.hairpin.experiments.projection.DecisionTable;
import dev.hairpin.experiments.projection.FrameIndex;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.pcap.Capture;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "decisions",
        description = "Prints every decision of a run: a row for each frame and relay it passed, and one for each later"
                + " drop.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DecisionsCommand implements Callable<Integer> {
    @Mixin
    private KeptRun kept;

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
        try (Capture frames = kept.capture()) {
            FrameIndex index = new FrameIndex(frames);
            RecordedSettings settings = run.settings();
            return run.read(decisions -> {
                if (format != null && format.csv) {
                    DecisionTable.writeCsv(decisions, index, settings, out);
                } else if (format != null && format.jsonLines) {
                    DecisionTable.writeJsonLines(decisions, index, settings, out);
                } else {
                    DecisionTable.writeText(decisions, index, settings, out);
                }
                return ExitCode.DONE;
            });
        }
    }
}
