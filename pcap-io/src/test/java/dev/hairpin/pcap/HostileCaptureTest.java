package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileCaptureTest {
    private static final long SEED = Long.getLong("seed", 802);

    @TempDir
    private Path folder;

    @Test
    void aPcapFileCutAnywhereGivesTheFramesBeforeTheCutAndSaysWhere() throws IOException {
        everyCut(Samples.pcap(), 24, pcapRecords(Samples.pcap()));
    }

    @Test
    void aPcapngFileCutAnywhereGivesTheFramesBeforeTheCutAndSaysWhere() throws IOException {
        everyCut(Samples.pcapng(), 28, pcapngBlocks(Samples.pcapng()));
    }

    @Test
    void noBitFlippedInAPcapFileLeadsToAnException() throws IOException {
        everyBit(Samples.pcap());
    }

    @Test
    void noBitFlippedInAPcapngFileLeadsToAnException() throws IOException {
        everyBit(Samples.pcapng());
    }

    @Test
    void noOctetsLeadToAnException() throws IOException {
        Random random = new Random(SEED);
        byte[][] beginnings = {
            {}, Arrays.copyOf(Samples.pcap(), 24), Arrays.copyOf(Samples.pcapng(), 28), Samples.pcapng()
        };
        for (int round = 0; round < 2_000; round++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            survive(Hex.join(beginnings[round % beginnings.length], garbage), "seed " + SEED + ", round " + round);
        }
    }

    @Test
    void noHandfulOfChangedOctetsLeadsToAnException() throws IOException {
        Random random = new Random(SEED);
        int[] wild = {0, 1, 3, 4, 6, 0x7F, 0x80, 0xFF};
        for (int round = 0; round < 4_000; round++) {
            byte[] file = round % 2 == 0 ? Samples.pcap() : Samples.pcapng();
            for (int change = random.nextInt(6); change >= 0; change--) {
                file[random.nextInt(file.length)] = (byte) wild[random.nextInt(wild.length)];
            }
            survive(file, "seed " + SEED + ", round " + round);
        }
    }

    @Test
    void aFileOfNothingButInterfacesIsNotBelieved() throws IOException {
        byte[] described = Hex.octets("01000000 14000000 0100 0000 00000000 14000000");
        byte[] file = Arrays.copyOf(Arrays.copyOf(Samples.pcapng(), 28), 28 + 70_000 * described.length);
        System.arraycopy(Hex.octets("0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"), 0, file, 0, 28);
        for (int at = 28; at < file.length; at += described.length) {
            System.arraycopy(described, 0, file, at, described.length);
        }
        Frames read = Frames.of(file, folder);
        assertThat(read.interfaces()).hasSize(65_536);
        assertThat(read.damage().orElseThrow().expected()).isEqualTo("at most 65536");
    }

    /** @param header no shorter file is opened */
    private void everyCut(byte[] file, int header, NavigableSet<Long> boundaries) throws IOException {
        Frames whole = Frames.of(file, folder);
        assertThat(whole.frames()).hasSize(5);
        assertThat(whole.damage()).isEmpty();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            if (length < header) {
                assertThat(refused(cut).orElseThrow().offset()).isEqualTo(length);
                continue;
            }
            long intact = Optional.ofNullable(boundaries.floor((long) length)).orElse(0L);
            Frames read = Frames.of(cut, folder);
            assertThat(read.frames())
                    .as("cut to %d", length)
                    .isEqualTo(whole.frames().stream()
                            .filter(frame -> frame.offset() < intact)
                            .toList());
            assertThat(read.damage().isPresent()).as("cut to %d", length).isEqualTo(intact != length);
            read.damage().ifPresent(damage -> assertThat(damage.offset()).isBetween(intact, (long) cut.length));
        }
    }

    private static NavigableSet<Long> pcapRecords(byte[] file) {
        ByteBuffer octets = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        NavigableSet<Long> boundaries = new TreeSet<>();
        for (int at = 24; at < file.length; at += 16 + octets.getInt(at + 8)) {
            boundaries.add((long) at);
        }
        return boundaries;
    }

    private static NavigableSet<Long> pcapngBlocks(byte[] file) {
        ByteBuffer octets = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        NavigableSet<Long> boundaries = new TreeSet<>();
        for (int at = 0; at < file.length; at += octets.getInt(at + 4)) {
            boundaries.add((long) at);
        }
        return boundaries;
    }

    private void everyBit(byte[] file) throws IOException {
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            survive(flipped, "bit " + bit);
        }
    }

    private void survive(byte[] file, String what) throws IOException {
        try {
            Frames.of(file, folder);
        } catch (CaptureRefused refused) {
            assertThat(refused).hasMessageContaining("expected");
        } catch (RuntimeException | Error unexpected) {
            throw new AssertionError(what, unexpected);
        }
    }

    private Optional<Damage> refused(byte[] file) throws IOException {
        try (Capture capture = Capture.read(new ByteArrayInputStream(file), "input", folder)) {
            assertThat(capture.container()).isNull();
            return Optional.empty();
        } catch (CaptureRefused refused) {
            return Optional.of(refused.damage());
        }
    }
}
