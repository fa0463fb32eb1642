package dev.hairpin.experiments.projection;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.RunDigest;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.stage.DecidedCursor;
import dev.hairpin.persistence.stage.StageJournal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a journal proves of itself, without its capture: every event has its checksum, follows the one before and makes
 * sense; a stage's waves, times and, at one time, frames never go back; and all together has a digest, which the seal of a
 * finished run tells, too.
 */
public final class Integrity {
    private final RunDigest digest = new RunDigest();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong decisions = new AtomicLong();
    private @Nullable RuntimeException failure;

    private Integrity() {}

    /**
     * Reads all of {@code journal}, stages side by side.
     *
     * @param progress is told now and then how many decisions were read, by any thread
     * @throws JournalDamage with its place, when something is not as it must be
     */
    public static Integrity of(StageJournal journal, LongConsumer progress) {
        Integrity integrity = new Integrity();
        List<String> stages = journal.stages();
        stages.forEach(
                stage -> integrity.digest.stage(stage, journal.opened(stage).ports()));
        AtomicInteger next = new AtomicInteger();
        Runnable read = () -> {
            for (int stage = next.getAndIncrement(); stage < stages.size(); stage = next.getAndIncrement()) {
                integrity.read(journal, stages.get(stage), progress);
            }
        };
        Thread other = new Thread(() -> integrity.guarded(read), "integrity");
        other.start();
        integrity.guarded(read);
        try {
            other.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        RuntimeException failed = integrity.failure;
        if (failed != null) {
            throw failed;
        }
        return integrity;
    }

    private void guarded(Runnable read) {
        try {
            read.run();
        } catch (RuntimeException failed) {
            synchronized (this) {
                failure = failure == null ? failed : failure;
            }
        }
    }

    private void read(StageJournal journal, String stage, LongConsumer progress) {
        long wave = -1;
        long time = Long.MIN_VALUE;
        long number = 0;
        try (DecidedCursor cursor = journal.decided(stage)) {
            while (cursor.next()) {
                Decided event = cursor.event();
                if (event.wave() <= wave) {
                    throw new JournalDamage("wave " + event.wave() + " after wave " + wave)
                            .at(stage, cursor.sequence());
                }
                wave = event.wave();
                for (int row = 0; row < event.size(); row++) {
                    if (event.time(row) < time
                            || (event.time(row) == time
                                    && FrameNumber.order(event.number(row)) < FrameNumber.order(number))) {
                        throw new JournalDamage("decision " + row + ", on frame " + FrameNumber.text(event.number(row))
                                        + " at " + event.time(row) + " ns, after frame " + FrameNumber.text(number)
                                        + " at " + time + " ns")
                                .at(stage, cursor.sequence());
                    }
                    time = event.time(row);
                    number = event.number(row);
                }
                digest.decided(stage, event);
                events.incrementAndGet();
                progress.accept(decisions.addAndGet(event.size()));
            }
        }
    }

    public RunDigest digest() {
        return digest;
    }

    public long events() {
        return events.get();
    }

    public long decisions() {
        return decisions.get();
    }
}
