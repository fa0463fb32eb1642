package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.frame.Slab;
import dev.hairpin.pcap.Frames.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
    @TempDir
    private Path folder;

    @Test
    void writesPcapngOctetByOctetAsTheFormatHasIt() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapngWriter writer = PcapngWriter.to(file, "ab")) {
            assertThat(writer.addInterface("vf3", "", 0)).isZero();
            writer.write(0, 0x1_0000_0002L, Slab.of(new byte[] {9, 1, 2}), 1, 2, 60, Direction.INBOUND, "why");
        }
        assertThat(file.toByteArray()).isEqualTo(Hex.octets("""
                                0a0d0d0a 28000000 4d3c2b1a 0100 0000 ffffffffffffffff
                                0400 0200 6162 0000     # shb_userappl ab
                                00000000 28000000
                                01000000 28000000 0100 0000 00000000
                                0200 0300 766633 00     # if_name vf3
                                0900 0100 09 000000     # if_tsresol 9
                                00000000 28000000
                                06000000 38000000
                                00000000 01000000 02000000  # interface 0, 2^32 + 2 ns
                                02000000 3c000000 0102 0000
                                0100 0300 776879 00     # opt_comment why
                                0200 0400 01000000      # epb_flags: inbound
                                00000000 38000000
                                """));
    }

    @Test
    void writesPcapOctetByOctetAsTheFormatHasIt() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = PcapWriter.to(file)) {
            writer.write(2_000_000_003L, Slab.of(new byte[] {1, 2}), 0, 2, 60);
        }
        assertThat(file.toByteArray()).isEqualTo(Hex.octets("""
                                4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000
                                02000000 03000000 02000000 3c000000 0102
                                """));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Random random = new Random(7);
        byte[] octets = new byte[1 << 20];
        random.nextBytes(octets);
        Slab slab = Slab.of(octets);
        Path pcapng = folder.resolve("round.pcapng");
        Path pcap = folder.resolve("round.pcap");
        Frame[] expected = new Frame[400];
        try (PcapngWriter ng = PcapngWriter.create(pcapng, "test");
                PcapWriter classic = PcapWriter.create(pcap)) {
            ng.addInterface("vf0", "first", 65_535);
            ng.addInterface("\u00fc", "", 0);
            for (int row = 0; row < expected.length; row++) {
                int captured = row == 0 ? 700_000 : random.nextInt(2_000);
                int length = captured + random.nextInt(3);
                int from = random.nextInt(octets.length - captured);
                long time = random.nextLong() >>> 2;
                Direction direction = Direction.values()[random.nextInt(3)];
                String comment = random.nextBoolean() ? "" : "\u20ac".repeat(random.nextInt(9));
                expected[row] = new Frame(row + 1L, time, from, captured, length, row % 2, direction, comment);
                ng.write(row % 2, time, slab, from, captured, length, direction, comment);
                classic.write(time, slab, from, captured, length);
            }
        }
        try (Capture capture = Capture.open(pcapng);
                Capture other = Capture.open(pcap)) {
            CaptureReader reader = capture.frames();
            CaptureReader second = other.frames();
            for (Frame frame : expected) {
                assertThat(reader.next() && second.next()).isTrue();
                assertThat(new Frame(
                                reader.number(),
                                reader.time(),
                                frame.offset(),
                                reader.captured(),
                                reader.length(),
                                reader.interfaceIndex(),
                                reader.direction(),
                                reader.comment()))
                        .isEqualTo(frame);
                assertThat(second.time()).isEqualTo(Math.min(frame.time(), 4_294_967_295_999_999_999L));
                assertThat(content(capture, reader))
                        .isEqualTo(content(other, second))
                        .isEqualTo(Arrays.copyOfRange(
                                octets, (int) frame.offset(), (int) frame.offset() + frame.captured()));
            }
            assertThat(reader.next() || second.next()).isFalse();
            assertThat(reader.damage()).isEmpty();
            assertThat(reader.interfaces())
                    .containsExactly(
                            new CaptureInterface(0, 0, "vf0", "first", 1, 65_535, TimeResolution.NANOSECONDS, 0),
                            new CaptureInterface(1, 0, "\u00fc", "", 1, 0, TimeResolution.NANOSECONDS, 0));
        }
    }

    @Test
    void aTimeBeforeTheEpochBecomesTheEpoch() throws IOException {
        Path file = folder.resolve("early.pcapng");
        try (PcapngWriter writer = PcapngWriter.create(file, "")) {
            writer.addInterface("", "", 0);
            writer.write(0, -5, Slab.of(new byte[1]), 0, 1, 1, Direction.UNKNOWN, "");
        }
        assertThat(Frames.of(file).frames()).extracting(Frame::time).containsExactly(0L);
    }

    @Test
    void aCommentThatIsTooLongIsCutBetweenTwoCharacters() throws IOException {
        Path file = folder.resolve("long.pcapng");
        try (PcapngWriter writer = PcapngWriter.create(file, "")) {
            writer.addInterface("", "", 0);
            for (String start : new String[] {"", "x", "xy"}) {
                writer.write(
                        0, 0, Slab.of(new byte[1]), 0, 1, 1, Direction.UNKNOWN, start + "\ud83d\ude00".repeat(20_000));
            }
        }
        Frames read = Frames.of(file);
        assertThat(read.damage()).isEmpty();
        assertThat(read.frames()).hasSize(3).allSatisfy(frame -> {
            assertThat(frame.comment()).doesNotContain("\ufffd");
            assertThat(frame.comment().getBytes(StandardCharsets.UTF_8).length)
                    .isBetween(PcapngWriter.LONGEST_COMMENT - 3, PcapngWriter.LONGEST_COMMENT);
        });
    }

    @Test
    void aFileTakesItsNameOnlyWhenItIsComplete() throws IOException {
        Path file = Frames.write(folder, "out.pcapng", new byte[] {1});
        try (PcapngWriter writer = PcapngWriter.create(file, "")) {
            writer.addInterface("a", "", 0);
            writer.flush();
            assertThat(file).hasBinaryContent(new byte[] {1});
        }
        assertThat(Frames.of(file).interfaces()).hasSize(1);
        assertThat(folder.resolve("out.pcapng.part")).doesNotExist();
    }

    @Test
    void whatIsDiscardedLeavesNothing() throws IOException {
        Path file = Frames.write(folder, "kept.pcap", new byte[] {1});
        try (PcapWriter writer = PcapWriter.create(file)) {
            writer.discard();
        }
        assertThat(file).hasBinaryContent(new byte[] {1});
        assertThat(folder.resolve("kept.pcap.part")).doesNotExist();
    }

    @Test
    void aFullDiskIsToldAndNotHidden() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> {
                    try (PcapWriter writer = PcapWriter.to(full)) {
                        writer.write(0, Slab.of(new byte[9]), 0, 9, 9);
                    }
                })
                .hasMessage("No space left on device");
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        assertThatThrownBy(() -> PcapngWriter.create(folder.resolve("none/out.pcapng"), ""))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
    }

    @Test
    void anInterfaceMustBeDescribedBeforeItsFrames() throws IOException {
        try (PcapngWriter writer = PcapngWriter.to(new ByteArrayOutputStream(), "")) {
            assertThatThrownBy(() -> writer.write(0, 0, Slab.of(new byte[1]), 0, 1, 1, Direction.UNKNOWN, ""))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    private static byte[] content(Capture capture, CaptureReader reader) {
        byte[] content = new byte[reader.captured()];
        capture.slab().copy(reader.offset(), content, 0, content.length);
        return content;
    }
}
