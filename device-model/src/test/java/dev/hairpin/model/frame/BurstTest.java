package dev.hairpin.model.frame;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.frames;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurstTest {
    @Test
    void keepsEveryColumnOfEveryRow() {
        BurstBuilder builder = new BurstBuilder(0);
        builder.add(1, 2, 3, 4, 5, 6, 7L << 32, 8, 9, 10);
        builder.add(11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
        Burst burst = builder.build();

        assertThat(burst.size()).isEqualTo(2);
        assertThat(columns(burst, 0)).containsExactly(1, 2, 3, 4, 5, 6, 7L << 32, 8, 9, 10);
        assertThat(columns(burst, 1)).containsExactly(11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
    }

    @Test
    void copiesARowAtAnotherTimeAndPort() {
        BurstBuilder builder = new BurstBuilder(0);
        builder.add(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Burst first = builder.build();
        builder.add(first, 0, 100, 200);

        assertThat(columns(builder.build(), 0)).containsExactly(100, 2, 3, 4, 5, 6, 7, 8, 9, 200);
    }

    @Test
    void growsToAnyNumberOfRowsFromAnyCapacity() {
        for (int capacity : new int[] {0, 1, 7, 64, 5_000}) {
            BurstBuilder builder = new BurstBuilder(capacity);
            for (int count : new int[] {1, 63, 64, 65, 3_000, 2, 4_000}) {
                List<Frame> sent = numbered(count);
                sent.forEach(frame -> frame.addTo(builder));

                assertThat(builder.size()).isEqualTo(count);
                assertThat(frames(builder.build())).isEqualTo(sent);
                assertThat(builder.size()).isZero();
            }
        }
    }

    @Test
    void doesNotChangeWhenItsBuilderGoesOn() {
        Property.forAll(200, dice -> {
            BurstBuilder builder = new BurstBuilder(dice.below(100));
            List<Burst> built = new ArrayList<>();
            List<List<Frame>> expected = new ArrayList<>();
            for (int round = 0; round < 8; round++) {
                List<Frame> sent = new ArrayList<>();
                for (int row = dice.below(150); row > 0; row--) {
                    Frame frame = frame(row).at(round).from(station(dice.below(1_000)));
                    frame.addTo(builder);
                    sent.add(frame);
                }
                built.add(builder.build());
                expected.add(sent);
            }
            for (int round = 0; round < 8; round++) {
                assertThat(frames(built.get(round))).isEqualTo(expected.get(round));
            }
        });
    }

    @Test
    void isTheEmptyOneWhenNothingWasGathered() {
        BurstBuilder builder = new BurstBuilder(16);
        assertThat(builder.build()).isSameAs(Burst.EMPTY);
        assertThat(Burst.EMPTY.size()).isZero();
    }

    @Test
    void isLaterInAllRowsAndTheSameOtherwise() {
        Burst burst = burst(frame(1).at(5).by(2), frame(2).at(9).octets(100));

        assertThat(frames(burst.later(7)))
                .containsExactly(frame(1).at(12).by(2), frame(2).at(16).octets(100));
        assertThat(frames(burst)).extracting(Frame::time).containsExactly(5L, 9L);
        assertThat(Burst.EMPTY.later(7)).isSameAs(Burst.EMPTY);
    }

    @Test
    void takesRowsOfSeveralBurstsAndOfTheWireInAnyOrder() {
        Property.forAll(300, dice -> {
            List<Burst> bursts = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                List<Frame> sent = new ArrayList<>();
                for (int row = 0; row < 100; row++) {
                    sent.add(frame(1_000L * number + row).from(station(row)).octets(60 + row));
                }
                bursts.add(burst(sent));
            }
            BurstBuilder builder = new BurstBuilder(0);
            for (int round = 0; round < 4; round++) {
                List<Frame> expected = new ArrayList<>();
                int sources = dice.between(1, 4);
                int source = 0;
                for (int row = dice.below(300); row > 0; row--) {
                    source = dice.percent(2) ? dice.below(sources) : source;
                    if (source == 3) {
                        Frame wire = frame(9_000L + row).at(row).by(row);
                        wire.addTo(builder);
                        expected.add(wire);
                    } else {
                        int from = dice.below(100);
                        builder.add(bursts.get(source), from, row, round);
                        expected.add(
                                frames(bursts.get(source)).get(from).at(row).by(round));
                    }
                }
                assertThat(frames(builder.build())).isEqualTo(expected);
            }
        });
    }

    @Test
    void isTheSameAtOtherTimesAndPorts() {
        Burst burst = burst(frame(1).at(5).by(2), frame(2).at(9));
        assertThat(frames(burst.at(new long[] {1, 2})))
                .containsExactly(frame(1).at(1).by(2), frame(2).at(2));
        assertThatThrownBy(() -> burst.at(new long[1])).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Frame> numbered(int count) {
        List<Frame> frames = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            frames.add(frame(number).at(3L * number).octets(60 + number % 1_000));
        }
        return frames;
    }

    private static long[] columns(Burst burst, int row) {
        return new long[] {
            burst.time(row),
            burst.number(row),
            burst.destination(row),
            burst.source(row),
            burst.tag(row),
            burst.etherType(row),
            burst.offset(row),
            burst.captured(row),
            burst.length(row),
            burst.port(row)
        };
    }
}
