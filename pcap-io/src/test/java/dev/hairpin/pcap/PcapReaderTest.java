package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hairpin.pcap.Frames.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapReaderTest {
    private static final byte[] LITTLE_HEADER = Hex.octets("""
            d4c3b2a1    # magic: microseconds, little-endian
            0200 0400   # version 2.4
            00000000    # time zone
            00000000    # accuracy
            00000400    # snapshot length 262144
            01000000    # link type 1
            """);

    private static final byte[] LITTLE_RECORD = Hex.octets("""
            41f8a259    # 1503852609 s
            9af20800    # 586394 us
            03000000    # 3 octets captured
            3c000000    # 60 octets on the wire
            0a0b0c
            """);

    @TempDir
    private Path folder;

    @Test
    void readsMicrosecondsInLittleEndianOrder() throws IOException {
        Frames read = read(LITTLE_HEADER, LITTLE_RECORD, LITTLE_RECORD);
        assertThat(read.frames())
                .containsExactly(
                        new Frame(1, 1_503_852_609_586_394_000L, 40, 3, 60, 0, Direction.UNKNOWN, ""),
                        new Frame(2, 1_503_852_609_586_394_000L, 59, 3, 60, 0, Direction.UNKNOWN, ""));
        assertThat(read.damage()).isEmpty();
        assertThat(read.interfaces())
                .containsExactly(new CaptureInterface(0, 0, "", "", 1, 262_144, TimeResolution.MICROSECONDS, 0));
    }

    @Test
    void readsNanosecondsInBigEndianOrder() throws IOException {
        Frames read = read(Hex.octets("""
                        a1b23c4d    # magic: nanoseconds, big-endian
                        0002 0004 00000000 00000000 0000ffff
                        00000001    # link type 1
                        ffffffff    # 4294967295 s: the year 2106
                        3b9ac9ff    # 999999999 ns
                        00000002 00000002 aabb
                        """));
        assertThat(read.frames())
                .containsExactly(new Frame(1, 4_294_967_295_999_999_999L, 40, 2, 2, 0, Direction.UNKNOWN, ""));
    }

    @Test
    void takesTheFrameCheckSequenceOffWhereTheHeaderTellsOfOne() throws IOException {
        Frames read = read(Hex.octets("""
                        a1b2c3d4 0002 0004 00000000 00000000 0000ffff
                        24000001    # FCS of 2 times 16 bits, present; link type 1
                        00000001 00000000 00000006 00000006 010203040506
                        00000002 00000000 00000003 00000008 010203
                        00000003 00000000 00000006 00000008 010203040506
                        00000004 00000000 00000002 00000002 0102
                        """));
        assertThat(read.frames()).extracting(Frame::length).containsExactly(2, 4, 4, 0);
        assertThat(read.frames()).extracting(Frame::captured).containsExactly(2, 3, 4, 0);
    }

    @Test
    void aFrameLongerInTheFileThanOnTheWireIsTakenAsItIsInTheFile() throws IOException {
        byte[] record = LITTLE_RECORD.clone();
        record[12] = 1;
        assertThat(read(LITTLE_HEADER, record).frames())
                .extracting(Frame::captured, Frame::length)
                .containsExactly(tuple(3, 3));
    }

    @Test
    void aFrameLongerThanTheSnapshotLengthIsTaken() throws IOException {
        byte[] header = LITTLE_HEADER.clone();
        header[16] = 1;
        header[18] = 0;
        assertThat(read(header, LITTLE_RECORD).frames()).hasSize(1);
    }

    @Test
    void aCutRecordIsDamageBehindTheFramesBeforeIt() throws IOException {
        byte[] cut = Arrays.copyOf(LITTLE_RECORD, LITTLE_RECORD.length - 1);
        Frames read = read(LITTLE_HEADER, LITTLE_RECORD, cut);
        assertThat(read.frames()).hasSize(1);
        assertThat(read.damage()).contains(new Damage("input", 59, "2 octets", "a frame of 3"));
        assertThat(read.damage().orElseThrow())
                .hasToString("input: at octet 59: found 2 octets, expected a frame of 3");
    }

    @Test
    void aCutRecordHeaderIsDamage() throws IOException {
        Frames read = read(LITTLE_HEADER, LITTLE_RECORD, new byte[15]);
        assertThat(read.damage()).contains(new Damage("input", 43, "15 octets", "a record header of 16"));
    }

    @Test
    void anAbsurdLengthIsDamage() throws IOException {
        byte[] absurd = LITTLE_RECORD.clone();
        absurd[11] = (byte) 0xFF;
        Frames read = read(LITTLE_HEADER, LITTLE_RECORD, absurd);
        assertThat(read.frames()).hasSize(1);
        assertThat(read.damage()).contains(new Damage("input", 51, "a frame of 4278190083 octets", "at most 16777216"));
    }

    @Test
    void aWireLengthBeyondAnIntIsSaturated() throws IOException {
        byte[] record = LITTLE_RECORD.clone();
        record[15] = (byte) 0xFF;
        assertThat(read(LITTLE_HEADER, record).frames())
                .extracting(Frame::length)
                .containsExactly(Integer.MAX_VALUE);
    }

    @Test
    void aReaderGoesOnFromAMark() throws IOException {
        try (Capture capture = Capture.open(
                Frames.write(folder, "marked.pcap", Hex.join(LITTLE_HEADER, LITTLE_RECORD, LITTLE_RECORD)))) {
            CaptureReader reader = capture.frames();
            Mark beginning = reader.mark();
            assertThat(reader.next()).isTrue();
            Mark behindFirst = reader.mark();
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isFalse();
            reader.position(behindFirst);
            assertThat(reader.next()).isTrue();
            assertThat(reader.number()).isEqualTo(2);
            CaptureReader other = capture.frames();
            other.position(behindFirst);
            assertThat(other.next()).isTrue();
            assertThat(other.offset()).isEqualTo(59);
            other.position(beginning);
            assertThat(other.next()).isTrue();
            assertThat(other.number()).isEqualTo(1);
        }
    }

    private Frames read(byte[]... parts) throws IOException {
        return Frames.of(Hex.join(parts), folder);
    }
}
