package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.JournalException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Looks through RocksDB's logs, its write-ahead logs and its manifest, before RocksDB does. Not that RocksDB would not
 * check them; but it never returns from a manifest in which one bit of a record's type is wrong, and it does not say
 * where in a file the damage is.
 *
 * <p>Such a log is blocks of 32 KiB. A block is records: CRC32C of all that follows the length, masked (4 octets, little
 * endian); length of the data (2); type; data. What is left of a block, less than a record's head, is zero.
 */
final class LogFile {
    private static final int BLOCK = 32 << 10;
    private static final int HEAD = 7;
    /** Whole, or the first, a middle or the last part of one. */
    private static final int PLAIN_TYPES = 4;

    private static final long NONE = -1;
    private static final int LOOKS_AGAIN = 5;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int CRC_MASK = 0xa282ead8;
    private static final String CURRENT = "CURRENT";

    private LogFile() {}

    /** Throws {@link JournalDamage} when a log in {@code folder} is damaged otherwise than by ending too early. */
    static void checkAll(Path folder) {
        try {
            Path current = folder.resolve(CURRENT);
            if (!Files.exists(current)) {
                return;
            }
            String manifest = new String(Files.readAllBytes(current), StandardCharsets.ISO_8859_1);
            if (!manifest.matches("MANIFEST-[0-9]{6,}\n")) {
                throw new JournalDamage(current + " does not name a manifest");
            }
            check(folder.resolve(manifest.strip()));
            for (Path log : logs(folder)) {
                check(log);
            }
        } catch (IOException e) {
            throw new JournalException(folder + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    /**
     * Damage stays where it is. What a writer has only half written by now looks the same, but not for long: it is looked
     * at again while a writer may be at it.
     */
    private static void check(Path file) throws IOException {
        long bad = firstBad(file);
        for (int look = 0; bad != NONE && look < LOOKS_AGAIN; look++) {
            LockSupport.parkNanos(PAUSE_NANOS << look);
            long again = firstBad(file);
            if (again != bad) {
                bad = again;
                look = -1;
            }
        }
        if (bad != NONE) {
            throw new JournalDamage(file + ", octet " + bad + ": a record is not what was written");
        }
    }

    /** The octet at which the first record of {@code file} begins that is not what was written, or {@link #NONE}. */
    private static long firstBad(Path file) throws IOException {
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            long from = 0;
            for (int length = in.readNBytes(block, 0, BLOCK); length > 0; length = in.readNBytes(block, 0, BLOCK)) {
                int bad = firstBad(block, length);
                if (bad >= 0) {
                    return from + bad;
                }
                from += length;
            }
            return NONE;
        } catch (NoSuchFileException e) {
            // A writer is at it and has no more use for the file. If it is missed after all, RocksDB says so.
            return NONE;
        }
    }

    /** Where in {@code block} the first record is that is not what was written, or -1. A torn end is what was written. */
    private static int firstBad(byte[] block, int length) {
        ByteBuffer octets = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        int at = 0;
        while (at + HEAD <= length) {
            int end = at + HEAD + Short.toUnsignedInt(octets.getShort(at + 4));
            if (end > BLOCK) {
                return at;
            }
            if (end > length) {
                return isTorn(octets, crc, at, length) ? -1 : at;
            }
            if (!isRecord(octets, crc, at, end)) {
                return isZero(block, at, length) ? -1 : at;
            }
            at = end;
        }
        return -1;
    }

    /**
     * Whether the record at {@code at}, which does not end before {@code length}, is the last one and was cut. Otherwise
     * it is its length that is wrong: then it is whole with the right one, or whole records follow.
     */
    private static boolean isTorn(ByteBuffer octets, CRC32C crc, int at, int length) {
        if (isRecord(octets, crc, at, length)) {
            return false;
        }
        for (int next = at + HEAD; next + HEAD <= length; next++) {
            int end = next + HEAD + Short.toUnsignedInt(octets.getShort(next + 4));
            byte type = octets.get(next + HEAD - 1);
            if (type >= 1 && type <= PLAIN_TYPES && end <= length && isRecord(octets, crc, next, end)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the octets up to {@code end} have the checksum that stands at {@code at}. */
    private static boolean isRecord(ByteBuffer octets, CRC32C crc, int at, int end) {
        crc.reset();
        crc.update(octets.duplicate().position(at + HEAD - 1).limit(end));
        return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK == octets.getInt(at);
    }

    private static boolean isZero(byte[] block, int from, int to) {
        for (int i = from; i < to; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
