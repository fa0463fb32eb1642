package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.hairpin.pcap.Frames.Frame;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngReaderTest {
    private static final byte[] LITTLE_SECTION = Hex.octets("""
            0a0d0d0a 1c000000   # section header, 28 octets
            4d3c2b1a            # byte order: little-endian
            0100 0000           # version 1.0
            ffffffffffffffff    # length not given
            1c000000
            """);

    private static final byte[] LITTLE_ETHERNET = Hex.octets("""
            01000000 14000000   # interface description, 20 octets
            0100 0000           # link type 1
            00000000            # no snapshot length
            14000000
            """);

    private static final byte[] LITTLE_FRAME = Hex.octets("""
            06000000 24000000   # enhanced packet, 36 octets
            00000000            # interface 0
            56c00500 daeb9ad8   # time, high and low half: 0x5c056d89aebda us
            03000000 40000000   # 3 octets captured, 64 on the wire
            0a0b0c 00           # the frame, padded
            24000000
            """);

    private static final byte[] BIG_SECTION = Hex.octets("""
            0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c
            """);

    @TempDir
    private Path folder;

    @Test
    void readsAnEnhancedPacket() throws IOException {
        long micros = 0x0005c056L << 32 | 0xd89aebdaL;
        Frames read = read(LITTLE_SECTION, LITTLE_ETHERNET, LITTLE_FRAME);
        assertThat(read.frames()).containsExactly(new Frame(1, micros * 1_000, 76, 3, 64, 0, Direction.UNKNOWN, ""));
        assertThat(read.damage()).isEmpty();
        assertThat(read.interfaces())
                .containsExactly(new CaptureInterface(0, 0, "", "", 1, 0, TimeResolution.MICROSECONDS, 0));
    }

    @Test
    void readsTheOptionsOfAnInterfaceAndOfAFrame() throws IOException {
        Frames read = read(BIG_SECTION, Hex.octets("""
                        00000001 00000048   # interface description, 72 octets
                        0001 0000 00000100  # link type 1, snapshot length 256
                        0002 0004 65746830      # if_name eth0
                        0003 0006 75706c696e6b 0000     # if_description uplink
                        0009 0001 09 000000     # if_tsresol 9: nanoseconds
                        000e 0008 0000000000000002      # if_tsoffset 2 s
                        000d 0001 04 000000     # if_fcslen 4
                        0000 0000
                        00000048
                        00000006 00000048   # enhanced packet, 72 octets
                        00000000 00000000 0000007b      # interface 0, 123 ns
                        00000006 00000008   # 6 octets captured, 8 on the wire with FCS
                        010203040506 0000
                        0001 0005 68656c6c6f 000000     # opt_comment hello
                        0002 0004 00000002      # epb_flags: outbound
                        0001 0003 c3a421 00     # a second opt_comment
                        0000 0000
                        00000048
                        """));
        assertThat(read.damage()).isEmpty();
        assertThat(read.interfaces())
                .containsExactly(
                        new CaptureInterface(0, 0, "eth0", "uplink", 1, 256, new TimeResolution(false, 9, 2), 4));
        assertThat(read.frames())
                .containsExactly(new Frame(1, 2_000_000_123L, 128, 4, 4, 0, Direction.OUTBOUND, "hello\n\u00e4!"));
    }

    @Test
    void theFlagsOfAFrameTellOfItsFrameCheckSequenceFirst() throws IOException {
        Frames read = read(BIG_SECTION, Hex.octets("""
                        00000001 00000014 0001 0000 00000000 00000014
                        00000006 0000002c 00000000 00000000 00000000 00000004 00000008 01020304
                        0002 0004 00000041      # epb_flags: inbound, 2 octets of FCS
                        0000002c
                        """));
        assertThat(read.frames()).containsExactly(new Frame(1, 0, 76, 4, 6, 0, Direction.INBOUND, ""));
    }

    @Test
    void sectionsHaveTheirOwnByteOrderAndInterfaces() throws IOException {
        Frames read = read(
                LITTLE_SECTION,
                LITTLE_ETHERNET,
                LITTLE_FRAME,
                BIG_SECTION,
                Hex.octets("""
                        00000001 00000014 0001 0000 00000000 00000014
                        00000001 00000014 0001 0000 00000000 00000014
                        00000006 00000020 00000001 00000000 00000001 00000000 00000000 00000020
                        """),
                LITTLE_SECTION,
                LITTLE_ETHERNET,
                LITTLE_FRAME);
        assertThat(read.damage()).isEmpty();
        assertThat(read.frames()).extracting(Frame::interfaceIndex).containsExactly(0, 2, 3);
        assertThat(read.frames().get(1).time()).isEqualTo(1_000);
        assertThat(read.interfaces()).extracting(CaptureInterface::section).containsExactly(0, 1, 1, 2);
    }

    @Test
    void aSimplePacketHasNoTimeAndIsCutByTheSnapshotLength() throws IOException {
        byte[] cutting = LITTLE_ETHERNET.clone();
        cutting[12] = 5;
        byte[] file = Hex.join(LITTLE_SECTION, cutting, LITTLE_FRAME, Hex.octets("""
                        03000000 18000000   # simple packet, 24 octets
                        09000000            # 9 octets on the wire
                        0102030405 000000
                        18000000
                        """));
        try (Capture capture = Capture.open(Frames.write(folder, "simple.pcapng", file))) {
            CaptureReader reader = capture.frames();
            assertThat(reader.next()).isTrue();
            assertThat(reader.isTimed()).isTrue();
            long before = reader.time();
            assertThat(reader.next()).isTrue();
            assertThat(reader.isTimed()).isFalse();
            assertThat(reader.time()).isEqualTo(before);
            assertThat(reader.captured()).isEqualTo(5);
            assertThat(reader.length()).isEqualTo(9);
        }
    }

    @Test
    void readsTheObsoletePacketBlock() throws IOException {
        Frames read = read(LITTLE_SECTION, LITTLE_ETHERNET, LITTLE_ETHERNET, Hex.octets("""
                        02000000 24000000
                        0100 0700           # interface 1, 7 lost
                        00000000 05000000 02000000 02000000 0102 0000
                        24000000
                        """));
        assertThat(read.frames()).containsExactly(new Frame(1, 5_000, 96, 2, 2, 1, Direction.UNKNOWN, ""));
    }

    @Test
    void framesOfOtherLinkTypesCountInTheNumbersAndAsSkipped() throws IOException {
        byte[] cooked = LITTLE_ETHERNET.clone();
        cooked[8] = 113;
        byte[] onSecond = LITTLE_FRAME.clone();
        onSecond[8] = 1;
        Frames read = read(LITTLE_SECTION, cooked, LITTLE_ETHERNET, LITTLE_FRAME, onSecond, LITTLE_FRAME, onSecond);
        assertThat(read.frames()).extracting(Frame::number).containsExactly(2L, 4L);
        assertThat(read.skippedLinkTypes()).containsExactly(entry("link type 113 LINUX_SLL", 2L));
        assertThat(read.damage()).isEmpty();
    }

    @Test
    void blocksThatAreNotUnderstoodAreCountedByType() throws IOException {
        byte[] custom = Hex.octets("ad0b0000 10000000 00007ed9 10000000");
        byte[] statistics = Hex.octets("05000000 18000000 00000000 0000000000000000 18000000");
        Frames read = read(LITTLE_SECTION, custom, LITTLE_ETHERNET, statistics, LITTLE_FRAME, custom);
        assertThat(read.frames()).hasSize(1);
        assertThat(read.skippedBlocks()).containsExactly(entry("block type 0x00000bad", 2L));
    }

    @Test
    void aTrailerThatDoesNotMatchIsDamage() throws IOException {
        byte[] broken = LITTLE_FRAME.clone();
        broken[32] = 0x28;
        Frames read = read(LITTLE_SECTION, LITTLE_ETHERNET, LITTLE_FRAME, broken);
        assertThat(read.frames()).hasSize(1);
        assertThat(read.damage())
                .contains(new Damage("input", 116, "block length 40 behind the block", "36 as before it"));
    }

    @Test
    void aBlockLengthThatIsTooSmallIsDamage() throws IOException {
        byte[] broken = LITTLE_FRAME.clone();
        broken[4] = 8;
        Frames read = read(LITTLE_SECTION, LITTLE_ETHERNET, broken);
        assertThat(read.damage()).contains(new Damage("input", 52, "a block length of 8", "at least 12"));
    }

    @Test
    void aFrameThatDoesNotFitIntoItsBlockIsDamage() throws IOException {
        byte[] broken = LITTLE_FRAME.clone();
        broken[20] = 5;
        Frames read = read(LITTLE_SECTION, LITTLE_ETHERNET, broken);
        assertThat(read.damage()).contains(new Damage("input", 68, "a frame of 5 octets", "at most 4"));
    }

    @Test
    void aFrameOfAnUndescribedInterfaceIsDamage() throws IOException {
        byte[] stray = LITTLE_FRAME.clone();
        stray[8] = 1;
        Frames read = read(LITTLE_SECTION, LITTLE_ETHERNET, LITTLE_FRAME, stray);
        assertThat(read.frames()).hasSize(1);
        assertThat(read.damage())
                .contains(new Damage("input", 92, "a frame of interface 1", "one of the 1 described in its section"));
    }

    @Test
    void aSecondSectionOfAnUnknownVersionIsDamage() throws IOException {
        byte[] newer = LITTLE_SECTION.clone();
        newer[12] = 9;
        Frames read = read(LITTLE_SECTION, LITTLE_ETHERNET, LITTLE_FRAME, newer);
        assertThat(read.frames()).hasSize(1);
        assertThat(read.damage())
                .contains(new Damage("input", 96, "pcapng version 9", "a section header of pcapng version 1"));
    }

    @Test
    void aReaderGoesOnFromAMarkInAnotherSection() throws IOException {
        byte[] file = Hex.join(LITTLE_SECTION, LITTLE_ETHERNET, LITTLE_FRAME, BIG_SECTION, Hex.octets("""
                        00000001 00000014 0001 0000 00000000 00000014
                        00000006 00000020 00000000 00000000 00000001 00000000 00000000 00000020
                        00000006 00000020 00000000 00000000 00000002 00000000 00000000 00000020
                        """));
        try (Capture capture = Capture.open(Frames.write(folder, "marked.pcapng", file))) {
            CaptureReader reader = capture.frames();
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isTrue();
            Mark mark = reader.mark();
            CaptureReader other = capture.frames();
            other.position(mark);
            assertThat(other.next()).isTrue();
            assertThat(other.number()).isEqualTo(3);
            assertThat(other.time()).isEqualTo(2_000);
            assertThat(other.interfaceIndex()).isEqualTo(1);
            assertThat(other.interfaces()).hasSize(2);
            assertThat(other.next()).isFalse();
            assertThat(other.damage()).isEmpty();
        }
    }

    private Frames read(byte[]... parts) throws IOException {
        return Frames.of(Hex.join(parts), folder);
    }
}
