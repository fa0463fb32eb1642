package dev.hairpin.model.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FilteringDatabaseTest {
    private static final long AGEING = 100;

    private record Entry(int port, long seen) {}

    @Test
    void knowsWhatAMapKnows() {
        Property.forAll(200, dice -> {
            FilteringDatabase database = new FilteringDatabase(AGEING);
            FilteringDatabase.Overlay overlay = database.overlay();
            Map<Long, Entry> map = new HashMap<>();
            List<Long> addresses = addresses(dice);
            long now = 0;
            for (int step = 0; step < 300; step++) {
                now += dice.pick(0, 1, 30);
                long address = dice.pick(addresses);
                if (dice.percent(50)) {
                    int port = dice.below(5);
                    overlay.learn(address, port, now);
                    map.put(address, new Entry(port, now));
                }
                if (dice.percent(10)) {
                    database.learn(overlay.take());
                }
                long asked = dice.pick(addresses);
                assertThat(overlay.port(asked, now)).isEqualTo(expected(map, asked, now));
            }
            database.learn(overlay.take());
            assertThat(database.entries()).isEqualTo(learned(map));
        });
    }

    @Test
    void doesNotChangeByWhatItsOverlayLearns() {
        FilteringDatabase database = new FilteringDatabase(AGEING);
        FilteringDatabase.Overlay overlay = database.overlay();
        overlay.learn(7, 3, 10);

        assertThat(overlay.port(7, 10)).isEqualTo(3);
        assertThat(database.port(7, 10)).isEqualTo(FilteringDatabase.UNKNOWN);
        assertThat(database.entries()).isEqualTo(Learned.NOTHING);
    }

    @Test
    void doesNotKnowTheAddressZeroAtTheEpochEither() {
        FilteringDatabase database = new FilteringDatabase(AGEING);

        assertThat(database.port(0, 0)).isEqualTo(FilteringDatabase.UNKNOWN);
        assertThat(database.overlay().port(0, AGEING)).isEqualTo(FilteringDatabase.UNKNOWN);
    }

    @Test
    void hasAnOverlayThatIsEmptyOnceItIsTaken() {
        FilteringDatabase.Overlay overlay = new FilteringDatabase(AGEING).overlay();
        overlay.learn(7, 3, 10);
        assertThat(overlay.take()).isEqualTo(new Learned(new long[] {7}, new int[] {3}, new long[] {10}));
        assertThat(overlay.take()).isEqualTo(Learned.NOTHING);
        assertThat(overlay.port(7, 10)).isEqualTo(FilteringDatabase.UNKNOWN);
    }

    @Test
    void takesInTheSameOnceOrTwice() {
        FilteringDatabase database = new FilteringDatabase(AGEING);
        Learned learned = new Learned(new long[] {7, 9}, new int[] {3, 4}, new long[] {10, 11});
        database.learn(learned);
        database.learn(learned);
        assertThat(database.entries()).isEqualTo(learned);
    }

    /** Few or very many, so that collisions and growth both happen; consecutive ones as machines have them. */
    private static List<Long> addresses(Dice dice) {
        List<Long> addresses = new ArrayList<>();
        int count = dice.pick(3, 40, 500);
        for (int i = 1; i <= count; i++) {
            addresses.add(dice.percent(50) ? 0x0200_0000_0000L + i : dice.between(1L, 0xFEFF_FFFF_FFFFL));
        }
        return addresses;
    }

    private static int expected(Map<Long, Entry> map, long address, long now) {
        Entry entry = map.get(address);
        return entry == null || now - entry.seen >= AGEING ? FilteringDatabase.UNKNOWN : entry.port;
    }

    private static Learned learned(Map<Long, Entry> map) {
        TreeMap<Long, Entry> sorted = new TreeMap<>(map);
        return new Learned(
                sorted.keySet().stream().mapToLong(Long::longValue).toArray(),
                sorted.values().stream().mapToInt(Entry::port).toArray(),
                sorted.values().stream().mapToLong(Entry::seen).toArray());
    }
}
