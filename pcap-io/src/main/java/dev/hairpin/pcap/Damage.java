package dev.hairpin.pcap;

/**
 * What is wrong with an input file and where. Reading ends there; everything before it has been given.
 *
 * @param file the file as it was named by who opened it; with {@code (decompressed)} behind it when {@code offset} counts
 *     the octets that came out of the decompression
 * @param offset octets from the beginning of the file to the trouble
 * @param found what is there
 * @param expected what should have been
 */
public record Damage(String file, long offset, String found, String expected) {
    /** One line: file, place, what was found and what was expected. */
    @Override
    public String toString() {
        return file + ": at octet " + offset + ": found " + found + ", expected " + expected;
    }
}
