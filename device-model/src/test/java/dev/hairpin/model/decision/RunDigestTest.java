package dev.hairpin.model.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunDigestTest {
    private static final List<String> PORTS = List.of("vf0", "vf1", "uplink");
    private static final Outcome LOCAL = Outcome.forward(0, Rule.VEB_LOCAL_UNICAST, 1);
    private static final Outcome BROADCAST = Outcome.forward(0, Rule.VEB_BROADCAST, 1, 2);
    private static final Outcome RUNT = Outcome.drop(1, Rule.ER_RUNT, DropReason.RUNT);
    private static final List<Row> ROWS =
            List.of(new Row(1_000, 1, LOCAL), new Row(1_000, 2, BROADCAST), new Row(2_500, 4, RUNT));

    private record Row(long time, long number, Outcome outcome) {}

    @Test
    void ofAKnownRunIsAKnownValue() {
        // Worked out by hand from the description of version 1, with Python's hashlib
        RunDigest digest = digest(Map.of("veb.tx", ROWS));
        assertThat(digest.fate()).isEqualTo("fate v1 b52fb37b49bc1edeeeaa01496a689332129cf548b5408bd876bdd28bd8159a3d");
        assertThat(digest.timed())
                .isEqualTo("timed v1 05a8456249ff0d066bf05193cbbdd002a15ef1eca1e8ebe75a894ba0f749d671");
    }

    @Test
    void ofNothingIsTheDigestOfNothing() {
        String nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertThat(new RunDigest().fate()).isEqualTo("fate v1 " + nothing);
        assertThat(digest(Map.of("veb.tx", List.of())).timed()).isEqualTo("timed v1 " + nothing);
    }

    @Test
    void changesWithEveryValueOfADecision() {
        List<Row> rows = ROWS;
        assertFateDiffers(rows, with(rows, new Row(1_000, 3, BROADCAST)));
        assertFateDiffers(rows, with(rows, new Row(1_000, 2, LOCAL)));
        assertFateDiffers(rows, with(rows, new Row(1_000, 2, Outcome.forward(1, Rule.VEB_BROADCAST, 1, 2))));
        assertFateDiffers(rows, with(rows, new Row(1_000, 2, Outcome.forward(0, Rule.VEB_BROADCAST, 0, 2))));
        assertFateDiffers(rows, with(rows, new Row(1_000, 2, dropped(1, DropReason.SOURCE_PRUNED))));
        assertFateDiffers(
                with(rows, new Row(1_000, 2, dropped(1, DropReason.SOURCE_PRUNED))),
                with(rows, new Row(1_000, 2, dropped(1, DropReason.NO_RX_BUFFER))));
        assertFateDiffers(
                with(rows, new Row(1_000, 2, dropped(1, DropReason.SOURCE_PRUNED))),
                with(rows, new Row(1_000, 2, dropped(0, DropReason.SOURCE_PRUNED))));
        assertFateDiffers(rows, rows.subList(0, 2));
    }

    @Test
    void changesWithATimeOnlyWhereTimesCount() {
        List<Row> later = with(ROWS, new Row(1_001, 2, BROADCAST));
        assertThat(digest(Map.of("s", later)).fate())
                .isEqualTo(digest(Map.of("s", ROWS)).fate());
        assertThat(digest(Map.of("s", later)).timed())
                .isNotEqualTo(digest(Map.of("s", ROWS)).timed());
    }

    @Test
    void changesWithTheOrderOfDecisionsOfAStage() {
        List<Row> swapped = List.of(ROWS.get(1), ROWS.get(0), ROWS.get(2));
        assertFateDiffers(ROWS, swapped);
    }

    @Test
    void changesWithTheStageThatDecided() {
        assertThat(digest(Map.of("veb.tx", ROWS)).fate())
                .isNotEqualTo(digest(Map.of("veb.rx", ROWS)).fate());
        assertThat(digest(Map.of("veb.tx", ROWS)).fate())
                .isNotEqualTo(digest(Map.of("veb.tx", ROWS, "veb.rx", ROWS)).fate());
    }

    @Test
    void changesWithTheNamesOfPorts() {
        RunDigest other = new RunDigest();
        other.stage("s", List.of("vf0", "vf2", "uplink"));
        events(ROWS, List.of(3)).forEach(event -> other.decided("s", event));
        assertThat(other.fate()).isNotEqualTo(digest(Map.of("s", ROWS)).fate());
    }

    @Test
    void doesNotDependOnTheOrderInWhichStagesRan() {
        Map<String, List<Row>> forward = new LinkedHashMap<>();
        forward.put("a", ROWS);
        forward.put("b", ROWS.subList(1, 3));
        Map<String, List<Row>> backward = new LinkedHashMap<>();
        backward.put("b", ROWS.subList(1, 3));
        backward.put("a", ROWS);
        assertThat(digest(backward).timed()).isEqualTo(digest(forward).timed());
    }

    @Test
    void doesNotDependOnAStageThatDecidedNothing() {
        assertThat(digest(Map.of("a", ROWS, "b", List.of())).fate())
                .isEqualTo(digest(Map.of("a", ROWS)).fate());
    }

    @Test
    void doesNotDependOnHowDecisionsAreCutIntoEventsNorOnHowOutcomesAreNumbered() {
        Property.forAll(100, dice -> {
            List<Row> rows = rows(dice);
            RunDigest whole = new RunDigest();
            whole.stage("s", PORTS);
            whole.decided("s", events(rows, List.of(rows.size())).get(0));
            RunDigest cut = new RunDigest();
            cut.stage("s", PORTS);
            // Numbered from the other end, and all defined by the first event
            List<Outcome> dictionary = new ArrayList<>(List.of(LOCAL, BROADCAST, RUNT, dropped(1, DropReason.RUNT)));
            Collections.reverse(dictionary);
            int from = 0;
            for (int size : dice.cuts(rows.size(), 900)) {
                cut.decided(
                        "s", event(rows.subList(from, from + size), dictionary, 0, from == 0 ? dictionary : List.of()));
                from += size;
            }
            assertThat(cut.fate()).isEqualTo(whole.fate());
            assertThat(cut.timed()).isEqualTo(whole.timed());
        });
    }

    @Test
    void mayBeAskedAgainAndInBetween() {
        RunDigest digest = new RunDigest();
        digest.stage("s", PORTS);
        List<Decided> events = events(ROWS, List.of(1, 2));
        digest.decided("s", events.get(0));
        assertThat(digest.fate())
                .isEqualTo(digest(Map.of("s", ROWS.subList(0, 1))).fate());
        digest.decided("s", events.get(1));
        assertThat(digest.fate()).isEqualTo(digest(Map.of("s", ROWS)).fate());
        assertThat(digest.fate()).isEqualTo(digest.fate());
    }

    @Test
    void refusesAnEventOfAStageThatIsNotKnown() {
        assertThatThrownBy(() -> new RunDigest().decided("s", Decided.nothing(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertFateDiffers(List<Row> one, List<Row> other) {
        RunDigest a = digest(Map.of("s", one));
        RunDigest b = digest(Map.of("s", other));
        assertThat(a.fate()).isNotEqualTo(b.fate());
        assertThat(a.timed()).isNotEqualTo(b.timed());
    }

    private static Outcome dropped(int port, DropReason reason) {
        return new Outcome(0, Rule.VEPA_SOURCE_PRUNING, new int[] {2}, new int[] {port}, new DropReason[] {reason});
    }

    private static List<Row> with(List<Row> rows, Row second) {
        return List.of(rows.get(0), second, rows.get(2));
    }

    private static List<Row> rows(Dice dice) {
        List<Row> rows = new ArrayList<>();
        long time = 0;
        int count = dice.between(1, 3_000);
        for (int number = 1; number <= count; number++) {
            time += dice.below(100);
            rows.add(new Row(time, number, dice.pick(List.of(LOCAL, BROADCAST, RUNT, dropped(1, DropReason.RUNT)))));
        }
        return rows;
    }

    private static RunDigest digest(Map<String, List<Row>> stages) {
        RunDigest digest = new RunDigest();
        stages.forEach((stage, rows) -> {
            digest.stage(stage, PORTS);
            events(rows, List.of(rows.size())).forEach(event -> digest.decided(stage, event));
        });
        return digest;
    }

    private static List<Decided> events(List<Row> rows, List<Integer> sizes) {
        List<Decided> events = new ArrayList<>();
        List<Outcome> met = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            List<Row> cut = rows.subList(from, from + size);
            int known = met.size();
            for (Row row : cut) {
                if (!met.contains(row.outcome)) {
                    met.add(row.outcome);
                }
            }
            events.add(event(cut, met, known, List.copyOf(met.subList(known, met.size()))));
            from += size;
        }
        return events;
    }

    private static Decided event(List<Row> rows, List<Outcome> dictionary, int first, List<Outcome> defined) {
        return new Decided(
                0,
                rows.size(),
                rows.stream().mapToLong(Row::time).toArray(),
                rows.stream().mapToLong(Row::number).toArray(),
                rows.stream().mapToInt(row -> dictionary.indexOf(row.outcome)).toArray(),
                first,
                defined,
                Learned.NOTHING);
    }
}
