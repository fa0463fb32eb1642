package dev.hairpin.experiments.command;

import dev.hairpin.experiments.run.Manifest;
import dev.hairpin.experiments.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** What is printed of a run that is kept. */
final class Results {
    private Results() {}

    /** The counts in the run's seal, and its digest. */
    static void print(RunFolder run, PrintWriter out) throws IOException {
        Manifest manifest = run.manifest();
        out.printf(
                Locale.ROOT,
                "%s: %,d frames, %,d decisions, %,d octets of journal, in %s%n",
                run.mode().word(),
                manifest.number("seal", "frames").orElse(0L),
                manifest.number("seal", "decisions").orElse(0L),
                run.journalOctets(),
                run.path());
        manifest.number("seal", "segments")
                .ifPresent(segments -> out.printf(
                        Locale.ROOT,
                        "%,d of the frames segmented by their NIC, into %,d%n",
                        manifest.number("seal", "segmentedFrames").orElse(0L),
                        segments));
        out.println(manifest.text("seal", "fate").orElse(""));
        out.println(manifest.text("seal", "timed").orElse(""));
    }
}
