package dev.hairpin.persistence.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.decision.RunDigest;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.model.decision.StageOpened;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.JournalRefused;
import dev.hairpin.persistence.RandomEvents;
import dev.hairpin.persistence.event.EventCodec;
import dev.hairpin.persistence.store.Durability;
import dev.hairpin.persistence.store.Entry;
import dev.hairpin.persistence.store.RocksJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageJournalTest {
    private final RandomEvents random = new RandomEvents(RandomEvents.seed());
    private final List<StageEvent> tx = random.stage("veb.tx", 8, 30, 100);
    private final List<StageEvent> rx = random.stage("veb.rx", 3, 10, 0);

    @TempDir
    private Path run;

    private void write(String id, List<StageEvent> events) {
        try (RocksJournal journal = RocksJournal.openForWriting(run.resolve(StageJournal.FOLDER))) {
            List<Entry> entries = new ArrayList<>();
            for (StageEvent event : events) {
                long sequence = journal.highest(id) + entries.size() + 1;
                entries.add(new Entry(
                        id,
                        sequence,
                        EventCodec.SERIALIZER,
                        EventCodec.VERSION,
                        new byte[0],
                        EventCodec.encode(event)));
            }
            journal.append(entries, Durability.BACKGROUND);
        }
    }

    private void writeForeign(String id) {
        try (RocksJournal journal = RocksJournal.openForWriting(run.resolve(StageJournal.FOLDER))) {
            journal.append(List.of(new Entry(id, 1, 20, "", new byte[0], new byte[] {1})), Durability.BACKGROUND);
        }
    }

    @Test
    void tellsStagesAndTheirPorts() {
        write("id-of-tx", tx);
        write("id-of-rx", rx);
        writeForeign("another-actor");
        try (StageJournal journal = StageJournal.open(run)) {
            assertThat(journal.stages()).containsExactly("veb.rx", "veb.tx");
            assertThat(journal.opened("veb.rx")).isEqualTo(new StageOpened("veb.rx", List.of("p0", "p1", "p2")));
            assertThat(journal.bytes()).isPositive();
            assertThatThrownBy(() -> journal.opened("nobody"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no stage 'nobody'");
        }
    }

    @Test
    void tellsWhatWasDecidedInOrder() {
        write("veb.tx", tx);
        try (StageJournal journal = StageJournal.open(run);
                DecidedCursor cursor = journal.decided("veb.tx")) {
            for (int i = 1; i < tx.size(); i++) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.event()).isEqualTo(tx.get(i));
                assertThat(cursor.sequence()).isEqualTo(i + 1);
                assertThat(cursor.outcome(5))
                        .isEqualTo(cursor.outcomes().get(cursor.event().outcome(5)));
            }
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void givesTheDigestOfWhatWasWritten() {
        write("veb.tx", tx);
        write("veb.rx", rx);
        RunDigest expected = new RunDigest();
        feed(expected, tx);
        feed(expected, rx);
        RunDigest actual = new RunDigest();
        try (StageJournal journal = StageJournal.open(run)) {
            journal.forEach(actual);
        }
        assertThat(actual.timed()).isEqualTo(expected.timed());
        assertThat(actual.fate()).isEqualTo(expected.fate());
    }

    private static void feed(DecisionLog log, List<StageEvent> events) {
        StageOpened opened = (StageOpened) events.get(0);
        log.stage(opened.stage(), opened.ports());
        for (StageEvent event : events.subList(1, events.size())) {
            log.decided(opened.stage(), (Decided) event);
        }
    }

    @Test
    void readsWhileTheRunGoesOn() {
        write("veb.tx", tx.subList(0, 10));
        try (StageJournal journal = StageJournal.open(run)) {
            write("veb.tx", tx.subList(10, tx.size()));
            assertThat(count(journal)).isEqualTo(9);
        }
        try (StageJournal journal = StageJournal.open(run)) {
            assertThat(count(journal)).isEqualTo(tx.size() - 1);
        }
    }

    private static int count(StageJournal journal) {
        int events = 0;
        try (DecidedCursor cursor = journal.decided("veb.tx")) {
            while (cursor.next()) {
                events++;
            }
        }
        return events;
    }

    @Test
    void refusesARunWithoutAJournal() {
        assertThatThrownBy(() -> StageJournal.open(run)).isInstanceOf(JournalRefused.class);
    }

    @Test
    void namesAStageThatDoesNotBegin() {
        write("veb.tx", tx.subList(1, 3));
        assertThatThrownBy(() -> StageJournal.open(run))
                .isInstanceOf(JournalDamage.class)
                .hasMessage("veb.tx, event 1: the first event does not open the stage");
    }

    @Test
    void namesAnOutcomeThatNobodyDefined() {
        List<StageEvent> events = new ArrayList<>(tx.subList(0, 1));
        events.add(event(new int[] {0, 1}, 0, Outcome.forward(0, Rule.VEB_BROADCAST, 1)));
        write("veb.tx", events);
        assertDamage("veb.tx, event 2: decision 1 is outcome 1 of 1");
    }

    @Test
    void namesAPortThatTheStageDoesNotHave() {
        List<StageEvent> events = new ArrayList<>(tx.subList(0, 1));
        events.add(event(new int[] {0}, 0, Outcome.forward(0, Rule.VEB_BROADCAST, 8)));
        write("veb.tx", events);
        assertDamage("veb.tx, event 2: an outcome has a port that the stage does not have");
    }

    @Test
    void namesOutcomesThatDoNotFit() {
        List<StageEvent> events = new ArrayList<>(tx.subList(0, 1));
        events.add(event(new int[] {0}, 3, Outcome.forward(0, Rule.VEB_BROADCAST, 1)));
        write("veb.tx", events);
        assertDamage("veb.tx, event 2: its outcomes do not fit to those before");
    }

    @Test
    void namesAnEventThatIsNoStages() {
        write("veb.tx", tx.subList(0, 3));
        try (RocksJournal journal = RocksJournal.openForWriting(run.resolve(StageJournal.FOLDER))) {
            journal.append(List.of(new Entry("veb.tx", 4, 20, "", new byte[0], new byte[] {1})), Durability.BACKGROUND);
        }
        assertDamage("veb.tx, event 4: written by serializer 20");
    }

    private static Decided event(int[] outcomes, int first, Outcome... fresh) {
        return new Decided(
                1,
                outcomes.length,
                new long[outcomes.length],
                new long[outcomes.length],
                outcomes,
                first,
                List.of(fresh),
                Decided.Learned.NOTHING);
    }

    private void assertDamage(String message) {
        try (StageJournal journal = StageJournal.open(run)) {
            assertThatThrownBy(() -> count(journal))
                    .isInstanceOf(JournalDamage.class)
                    .hasMessageContaining(message);
        }
    }
}
