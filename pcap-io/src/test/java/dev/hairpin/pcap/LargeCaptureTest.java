package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeCaptureTest {
    private static final long ROOM = 64L << 20;
    private static final long BLOCK = 3L << 30;

    @TempDir
    private Path folder;

    @Test
    void readsFramesBeyondThreeGibibytes() throws IOException {
        // Sparse where the file system can; where it cannot, the room is needed.
        assumeTrue(Files.getFileStore(folder).getUsableSpace() > BLOCK + ROOM, "less than 3 GiB of disk left");
        Path file = folder.resolve("large.pcapng");
        byte[] sample = Samples.pcapng();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(sample));
            // A block of 3 GiB of an unknown type, nothing of which but its two ends takes disk.
            channel.write(words(0x0BAD, (int) BLOCK), sample.length);
            channel.write(words((int) BLOCK), sample.length + BLOCK - 4);
            channel.write(ByteBuffer.wrap(sample), sample.length + BLOCK);
        }
        try (Capture capture = Capture.open(file)) {
            assertThat(capture.slab().size()).isEqualTo(2L * sample.length + BLOCK);
            Frames read = Frames.of(capture);
            assertThat(read.damage()).isEmpty();
            assertThat(read.frames()).hasSize(10);
            for (int row = 0; row < 5; row++) {
                Frames.Frame before = read.frames().get(row);
                Frames.Frame behind = read.frames().get(row + 5);
                assertThat(behind.offset()).isEqualTo(before.offset() + sample.length + BLOCK);
                assertThat(behind.time()).isEqualTo(before.time());
                assertThat(capture.slab().i64(behind.offset()))
                        .isEqualTo(capture.slab().i64(before.offset()));
            }
            assertThat(read.skippedBlocks()).containsEntry("block type 0x00000bad", 1L);
        }
    }

    private static ByteBuffer words(int... words) {
        ByteBuffer octets = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            octets.putInt(word);
        }
        return octets.flip();
    }
}
