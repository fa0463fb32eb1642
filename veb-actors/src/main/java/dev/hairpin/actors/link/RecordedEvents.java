package dev.hairpin.actors.link;

import dev.hairpin.model.decision.Decided;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How the events that a stage's journal holds already are read once more, to let out again what they had let out. */
public interface RecordedEvents {
    /** The decisions of {@code stage}, from its first. */
    Reader from(String stage);

    /** One stage's decisions, one after the other. */
    interface Reader extends AutoCloseable {
        /** The next, or empty at the end of the journal. Not to be asked again before it has answered. */
        CompletionStage<Optional<Decided>> next();

        @Override
        void close();
    }
}
