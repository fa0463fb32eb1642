package dev.hairpin.experiments.command;

import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.Moment;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.travel.Difference;
import dev.hairpin.experiments.travel.StateAt;
import dev.hairpin.experiments.travel.Travel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run and maybe a time of it, {@code DIR@T}. A folder may have an {@code @} in its name: what is there as a folder is one.
 *
 * @param folder of the run
 * @param moment empty for the end
 */
record RunAtTime(Path folder, Optional<Moment> moment) {
    static RunAtTime of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0 || Files.isDirectory(Path.of(text))) {
            return new RunAtTime(Path.of(text), Optional.empty());
        }
        return new RunAtTime(
                Path.of(text.substring(0, at)),
                Optional.of(DecisionOptions.moment(text.substring(0, at), text.substring(at + 1))));
    }

    /** The folder's own name. */
    static String name(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? folder.toString() : name.toString();
    }

    /**
     * The state then.
     *
     * @param capture where the capture is now, or null for where it was
     */
    StateAt state(@Nullable Path capture) throws IOException, PlacementRefused {
        return travelled(capture, travel -> travel.at(moment));
    }

    /**
     * What changed from then to the time of {@code later}, of the same run.
     *
     * @param capture likewise
     */
    Difference until(RunAtTime later, @Nullable Path capture) throws IOException, PlacementRefused {
        return travelled(capture, travel -> travel.between(moment, later.moment));
    }

    private interface Travelling<T> {
        T by(Travel travel) throws IOException;
    }

    private <T> T travelled(@Nullable Path capture, Travelling<T> travelling) throws IOException, PlacementRefused {
        RunFolder run = RunFolder.open(folder);
        Path file = run.captureFile(capture);
        run.capture(file).close();
        try (CaptureExperiment experiment = CaptureExperiment.open(file, HairpinCommand.settings(run))) {
            return travelling.by(new Travel(run, experiment, HairpinCommand.lineage(run, experiment)));
        }
    }
}
