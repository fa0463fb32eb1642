package dev.hairpin.model.pci;

import dev.hairpin.model.decision.Evidence;

/**
 * A row of a table of registers. Registers of one table do not overlap; what no row names reads zero and takes nothing.
 *
 * @param offset of its first octet in the configuration space
 * @param octets 1 to 8; the lowest comes first
 * @param name as the specification has it
 * @param reset what it holds after a reset
 * @param writable bits that software can set and clear
 * @param clears bits that software clears by writing one; none of them is {@code writable}
 * @param kept bits that a function level reset leaves alone (PCI Express Base 2.1, 6.6.2)
 * @param evidence how well the row is founded
 * @param source where it was read
 */
public record Register(
        int offset,
        int octets,
        String name,
        long reset,
        long writable,
        long clears,
        long kept,
        Evidence evidence,
        String source) {
    public Register {
        if (octets < 1 || octets > Long.BYTES || offset < 0 || offset + octets > ConfigSpace.SIZE) {
            throw new IllegalArgumentException(
                    name + ": " + octets + " octets at " + offset + " in a space of " + ConfigSpace.SIZE);
        }
        long bits = octets == Long.BYTES ? -1 : (1L << (8 * octets)) - 1;
        if ((reset & ~bits) != 0 || ((writable | clears | kept) & ~bits) != 0 || (writable & clears) != 0) {
            throw new IllegalArgumentException(name + ": bits beyond its octets, or both written and cleared by one");
        }
    }

    /** The offset of the octet behind it. */
    public int end() {
        return offset + octets;
    }
}
