package dev.hairpin.model.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Together, expressions say of every frame what each says alone. */
class MatchListPropertyTest {
    private static final int CASES = 600;
    private static final int MANY_CASES = 12;
    private static final int EXPRESSIONS = 24;
    private static final int MANY_EXPRESSIONS = 600;

    @Test
    void matchesWhatEachMatchesAlone() {
        Property.forAll(CASES, dice -> saysWhatEachSays(dice, EXPRESSIONS, RealList::new));
    }

    /** So many that they are in several blocks. */
    @Test
    void matchesWhatEachMatchesAloneAmongMany() {
        Property.forAll(MANY_CASES, dice -> saysWhatEachSays(dice, MANY_EXPRESSIONS, RealList::new));
    }

    @Test
    void whatIsReportedOfExpressionsHoldsForEveryFrame() {
        int[] found = new int[3];
        Property.forAll(CASES, dice -> {
            MatchCase some = MatchCase.of(dice, EXPRESSIONS);
            MatchList list = MatchList.of(some.matches());
            for (int index = 0; index < list.size(); index++) {
                int wide = list.coveredBy(index);
                int same = list.sameAs(index);
                found[0] += list.neverMatches(index) ? 1 : 0;
                found[1] += wide != MatchList.NONE ? 1 : 0;
                found[2] += same != MatchList.NONE ? 1 : 0;
                for (int row = 0; row < some.burst().size(); row++) {
                    boolean matches = matches(some, index, row);
                    String of = list.get(index) + " in row " + row;
                    if (matches) {
                        assertThat(list.neverMatches(index)).as("never, " + of).isFalse();
                    }
                    if (matches && wide != MatchList.NONE) {
                        assertThat(matches(some, wide, row))
                                .as(of + ", covered by " + list.get(wide))
                                .isTrue();
                    }
                    if (same != MatchList.NONE) {
                        assertThat(matches(some, same, row))
                                .as(of + ", same as " + list.get(same))
                                .isEqualTo(matches);
                    }
                }
            }
        });
        assertThat(found[0]).as("that never match").isGreaterThan(CASES / 2);
        assertThat(found[1]).as("that are covered").isGreaterThan(CASES);
        assertThat(found[2]).as("that are the same").isGreaterThan(CASES / 2);
    }

    /** That the first property can fail: asking the cheap part of an alternative first lets a cut frame match. */
    @Test
    void wouldFindOutAnOrderThatChangesTheVerdict() {
        assertThatThrownBy(
                        () -> Property.forAll(CASES, dice -> saysWhatEachSays(dice, EXPRESSIONS, LastPartFirst::new)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("hairpin.seed");
    }

    /** And so does what is remembered of another frame. */
    @Test
    void wouldFindOutAMemoryThatKeepsTooLong() {
        assertThatThrownBy(() -> Property.forAll(CASES, dice -> saysWhatEachSays(dice, EXPRESSIONS, KeepsTooLong::new)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("hairpin.seed");
    }

    private static void saysWhatEachSays(Dice dice, int mostExpressions, Making making) {
        MatchCase some = MatchCase.of(dice, mostExpressions);
        Listing list = making.of(some.matches());
        for (int row = 0; row < some.burst().size(); row++) {
            List<Integer> expected = new ArrayList<>();
            for (int index = 0; index < some.matches().size(); index++) {
                if (matches(some, index, row)) {
                    expected.add(index);
                }
            }
            list.begin(some.burst(), row, some.slab());
            if (dice.percent(50)) {
                int from = dice.between(0, some.matches().size());
                int first = expected.stream()
                        .filter(index -> index >= from)
                        .findFirst()
                        .orElse(MatchList.NONE);
                assertThat(list.next(from))
                        .as("from %d, row %d of %s", from, row, some)
                        .isEqualTo(first);
            }
            List<Integer> actual = new ArrayList<>();
            for (int index = list.next(0); index != MatchList.NONE; index = list.next(index + 1)) {
                actual.add(index);
            }
            assertThat(actual).as("row %d of %s", row, some).isEqualTo(expected);
        }
    }

    private static boolean matches(MatchCase some, int index, int row) {
        return some.matches().get(index).matches(some.burst(), row, some.slab());
    }

    private interface Making {
        Listing of(List<FrameMatch> matches);
    }

    private interface Listing {
        void begin(Burst burst, int row, Slab slab);

        int next(int from);
    }

    private record RealList(MatchList list) implements Listing {
        RealList(List<FrameMatch> matches) {
            this(MatchList.of(matches));
        }

        @Override
        public void begin(Burst burst, int row, Slab slab) {
            list.begin(burst, row, slab);
        }

        @Override
        public int next(int from) {
            return list.next(from);
        }
    }

    /** Asks one after the other; of a planted bug. */
    private abstract static class Asking implements Listing {
        private final Condition[] conditions;
        private Burst burst = Burst.EMPTY;
        private Slab slab = Slab.of(new byte[0]);
        private int row;

        Asking(Condition[] conditions) {
            this.conditions = conditions;
        }

        @Override
        public void begin(Burst ofBurst, int ofRow, Slab ofSlab) {
            burst = ofBurst;
            row = ofRow;
            slab = ofSlab;
        }

        @Override
        public int next(int from) {
            int captured = burst.captured(row);
            for (int at = from; at < conditions.length; at++) {
                if (conditions[at].of(burst, row, slab, burst.offset(row), captured, burst.length(row))
                        == Condition.TRUE) {
                    return at;
                }
            }
            return MatchList.NONE;
        }
    }

    private static final class LastPartFirst extends Asking {
        LastPartFirst(List<FrameMatch> matches) {
            super(matches.stream().map(match -> reversed(match.condition())).toArray(Condition[]::new));
        }

        private static Condition reversed(Condition condition) {
            if (!(condition instanceof Condition.Any any)) {
                return condition;
            }
            Condition[] parts = new Condition[any.parts().length];
            for (int part = 0; part < parts.length; part++) {
                parts[parts.length - 1 - part] = any.parts()[part];
            }
            return new Condition.Any(parts);
        }
    }

    private static final class KeepsTooLong extends Asking {
        KeepsTooLong(List<FrameMatch> matches) {
            super(Sharing.of(matches.stream().map(FrameMatch::condition).toList(), new Memory()));
        }
    }
}
