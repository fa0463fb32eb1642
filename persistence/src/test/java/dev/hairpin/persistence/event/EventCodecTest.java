package dev.hairpin.persistence.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.model.decision.StageOpened;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.RandomEvents;
import dev.hairpin.proto.JournalProto;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final HexFormat HEX = HexFormat.of();

    private final long seed = RandomEvents.seed();

    @Test
    void whatIsEncodedIsDecodedAgain() {
        RandomEvents events = new RandomEvents(seed);
        for (int i = 0; i < 3000; i++) {
            StageEvent event = events.any();
            assertThat(EventCodec.decode(EventCodec.encode(event)))
                    .as("seed %d, event %d", seed, i)
                    .isEqualTo(event);
        }
    }

    @Test
    void readsFromTheMiddleOfAnArray() {
        StageEvent event = new RandomEvents(seed).decided();
        byte[] octets = EventCodec.encode(event);
        byte[] within = new byte[octets.length + 7];
        Arrays.fill(within, (byte) 0x55);
        System.arraycopy(octets, 0, within, 3, octets.length);
        assertThat(EventCodec.decode(within, 3, octets.length))
                .as("seed %d", seed)
                .isEqualTo(event);
    }

    @Test
    void aPrefixOfAnEventIsAnEventOrDamage() {
        RandomEvents events = new RandomEvents(seed);
        for (int i = 0; i < 40; i++) {
            byte[] octets = EventCodec.encode(events.any());
            for (int length = 0; length < octets.length; length += 1 + length / 50) {
                decodeAnything(Arrays.copyOf(octets, length), "seed " + seed + ", event " + i + " cut to " + length);
            }
        }
    }

    @Test
    void flippedBitsGiveAnEventOrDamage() {
        RandomEvents events = new RandomEvents(seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            byte[] octets = EventCodec.encode(events.any());
            for (int flip = 0; flip < 60 && octets.length > 0; flip++) {
                byte[] flipped = octets.clone();
                for (int bits = random.nextInt(3); bits >= 0; bits--) {
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                }
                decodeAnything(flipped, "seed " + seed + ", event " + i + ", flip " + flip);
            }
        }
    }

    @Test
    void anyOctetsGiveAnEventOrDamage() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            decodeAnything(octets, "seed " + seed + ", octets " + i);
        }
    }

    private static void decodeAnything(byte[] octets, String which) {
        try {
            EventCodec.decode(octets);
        } catch (JournalDamage expected) {
            assertThat(expected).hasMessageNotContaining("null");
        } catch (RuntimeException | Error other) {
            throw new AssertionError(which + ": " + HEX.formatHex(octets), other);
        }
    }

    @Test
    void aCountBeyondReasonIsDamageAndNotMemory() {
        byte[] octets = JournalProto.StageEvent.newBuilder()
                .setDecided(JournalProto.Decided.newBuilder().setRows(Integer.MAX_VALUE))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> EventCodec.decode(octets))
                .isInstanceOf(JournalDamage.class)
                .hasMessageContaining("'rows' is 2147483647");
    }

    @Test
    void anEventBeyondReasonIsNotWritten() {
        int rows = EventCodec.MOST_ROWS + 1;
        Decided event = new Decided(
                1, rows, new long[rows], new long[rows], new int[rows], 0, List.of(), Decided.Learned.NOTHING);
        assertThatThrownBy(() -> EventCodec.encode(event)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ruleFromALaterVersionIsNamed() {
        byte[] octets = JournalProto.StageEvent.newBuilder()
                .setDecided(JournalProto.Decided.newBuilder()
                        .addNewOutcomes(
                                JournalProto.Outcome.newBuilder().setRule(999).addEgress(1)))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> EventCodec.decode(octets))
                .isInstanceOf(JournalDamage.class)
                .hasMessageContaining("rule 999 is not known here");
    }

    @Test
    void eventOfAKindFromALaterVersionIsRefused() {
        assertThatThrownBy(() -> EventCodec.decode(HEX.parseHex("9a0600"))).isInstanceOf(JournalDamage.class);
    }

    @Test
    void regularColumnsCostNothing() {
        int rows = 4096;
        long[] time = new long[rows];
        long[] number = new long[rows];
        for (int row = 0; row < rows; row++) {
            time[row] = 1_700_000_000_000_000_000L + 672L * row;
            number[row] = 100_000L + row;
        }
        Decided event = new Decided(7, rows, time, number, new int[rows], 12, List.of(), Decided.Learned.NOTHING);
        assertThat(EventCodec.encode(event)).hasSizeLessThan(50);
    }

    @Test
    void denseTrafficCostsAFewOctetsADecision() {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 4096;
        long[] time = new long[rows];
        long[] number = new long[rows];
        int[] outcome = new int[rows];
        for (int row = 1; row < rows; row++) {
            time[row] = time[row - 1] + 60 + random.nextInt(8000);
            number[row] = number[row - 1] + 1 + random.nextInt(3);
            outcome[row] = random.nextInt(100);
        }
        Decided event = new Decided(7, rows, time, number, outcome, 12, List.of(), Decided.Learned.NOTHING);
        assertThat(EventCodec.encode(event).length / (double) rows).isLessThan(4.1);
    }

    // protoc --decode hairpin.journal.v1.StageEvent:
    //   decided {
    //     wave: 3  rows: 3
    //     first_time: 1000  time: 00 | 28 (20 zigzag) | e8 07 (500)
    //     first_number: 7  number: 00 | 02 02 (1 zigzag)
    //     outcome: 00 | 00 01 00
    //     new_outcomes { rule: 4  egress: 1 }
    //     new_outcomes { ingress: 1  rule: 6  dropped_port: -1  dropped_reason: 2 }
    //     learned { stations: 1  key: 00 | 82808080808001 (the address zigzag)  port: 00 | 04 -> 2  seen: 00 | 28 ->
    // first_time + 20 }
    //   }
    private static final String OCTETS_OF_VERSION_1 = "1243" + "0803" + "1003" + "18d00f" + "22040028e807" + "280e"
            + "3203000202" + "3a0400000100" + "4a05" + "1004" + "1a0102" + "4a0a" + "0802" + "1006" + "220101"
            + "2a0102"
            + "5214" + "0801" + "12080082808080808001" + "1a020004" + "22020028";

    @Test
    void theOctetsOfVersion1StayReadable() {
        Decided event = new Decided(
                3,
                3,
                new long[] {1000, 1020, 1520},
                new long[] {7, 8, 9},
                new int[] {0, 1, 0},
                0,
                List.of(
                        Outcome.forward(0, Rule.VEB_LOCAL_UNICAST, 1),
                        Outcome.drop(1, Rule.VEB_UNKNOWN_UNICAST, DropReason.RESERVED_GROUP)),
                new Decided.Learned(new long[] {0x0200_0000_0001L}, new int[] {2}, new long[] {1020}));
        assertThat(HEX.formatHex(EventCodec.encode(event))).isEqualTo(OCTETS_OF_VERSION_1);
        assertThat(EventCodec.decode(HEX.parseHex(OCTETS_OF_VERSION_1))).isEqualTo(event);

        StageOpened opened = new StageOpened("br", List.of("p0"));
        assertThat(HEX.formatHex(EventCodec.encode(opened))).isEqualTo("0a080a02627212027030");
        assertThat(EventCodec.decode(HEX.parseHex("0a080a02627212027030"))).isEqualTo(opened);
    }
}
