package dev.hairpin.experiments.command;

import dev.hairpin.experiments.run.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows progress on a line that is written over, if standard error is a terminal; the launcher says whether it is. */
final class Terminal {
    private static final long NANOS_BETWEEN = 200_000_000L;
    private static final double NANOS = 1e9;

    private Terminal() {}

    /** Progress of {@code what} through {@code octets} of a capture. */
    static Progress progress(PrintWriter err, String what, long octets) {
        return progress(err, what, "frames", octets);
    }

    /** Progress of {@code what} through so many of whatever it counts; {@code units} is what it tells of. */
    static Progress progress(PrintWriter err, String what, String units, long octets) {
        if (!Boolean.getBoolean("hairpin.terminal")) {
            return Progress.NONE;
        }
        long began = System.nanoTime();
        long[] shown = {began};
        return (frames, at) -> {
            long now = System.nanoTime();
            boolean end = at >= octets;
            if (!end && now - shown[0] < NANOS_BETWEEN) {
                return;
            }
            shown[0] = now;
            double seconds = (now - began) / NANOS;
            err.printf(
                    Locale.ROOT,
                    "\r%s: %,d %s, %,.0f %s/s, %s   %s",
                    what,
                    frames,
                    units,
                    frames / Math.max(seconds, 1e-9),
                    units,
                    end ? "done" : String.format(Locale.ROOT, "%.0f s left", seconds * (octets - at) / Math.max(at, 1)),
                    end ? "\r\033[K" : "");
            err.flush();
        };
    }
}
