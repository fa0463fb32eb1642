package dev.hairpin.model.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TCP by chance: any tags, either IP, options of either, extension headers, and an MSS that divides the payload or does not. */
class SegmentsPropertyTest {
    private static final int FIN_AND_PSH = 0x09;

    /** A frame and where its parts begin. */
    private record Sent(byte[] octets, int ip, int tcp, int payload, boolean v6) {
        static Sent by(Dice dice) {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.writeBytes(dice.octets(12));
            for (int tags = dice.between(0, 3); tags > 0; tags--) {
                frame.writeBytes(new byte[] {(byte) dice.pick(0x81, 0x88), 0, 0, 10});
                byte[] last = frame.toByteArray();
                last[last.length - 3] = last[last.length - 4] == (byte) 0x88 ? (byte) 0xA8 : 0;
                frame.reset();
                frame.writeBytes(last);
            }
            boolean v6 = dice.percent(50);
            int payload = dice.between(1, dice.pick(40, 3_000, 60_000));
            int tcpHeader = 4 * dice.between(5, 15);
            byte[] extension = v6 && dice.percent(30) ? new byte[8 * dice.between(1, 3)] : new byte[0];
            int ip = frame.size() + 2;
            if (v6) {
                frame.writeBytes(new byte[] {(byte) 0x86, (byte) 0xDD});
                int follows = extension.length + tcpHeader + payload;
                frame.writeBytes(ByteBuffer.allocate(8)
                        .putInt(0x6000_0000)
                        .putShort((short) follows)
                        .put((byte) (extension.length > 0 ? dice.pick(0, 43, 60) : 6))
                        .put((byte) 64)
                        .array());
                frame.writeBytes(dice.octets(32));
                if (extension.length > 0) {
                    extension[0] = 6;
                    extension[1] = (byte) (extension.length / 8 - 1);
                    frame.writeBytes(extension);
                }
            } else {
                int header = 4 * dice.between(5, 15);
                frame.writeBytes(new byte[] {8, 0});
                frame.writeBytes(ByteBuffer.allocate(12)
                        .put((byte) (0x40 | header / 4))
                        .put((byte) 0)
                        .putShort((short) (header + tcpHeader + payload))
                        .put(dice.octets(2))
                        .putShort((short) 0x4000)
                        .put((byte) 64)
                        .put((byte) 6)
                        .put(dice.octets(2))
                        .array());
                frame.writeBytes(dice.octets(header - 12));
            }
            int tcp = frame.size();
            byte[] transport = dice.octets(tcpHeader);
            transport[12] = (byte) (4 * tcpHeader);
            transport[13] = (byte) (transport[13] & ~0x02);
            frame.writeBytes(transport);
            frame.writeBytes(dice.octets(payload));
            return new Sent(frame.toByteArray(), ip, tcp, tcp + tcpHeader, v6);
        }

        int tcp(int at) {
            return ByteBuffer.wrap(octets).getInt(tcp + at);
        }

        Burst burst() {
            BurstBuilder builder = new BurstBuilder(1);
            EthernetHeader.read(Slab.of(octets), 0, octets.length, octets.length, 0, 1, 0, builder);
            return builder.build();
        }
    }

    @Test
    void segmentsJoinedAreThePayloadAndNoneIsLongerThanTheMtu() {
        Property.forAll(500, dice -> {
            Sent frame = Sent.by(dice);
            int mtu = dice.pick(300, 576, 1_500, 9_000);
            Burst segments = cut(frame, new Offloads(true, true, false, false, false, mtu, 0));
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            for (int row = 0; row < segments.size(); row++) {
                byte[] octets = octets(segments, row);
                assertThat(octets).hasSize(segments.length(row)).hasSizeLessThanOrEqualTo(frame.ip + mtu);
                joined.write(octets, frame.payload, octets.length - frame.payload);
            }
            assertThat(joined.toByteArray())
                    .isEqualTo(Arrays.copyOfRange(frame.octets, frame.payload, frame.octets.length));
        });
    }

    @Test
    void everySegmentHasTheHeaderOfTheFrameButForWhatIsItsOwn() {
        Property.forAll(500, dice -> {
            Sent frame = Sent.by(dice);
            int mss = dice.pick(8, 9, 536, 1_460);
            Burst segments = cut(frame, new Offloads(true, true, false, false, false, 1_500, mss));
            if (!FrameNumber.isSegment(segments.number(0))) {
                assertThat(frame.octets.length - frame.payload).isLessThanOrEqualTo(mss);
                return;
            }
            for (int row = 0; row < segments.size(); row++) {
                byte[] octets = octets(segments, row);
                assertThat(ByteBuffer.wrap(octets).getInt(frame.tcp + 4)).isEqualTo(frame.tcp(4) + row * mss);
                int flags = frame.octets[frame.tcp + 13];
                flags = row < segments.size() - 1 ? flags & ~FIN_AND_PSH : flags;
                flags = row > 0 ? flags & 0x7F : flags;
                assertThat(octets[frame.tcp + 13]).isEqualTo((byte) flags);
                assertThat(told(octets, frame)).isEqualTo(octets.length - frame.ip);
                assertThat(blank(octets, frame)).isEqualTo(blank(frame.octets, frame));
            }
        });
    }

    @Test
    void theChecksumsOfEverySegmentAreRight() {
        Property.forAll(300, dice -> {
            Sent frame = Sent.by(dice);
            Burst segments = cut(frame, new Offloads(true, true, false, false, false, dice.pick(600, 1_500), 0));
            SentOctets sent = new SentOctets();
            for (int row = 0; row < segments.size(); row++) {
                byte[] octets = new byte[segments.captured(row)];
                Slab slab = sent.completed(segments, row);
                slab.copy(segments.offset(row), octets, 0, octets.length);
                assertThat(sum(transport(octets, frame))).as("of TCP").isEqualTo(0xFFFF);
                if (!frame.v6) {
                    int header = 4 * (octets[frame.ip] & 0xF);
                    assertThat(sum(Arrays.copyOfRange(octets, frame.ip, frame.ip + header)))
                            .as("of IPv4")
                            .isEqualTo(0xFFFF);
                }
                assertThat(new Checksums().status(Slab.of(octets), 0, octets.length, octets.length))
                        .isEqualTo(Checksums.Status.GOOD);
            }
        });
    }

    @Test
    void whateverIsReadAndInWhateverPiecesItIsTheSame() {
        Property.forAll(100, dice -> {
            Sent frame = Sent.by(dice);
            Burst segments = cut(frame, new Offloads(true, true, false, false, false, 1_500, 0));
            int row = dice.below(segments.size());
            byte[] octets = octets(segments, row);
            for (int reads = 0; reads < 50; reads++) {
                Slab slab = new SentOctets().of(segments, row);
                int at = dice.below(octets.length - 8);
                ByteBuffer expected = ByteBuffer.wrap(octets, at, 8);
                assertThat(slab.octet(at)).isEqualTo(octets[at] & 0xFF);
                assertThat(slab.u16(at)).isEqualTo(expected.getShort(at) & 0xFFFF);
                assertThat(slab.i32(at)).isEqualTo(expected.getInt(at));
                assertThat(slab.i64(at)).isEqualTo(expected.getLong(at));
            }
        });
    }

    /** Whatever lengths, offsets and protocols it tells. */
    @Test
    void ofAnyOctetsThereIsSomethingToSay() {
        Property.forAll(2_000, dice -> {
            byte[] octets = dice.percent(50) ? Sent.by(dice).octets : dice.octets(dice.between(0, 200));
            for (int changed = dice.between(0, 6); changed > 0 && octets.length > 0; changed--) {
                octets[dice.below(Math.min(octets.length, 120))] = (byte) dice.pick(0, 0xFF, dice.below(256));
            }
            int captured = dice.between(0, octets.length);
            BurstBuilder builder = new BurstBuilder(1);
            EthernetHeader.read(Slab.of(octets), 0, captured, octets.length, 0, 1, 0, builder);
            Burst burst = builder.build();
            new Checksums().status(Slab.of(octets), 0, captured, octets.length);
            SentOctets sent = new SentOctets();
            sent.completed(burst, 0).copy(0, new byte[captured], 0, captured);
            Offloads set = new Offloads(true, true, false, false, false, 1_500, dice.pick(0, 8, 100));
            Burst segments = new Segmenter(List.of(set), FrameNumber.MOST_MSS).cut(burst);
            for (int row = 0; row < segments.size(); row++) {
                assertThat(segments.captured(row)).isLessThanOrEqualTo(segments.length(row));
                sent.of(segments, row).copy(0, new byte[segments.captured(row)], 0, segments.captured(row));
            }
        });
    }

    private static Burst cut(Sent frame, Offloads set) {
        return new Segmenter(List.of(set), FrameNumber.MOST_MSS).cut(frame.burst());
    }

    private static byte[] octets(Burst burst, int row) {
        byte[] octets = new byte[burst.captured(row)];
        new SentOctets().of(burst, row).copy(burst.offset(row), octets, 0, octets.length);
        return octets;
    }

    /** The length that the packet tells, from its first octet. */
    private static int told(byte[] octets, Sent frame) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return frame.v6 ? 40 + (buffer.getShort(frame.ip + 4) & 0xFFFF) : buffer.getShort(frame.ip + 2) & 0xFFFF;
    }

    /** The headers without what is a segment's own: lengths, identification, checksums, sequence and flags. */
    private static byte[] blank(byte[] octets, Sent frame) {
        ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(octets, frame.payload));
        if (frame.v6) {
            header.putShort(frame.ip + 4, (short) 0);
        } else {
            header.putInt(frame.ip + 2, 0).putShort(frame.ip + 10, (short) 0);
        }
        return header.putInt(frame.tcp + 4, 0)
                .put(frame.tcp + 13, (byte) 0)
                .putShort(frame.tcp + 16, (short) 0)
                .array();
    }

    /** Pseudo-header, TCP and payload. */
    private static byte[] transport(byte[] octets, Sent frame) {
        ByteArrayOutputStream summed = new ByteArrayOutputStream();
        int from = frame.v6 ? frame.ip + 8 : frame.ip + 12;
        summed.write(octets, from, frame.v6 ? 32 : 8);
        summed.writeBytes(ByteBuffer.allocate(8)
                .putInt(octets.length - frame.tcp)
                .putInt(6)
                .array());
        summed.write(octets, frame.tcp, octets.length - frame.tcp);
        return summed.toByteArray();
    }

    /** Ones' complement by division: a number of 16-bit digits, less multiples of ffff, is the sum of its digits. */
    private static int sum(byte[] octets) {
        byte[] even = Arrays.copyOf(octets, octets.length + octets.length % 2);
        int rest = new BigInteger(1, even).mod(BigInteger.valueOf(0xFFFF)).intValueExact();
        return rest == 0 ? 0xFFFF : rest;
    }
}
