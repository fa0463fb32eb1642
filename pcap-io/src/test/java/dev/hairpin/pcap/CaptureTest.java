package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.hairpin.model.frame.Slab;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path spool;

    @Test
    void aPlainFileIsMappedAsItIs() throws IOException {
        byte[] file = Samples.pcap();
        Path path = Frames.write(folder, "plain", file);
        try (Capture capture = Capture.open(path, spool)) {
            assertThat(capture.container()).isEqualTo("pcap nanosecond little-endian");
            assertThat(capture.slab().size()).isEqualTo(file.length);
            assertThat(Frames.of(capture).frames()).hasSize(5);
            assertThat(capture.sha256()).isEqualTo(sha256(file)).isEqualTo(capture.sha256());
            assertThat(spool).isEmptyDirectory();
        }
        assertThat(path).exists();
    }

    @Test
    void compressedFilesAreKnownByTheirOctetsNotTheirName() throws IOException {
        byte[] file = Samples.pcapng();
        Frames plain = Frames.of(Frames.write(folder, "plain", file));
        byte[] gz = gzip(file);
        try (Capture capture = Capture.open(Frames.write(folder, "a.pcap", gz), spool)) {
            assertThat(capture.container()).isEqualTo("pcapng little-endian in gz");
            assertThat(capture.sha256()).isEqualTo(sha256(gz));
            assertThat(Frames.of(capture)).isEqualTo(plain).isEqualTo(Frames.of(capture));
        }
        byte[] zst = Zstd.compress(file);
        try (Capture capture = Capture.open(Frames.write(folder, "b.gz", zst), spool)) {
            assertThat(capture.container()).isEqualTo("pcapng little-endian in zstd");
            assertThat(capture.sha256()).isEqualTo(sha256(zst));
            assertThat(Frames.of(capture)).isEqualTo(plain);
        }
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void aStreamThatComesInDribsIsReadToItsEnd() throws IOException {
        byte[] file = Samples.pcapng();
        Frames plain = Frames.of(Frames.write(folder, "plain", file));
        for (byte[] input : new byte[][] {file, gzip(file), Zstd.compress(file)}) {
            try (Capture capture = Capture.read(new Dribble(input), "standard input", spool)) {
                assertThat(Frames.of(capture)).isEqualTo(plain);
                assertThat(capture.sha256()).isEqualTo(sha256(input));
            }
        }
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void aFileOfSeveralMembersIsOneCapture() throws IOException {
        byte[] file = Samples.pcap();
        byte[] first = Arrays.copyOf(file, 50);
        byte[] second = Arrays.copyOfRange(file, 50, file.length);
        byte[] gz = Hex.join(gzip(first), gzip(new byte[0]), gzip(second), new byte[100]);
        assertThat(Frames.of(gz, spool).frames()).hasSize(5);
        assertThat(Frames.of(gz, spool).damage()).isEmpty();
        byte[] zst = Hex.join(Zstd.compress(first), Zstd.compress(second));
        assertThat(Frames.of(zst, spool).frames()).hasSize(5);
    }

    @Test
    void standardInputIsCalledADash() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Samples.pcap()));
        try (Capture capture = Capture.open(Path.of("-"), spool)) {
            assertThat(Frames.of(capture).frames()).hasSize(5);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aGzipFileCutAnywhereGivesTheFramesThatCameOut() throws IOException {
        byte[] gz = gzip(Samples.pcap());
        for (int length = 2; length < gz.length; length++) {
            byte[] cut = Arrays.copyOf(gz, length);
            Damage damage;
            try {
                damage = Frames.of(cut, spool).damage().orElseThrow();
            } catch (CaptureRefused refused) {
                damage = refused.damage();
            }
            assertThat(damage)
                    .isEqualTo(new Damage(
                            "input", length, "the end of the file within a gzip member", "an intact gzip stream"));
        }
    }

    @Test
    void aDamagedGzipFileNamesThePlace() throws IOException {
        byte[] gz = gzip(Samples.pcap());
        byte[] wrongSum = gz.clone();
        wrongSum[gz.length - 8] ^= 1;
        Frames read = Frames.of(wrongSum, spool);
        assertThat(read.frames()).hasSize(5);
        assertThat(read.damage().orElseThrow().found()).contains("another checksum");
        Frames trailed = Frames.of(Hex.join(gz, new byte[] {7, 7}), spool);
        assertThat(trailed.frames()).hasSize(5);
        assertThat(trailed.damage().orElseThrow().found()).isEqualTo("octets that are no gzip member");
    }

    @Test
    void aDamagedZstdFileIsDamageBehindTheFramesThatCameOut() throws IOException {
        byte[] zst = Zstd.compress(Samples.pcap());
        byte[] trailed = Hex.join(zst, new byte[] {7, 7, 7, 7, 7});
        Frames read = Frames.of(trailed, spool);
        assertThat(read.frames()).hasSize(5);
        assertThat(read.damage().orElseThrow().file()).isEqualTo("input");
        assertThatThrownBy(() -> Frames.of(Arrays.copyOf(zst, 10), spool))
                .isInstanceOf(CaptureRefused.class)
                .hasMessageContaining("an intact zstd stream");
    }

    @Test
    void aLongCompressedFileCutInTheMiddleGivesWhatCameOut() throws IOException {
        byte[] octets = new byte[1 << 20];
        new Random(3).nextBytes(octets);
        Slab slab = Slab.of(octets);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = PcapWriter.to(file)) {
            for (int frame = 0; frame < 1_000; frame++) {
                writer.write(frame, slab, frame * 1_000L, 1_000, 1_000);
            }
        }
        for (byte[] compressed : new byte[][] {gzip(file.toByteArray()), Zstd.compress(file.toByteArray())}) {
            int half = compressed.length / 2;
            Frames read = Frames.of(Arrays.copyOf(compressed, half), spool);
            assertThat(read.frames()).hasSizeBetween(300, 501);
            assertThat(read.damage().orElseThrow().offset()).isEqualTo(half);
            byte[] holed = compressed.clone();
            Arrays.fill(holed, half, half + 200_000, (byte) 0x55);
            Frames beforeHole = Frames.of(holed, spool);
            assertThat(beforeHole.frames()).hasSizeGreaterThan(300);
            assertThat(beforeHole.damage()).isPresent();
        }
    }

    @Test
    void noBitFlippedInACompressedFileLeadsToAnException() throws IOException {
        for (byte[] file : new byte[][] {gzip(Samples.pcap()), Zstd.compress(Samples.pcap())}) {
            for (int bit = 0; bit < 8 * file.length; bit++) {
                byte[] flipped = file.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    Frames.of(flipped, spool);
                } catch (CaptureRefused refused) {
                    assertThat(refused).hasMessageContaining("expected");
                }
            }
        }
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void damageInsideOfACompressedFileCountsTheOctetsInTheClear() throws IOException {
        byte[] file = Samples.pcap();
        Frames read = Frames.of(Frames.write(folder, "cut.gz", gzip(Arrays.copyOf(file, file.length - 1))));
        assertThat(read.damage().orElseThrow().file()).endsWith("cut.gz (decompressed)");
    }

    @ParameterizedTest
    @CsvSource({
        "'', an empty file",
        "d4c3, a file of 2 octets",
        "736e6f6f7000000000000002, a snoop capture",
        "6970747261636520322e30, an AIX iptrace 2.0 capture",
        "474d42550302, a Network Monitor 2 capture",
        "a1b2cd3400020004, a modified (Kuznetzov) pcap capture",
        "34cdb2a102000400, a modified (Kuznetzov) pcap capture",
        "fd377a585a000004, 'an xz file, to be decompressed first'",
        "504b0304, 'a zip archive, to be unpacked first'",
        "0102030405060708ff, a file that begins with 01 02 03 04 05 06 07 08",
        "a1b2c3d40002, the end of the file",
        "a1b2c3d4000100040000000000000000000000ff00000001, pcap version 1",
        "a1b2c3d4000200040000000000000000000000ff00000071, link type 113 LINUX_SLL",
        "0a0d0d0a0000001c, the end of the file",
        "0a0d0d0a0000001c1a2b3c4e00010000ffffffffffffffff0000001c, byte-order magic 0x1a2b3c4e",
        "0a0d0d0a0000001c1a2b3c4d00020000ffffffffffffffff0000001c, pcapng version 2",
    })
    void whatIsNoCaptureIsRefusedByName(String octets, String found) throws IOException {
        Path file = Frames.write(folder, "foreign", Hex.octets(octets));
        assertThatThrownBy(() -> Capture.open(file)).isInstanceOfSatisfying(CaptureRefused.class, refused -> {
            assertThat(refused.damage().found()).isEqualTo(found);
            assertThat(refused).hasMessageContaining("foreign").hasMessageContaining("expected");
        });
    }

    @Test
    void anotherLinkTypeIsRefusedWithBothNames() throws IOException {
        byte[] cooked = Samples.pcap();
        cooked[20] = 113;
        Path file = Frames.write(folder, "cooked", cooked);
        assertThatThrownBy(() -> Capture.open(file))
                .hasMessage(file + ": at octet 20: found link type 113 LINUX_SLL, expected link type 1 ETHERNET");
    }

    @Test
    void textOfAFirewallIsRefusedByName() throws IOException {
        Path file = Frames.write(
                folder,
                "text",
                "fw-> get db st\r\n05707.0: eth0(i) len=60:00->11/0800\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> Capture.open(file)).hasMessageContaining("a NetScreen snoop text");
    }

    @Test
    void aFolderAndAMissingFileAreNoCaptures() {
        assertThatThrownBy(() -> Capture.open(folder)).isInstanceOf(CaptureRefused.class);
        assertThatThrownBy(() -> Capture.open(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aStreamThatFailsIsNoDamageButAFailure() throws IOException {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the cable is out");
            }

            @Override
            public int read(byte[] into, int at, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> Capture.read(failing, "x", spool)).hasMessage("the cable is out");
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void aRefusedStreamLeavesNoTemporaryFile() throws IOException {
        assertThatThrownBy(() -> Frames.of(gzip(new byte[] {1, 2, 3, 4, 5}), spool))
                .isInstanceOf(CaptureRefused.class);
        try (Stream<Path> left = Files.list(spool)) {
            assertThat(left).isEmpty();
        }
    }

    private static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write(octets);
        }
        return compressed.toByteArray();
    }

    private static String sha256(byte[] octets) {
        return HexFormat.of().formatHex(Spool.newSha256().digest(octets));
    }

    /** Gives one octet at a time and never says that more is there, as a slow pipe does. */
    private static final class Dribble extends InputStream {
        private final byte[] octets;
        private int next;

        Dribble(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public int read() {
            return next == octets.length ? -1 : octets[next++] & 0xFF;
        }

        @Override
        public int read(byte[] into, int at, int length) {
            int octet = length == 0 ? -1 : read();
            if (octet < 0) {
                return length == 0 ? 0 : -1;
            }
            into[at] = (byte) octet;
            return 1;
        }
    }
}
