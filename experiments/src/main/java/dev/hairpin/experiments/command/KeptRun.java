package dev.hairpin.experiments.command;

import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.pcap.Capture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The run that a verb asks, and the capture it was made from. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class KeptRun {
    @Parameters(index = "0", paramLabel = "DIR", description = "A run's folder.")
    private Path folder;

    @Option(names = "--capture", paramLabel = "FILE", description = "Where the capture is now, if it was moved.")
    private @Nullable Path capture;

    /** The run's folder. */
    RunFolder open() throws IOException {
        return RunFolder.open(folder);
    }

    /** Where its capture is, once that was found to be the right one. */
    Path captureFile() throws IOException {
        Path file = open().captureFile(capture);
        open().capture(file).close();
        return file;
    }

    /** Says of a run that has stopped how to go on with it. */
    static RunFailed toBeResumed(RunFolder run, RunFailed stopped, PrintWriter err) {
        err.println("hairpin: what was decided is kept; go on with: hairpin resume " + run.path());
        return stopped;
    }

    /** Its capture, to be closed. */
    Capture capture() throws IOException {
        return open().capture(capture);
    }
}
