package dev.hairpin.experiments.command;

import dev.hairpin.experiments.run.CaptureExperiment;
import java.io.PrintWriter;
import java.util.Locale;

/** What is said of a capture that cannot be read to its end. */
final class Damages {
    private Damages() {}

    /** Tells the damage, if there is any, and the exit code that goes with it. */
    static int exitCode(CaptureExperiment experiment, PrintWriter err) {
        if (experiment.damage().isEmpty()) {
            return ExitCode.DONE;
        }
        err.println("hairpin: " + experiment.damage().get());
        err.printf(Locale.ROOT, "hairpin: the %,d frames before it were run%n", experiment.frames());
        return ExitCode.PARTIAL;
    }
}
