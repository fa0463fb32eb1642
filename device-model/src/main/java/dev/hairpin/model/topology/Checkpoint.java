package dev.hairpin.model.topology;

import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.link.Passage;
import java.util.List;
import java.util.Optional;

/**
 * All that was under way in a topology between two waves. With the journals as they were then or later, a run goes on from
 * here without the traffic before.
 *
 * @param position how far the feed was
 * @param stages by number; none at the beginning
 */
public record Checkpoint(SeekableFeed.Position position, List<OfStage> stages) {
    /** Before the first wave. */
    public static final Checkpoint BEGINNING =
            new Checkpoint(new SeekableFeed.Position(DecidingStage.NO_WAVE, 0, Long.MIN_VALUE, 0), List.of());

    /**
     * One stage of it.
     *
     * @param sequence of the last event in its journal; 0 where it keeps none
     */
    public record OfStage(long sequence, Passage passage) {}

    public Checkpoint {
        stages = List.copyOf(stages);
    }

    /** What stage {@code number} goes on from; nothing at the beginning. */
    public Optional<OfStage> of(int number) {
        return stages.isEmpty() ? Optional.empty() : Optional.of(stages.get(number));
    }

    /** The last wave that is through everywhere, or {@link DecidingStage#NO_WAVE}. */
    public long wave() {
        return position.wave();
    }
}
