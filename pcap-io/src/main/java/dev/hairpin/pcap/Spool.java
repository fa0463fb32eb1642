package dev.hairpin.pcap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An input that cannot be mapped as it is, a compressed file or a stream, written in the clear to a temporary file and
 * mapped. Takes a fixed amount of heap.
 *
 * <p>Where the system allows it the temporary file loses its name as soon as it is mapped, so that none is left behind
 * even by a process that is killed; elsewhere {@link #delete} tries again.
 *
 * @param slab what was spooled
 * @param compression how the input was compressed
 * @param sha256 hash over the input's own octets, in lower-case hexadecimal digits
 * @param damage where decompression ended before the input did; what came before it is in the slab
 * @param file the temporary file
 */
record Spool(MappedSlab slab, Compression compression, String sha256, Optional<Damage> damage, Path file) {
    private static final int BUFFER = 1 << 18;

    /**
     * Spools the whole of {@code input}.
     *
     * @param name what the input is called where it is found damaged
     * @param folder where the temporary file is made
     * @throws IOException when the input cannot be read or the temporary file not written
     */
    static Spool of(InputStream input, String name, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "hairpin-", ".spool");
        boolean done = false;
        try {
            MessageDigest digest = newSha256();
            MeteredInput metered = new MeteredInput(input, digest);
            Compression compression = Compression.of(metered.peek(Compression.MAGIC_OCTETS));
            Optional<Damage> damage;
            try (OutputStream output = Files.newOutputStream(file)) {
                damage = decompress(compression, metered, output, name);
            }
            metered.transferTo(OutputStream.nullOutputStream());
            String sha256 = HexFormat.of().formatHex(digest.digest());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                Spool spool = new Spool(MappedSlab.map(channel), compression, sha256, damage, file);
                done = true;
                return spool;
            }
        } finally {
            discard(file, done);
        }
    }

    /** Deletes the temporary file if it is still there. */
    void delete() {
        discard(file, false);
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException("every Java platform has SHA-256", cause);
        }
    }

    private static Optional<Damage> decompress(
            Compression compression, MeteredInput input, OutputStream output, String name) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream clear = compression.decompress(input)) {
            while (true) {
                int read;
                try {
                    read = clear.read(buffer, 0, BUFFER);
                } catch (IOException cause) {
                    if (input.failure() != null) {
                        throw cause;
                    }
                    return Optional.of(damage(compression, clear, input, name, cause));
                }
                if (read < 0) {
                    return Optional.empty();
                }
                output.write(buffer, 0, read);
            }
        }
    }

    private static Damage damage(
            Compression compression, InputStream clear, MeteredInput input, String name, IOException cause) {
        long offset = clear instanceof GzipInput gzip ? gzip.consumed() : input.count();
        String reason = cause.getMessage();
        String expected = compression == Compression.GZIP ? "an intact gzip stream" : "an intact zstd stream";
        return new Damage(name, offset, reason == null ? "damaged data" : reason, expected);
    }

    private static void discard(Path file, boolean atExitIfNotNow) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException mapped) {
            // A system that keeps the names of mapped files.
            if (atExitIfNotNow) {
                file.toFile().deleteOnExit();
            }
        }
    }
}
