package dev.hairpin.model.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilteringDatabaseTest {
    private static final long AGEING = 100;
    private static final int LEARNED = EntryKind.LEARNED.ordinal();

    private final FilteringDatabase database = new FilteringDatabase();
    private final FilteringDatabase.Overlay overlay = overlay(database, 0);

    private record Entry(int port, long seen) {}

    @Test
    void knowsWhatAMapKnows() {
        Property.forAll(200, dice -> {
            FilteringDatabase database = new FilteringDatabase();
            FilteringDatabase.Overlay overlay = overlay(database, 0);
            Map<Long, Entry> map = new HashMap<>();
            List<Long> keys = keys(dice);
            long now = 0;
            for (int step = 0; step < 300; step++) {
                now += dice.pick(0, 1, 30);
                long key = dice.pick(keys);
                if (dice.percent(50)) {
                    int port = dice.below(5);
                    overlay.learn(key, port, now);
                    map.put(key, new Entry(port, now));
                } else if (dice.percent(20)) {
                    overlay.remove(key);
                    map.remove(key);
                }
                if (dice.percent(10)) {
                    take(database, overlay, now);
                }
                long asked = dice.pick(keys);
                assertThat(overlay.port(asked, now)).isEqualTo(expected(map, asked, now));
            }
            take(database, overlay, now);
            for (long key : keys) {
                assertThat(overlay.port(key, now)).isEqualTo(expected(map, key, now));
            }
            assertThat(database.entries().key()).isSorted();
        });
    }

    @Test
    void doesNotChangeByWhatItsOverlayLearns() {
        overlay.learn(7, 3, 10);

        assertThat(overlay.port(7, 10)).isEqualTo(3);
        assertThat(database.entries()).isEqualTo(Learned.NOTHING);
    }

    @Test
    void doesNotKnowTheAddressZeroAtTheEpochEither() {
        assertThat(overlay.port(0, 0)).isEqualTo(FilteringDatabase.UNKNOWN);
        assertThat(overlay.port(0, AGEING)).isEqualTo(FilteringDatabase.UNKNOWN);
    }

    @Test
    void hasAnOverlayThatIsEmptyOnceItIsTaken() {
        overlay.learn(7, 3, 10);
        assertThat(overlay.take(10)).isEqualTo(new Learned(new long[] {7}, new int[] {3}, new long[] {10}));
        assertThat(overlay.take(10)).isEqualTo(Learned.NOTHING);
        assertThat(overlay.port(7, 10)).isEqualTo(FilteringDatabase.UNKNOWN);
    }

    @Test
    void takesInTheSameOnceOrTwice() {
        database.learn(7, 3, 10, LEARNED);
        database.learn(7, 3, 10, LEARNED);
        assertThat(database.entries()).isEqualTo(new Learned(new long[] {7}, new int[] {3}, new long[] {10}));
    }

    @Test
    void tellsInASnapshotThatAnEntryFromTheBeginningIsGone() {
        database.begin(7, 3, 10, EntryKind.LEARNED);
        overlay.remove(7);
        take(database, overlay, 20);
        FilteringDatabase restored = new FilteringDatabase();
        restored.begin(7, 3, 10, EntryKind.LEARNED);
        takeIn(restored, database.entries());
        assertThat(overlay(restored, 0).port(7, 20)).isEqualTo(FilteringDatabase.UNKNOWN);
    }

    @Test
    void isNeverLargerThanTwiceWhatWasValidAtOneTime() {
        int valid = 2_000;
        for (int station = 1; station <= 200_000; station++) {
            // One every nanosecond and an ageing time of 100 ns, stretched to 2,000.
            overlay.learn(station, 0, station * AGEING / valid);
            if (station % 500 == 0) {
                take(database, overlay, station * AGEING / valid);
                assertThat(database.entries().size()).isLessThanOrEqualTo(2 * valid + 500);
            }
        }
    }

    @Test
    void learnsNoMorePairsThanItMayAndMovesThemAllTheSame() {
        FilteringDatabase.Overlay limited = overlay(database, 2);
        limited.learn(FilteringDatabase.key(10, 7), 0, 0);
        limited.learn(FilteringDatabase.key(20, 7), 0, 50);
        limited.learn(FilteringDatabase.key(30, 7), 0, 60);
        assertThat(limited.port(FilteringDatabase.key(30, 7), 60)).isEqualTo(FilteringDatabase.UNKNOWN);
        limited.learn(FilteringDatabase.key(20, 7), 3, 60);
        assertThat(limited.port(FilteringDatabase.key(20, 7), 60)).isEqualTo(3);
        // The first has aged and makes room.
        limited.learn(FilteringDatabase.key(30, 7), 0, AGEING);
        assertThat(limited.port(FilteringDatabase.key(30, 7), AGEING)).isZero();
        assertThat(limited.port(FilteringDatabase.key(10, 7), AGEING)).isEqualTo(FilteringDatabase.UNKNOWN);
    }

    private static FilteringDatabase.Overlay overlay(FilteringDatabase database, int most) {
        FilteringDatabase.Overlay overlay = database.overlay();
        overlay.configure(AGEING, most);
        return overlay;
    }

    private static void take(FilteringDatabase database, FilteringDatabase.Overlay overlay, long now) {
        takeIn(database, overlay.take(now));
    }

    private static void takeIn(FilteringDatabase database, Learned rows) {
        for (int i = 0; i < rows.size(); i++) {
            database.learn(rows.key()[i], rows.port()[i], rows.seen()[i], rows.kind()[i]);
        }
    }

    /** Few or very many, so that collisions and growth both happen; consecutive ones as machines have them. */
    private static List<Long> keys(Dice dice) {
        List<Long> keys = new ArrayList<>();
        int count = dice.pick(3, 40, 500);
        for (int i = 1; i <= count; i++) {
            long address = dice.percent(50) ? 0x0200_0000_0000L + i : dice.between(1L, 0xFEFF_FFFF_FFFFL);
            keys.add(FilteringDatabase.key(dice.pick(0, 1, 4094), address));
        }
        return keys;
    }

    private static int expected(Map<Long, Entry> map, long key, long now) {
        Entry entry = map.get(key);
        return entry == null || now - entry.seen >= AGEING ? FilteringDatabase.UNKNOWN : entry.port;
    }
}
