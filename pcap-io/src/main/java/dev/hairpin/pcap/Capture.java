package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open capture of Ethernet frames: pcap in both byte orders with microseconds or nanoseconds, or pcapng, plain or
 * compressed by gzip or zstd, from a file or from a stream. What it is goes by its first octets, not by its name.
 *
 * <p>A plain file is mapped as it is. Everything else is written in the clear to a temporary file first, which takes disk
 * but no heap. The slab outlives the closing of the capture.
 *
 * <p>Safe for any number of threads; each takes its own {@linkplain #frames pass}.
 */
public final class Capture implements AutoCloseable {
    private static final String STANDARD_INPUT = "-";
    private static final int HASH_STEP = 1 << 18;

    private final String name;
    private final MappedSlab slab;
    private final Container container;
    private final @Nullable Spool spool;
    private @Nullable String sha256;

    private Capture(String name, MappedSlab slab, Container container, @Nullable Spool spool) {
        this.name = name;
        this.slab = slab;
        this.container = container;
        this.spool = spool;
    }

    /**
     * Opens a file, or standard input when it is {@code -}; what must be spooled goes to the system's folder for
     * temporary files.
     *
     * @throws CaptureRefused when it is no capture of Ethernet frames that can be read here
     * @throws IOException when it cannot be read at all, or not be spooled
     */
    public static Capture open(Path file) throws IOException {
        return open(file, Path.of(System.getProperty("java.io.tmpdir", ".")));
    }

    /**
     * Opens a file, or standard input when it is {@code -}.
     *
     * @param spoolFolder where a temporary file is made when one is needed
     * @throws CaptureRefused when it is no capture of Ethernet frames that can be read here
     * @throws IOException when it cannot be read at all, or not be spooled
     */
    public static Capture open(Path file, Path spoolFolder) throws IOException {
        if (file.toString().equals(STANDARD_INPUT)) {
            return read(System.in, "standard input", spoolFolder);
        }
        if (Files.isDirectory(file)) {
            throw new CaptureRefused(new Damage(file.toString(), 0, "a directory", Container.EXPECTED));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (Files.isRegularFile(file)) {
                MappedSlab slab = MappedSlab.map(channel);
                byte[] start = new byte[(int) Math.min(slab.size(), Compression.MAGIC_OCTETS)];
                slab.copy(0, start, 0, start.length);
                if (Compression.of(start) == Compression.NONE) {
                    return new Capture(file.toString(), slab, Container.of(slab, file.toString()), null);
                }
            }
            return read(Channels.newInputStream(channel), file.toString(), spoolFolder);
        }
    }

    /**
     * Reads a stream to its end and opens what was in it. The stream is not closed.
     *
     * @param name what the stream is called in messages
     * @param spoolFolder where the temporary file is made
     * @throws CaptureRefused when it is no capture of Ethernet frames that can be read here
     * @throws IOException when it cannot be read at all, or not be spooled
     */
    public static Capture read(InputStream input, String name, Path spoolFolder) throws IOException {
        Spool spool = Spool.of(input, name, spoolFolder);
        try {
            String clear = spool.compression() == Compression.NONE ? name : name + " (decompressed)";
            return new Capture(clear, spool.slab(), Container.of(spool.slab(), clear), spool);
        } catch (CaptureRefused refused) {
            spool.delete();
            Optional<Damage> damage = spool.damage();
            if (damage.isPresent() && refused.damage().offset() >= spool.slab().size()) {
                throw new CaptureRefused(damage.get());
            }
            throw refused;
        }
    }

    /** The octets, in the clear; offsets of frames go into it. */
    public Slab slab() {
        return slab;
    }

    /** What kind of file it is: {@code pcap nanosecond big-endian}, {@code pcapng little-endian in gz}. */
    public String container() {
        return container.description()
                + (spool == null ? "" : spool.compression().suffix());
    }

    /**
     * SHA-256 over the input's own octets, compressed ones if it is compressed, in lower-case hexadecimal digits. For a
     * plain file computed on first use, which takes a pass over it.
     */
    public synchronized String sha256() {
        String known = spool != null ? spool.sha256() : sha256;
        if (known == null) {
            known = hash();
            sha256 = known;
        }
        return known;
    }

    /** A new pass over the frames, from the first. */
    public CaptureReader frames() {
        Optional<Damage> atEnd = spool == null ? Optional.empty() : spool.damage();
        return container.isPcapng()
                ? new PcapngReader(slab, name, atEnd)
                : new PcapReader(slab, name, atEnd, container);
    }

    /** Gives up the temporary file, if there is one. Readers and slab go on working. */
    @Override
    public void close() {
        if (spool != null) {
            spool.delete();
        }
    }

    private String hash() {
        MessageDigest digest = Spool.newSha256();
        byte[] buffer = new byte[HASH_STEP];
        for (long at = 0; at < slab.size(); at += HASH_STEP) {
            int length = (int) Math.min(HASH_STEP, slab.size() - at);
            slab.copy(at, buffer, 0, length);
            digest.update(buffer, 0, length);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
