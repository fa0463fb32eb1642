package dev.hairpin.model.frame;

/**
 * Octets that never change, addressed by a 64-bit offset; a mapped capture is one. Multi-octet reads are big-endian,
 * as on the wire. Reading outside {@code 0..size()} is a programmer's mistake and throws {@link
 * IndexOutOfBoundsException}.
 *
 * <p>Safe to read from any thread.
 */
public interface Slab {
    /** No octets. */
    Slab NONE = of(new byte[0]);

    /** How many octets there are. */
    long size();

    /** The octet at {@code offset}, 0 to 255. */
    int octet(long offset);

    /** Two octets, 0 to 65,535. */
    int u16(long offset);

    /** Four octets as a signed int. */
    int i32(long offset);

    /** Eight octets as a signed long. */
    long i64(long offset);

    /** Copies {@code length} octets from {@code offset} to {@code into[at..]}. */
    void copy(long offset, byte[] into, int at, int length);

    /** A slab over a copy of {@code octets}: for tests and for frames made by a program. */
    static Slab of(byte[] octets) {
        return new ArraySlab(octets);
    }
}
