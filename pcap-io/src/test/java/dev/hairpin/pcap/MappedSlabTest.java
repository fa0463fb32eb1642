package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.frame.Slab;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedSlabTest {
    private static final int STRIDE_BITS = 4;
    private static final int OVERLAP = 8;

    @TempDir
    private Path folder;

    @Test
    void everyReadGivesWhatIsInTheFileWhereverTheChunksMeet() throws IOException {
        for (int size = 1; size <= 67; size++) {
            byte[] octets = new byte[size];
            new Random(size).nextBytes(octets);
            Slab expected = Slab.of(octets);
            MappedSlab slab = map(octets);
            assertThat(slab.size()).isEqualTo(size);
            for (int at = 0; at < size; at++) {
                assertThat(slab.octet(at)).isEqualTo(expected.octet(at));
                if (at + 2 <= size) {
                    assertThat(slab.u16(at)).isEqualTo(expected.u16(at));
                }
                if (at + 4 <= size) {
                    assertThat(slab.i32(at)).isEqualTo(expected.i32(at));
                }
                if (at + 8 <= size) {
                    assertThat(slab.i64(at)).isEqualTo(expected.i64(at));
                }
            }
        }
    }

    @Test
    void aCopyMayReachOverAnyNumberOfChunks() throws IOException {
        byte[] octets = new byte[100];
        new Random(1).nextBytes(octets);
        MappedSlab slab = map(octets);
        for (int from = 0; from <= octets.length; from++) {
            byte[] copy = new byte[octets.length + 1];
            slab.copy(from, copy, 1, octets.length - from);
            assertThat(copy).endsWith(new byte[from]);
            for (int at = from; at < octets.length; at++) {
                assertThat(copy[1 + at - from]).isEqualTo(octets[at]);
            }
        }
    }

    @Test
    void readingOutsideIsAMistakeThatThrows() throws IOException {
        for (int size : new int[] {15, 16, 17, 32, 40}) {
            MappedSlab slab = map(new byte[size]);
            for (long offset : new long[] {-1, size, size + 1L, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1L << 62}) {
                assertThatThrownBy(() -> slab.octet(offset)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> slab.i64(offset)).isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThatThrownBy(() -> slab.u16(size - 1L)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> slab.i32(size - 3L)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> slab.i64(size - 7L)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> slab.copy(size - 3L, new byte[8], 0, 4))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> slab.copy(0, new byte[2], 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void theSlabOutlivesItsFile() throws IOException {
        Path file = Frames.write(folder, "gone", new byte[] {1, 2, 3});
        MappedSlab slab;
        try (FileChannel channel = FileChannel.open(file)) {
            slab = MappedSlab.map(channel);
        }
        Files.delete(file);
        assertThat(slab.u16(1)).isEqualTo(0x0203);
    }

    private MappedSlab map(byte[] octets) throws IOException {
        try (FileChannel channel = FileChannel.open(Frames.write(folder, "slab", octets))) {
            return MappedSlab.map(channel, STRIDE_BITS, OVERLAP);
        }
    }
}
