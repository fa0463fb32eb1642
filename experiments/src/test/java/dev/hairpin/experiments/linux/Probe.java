package dev.hairpin.experiments.linux;

import dev.hairpin.model.frame.Mac;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A frame to send.
 *
 * @param from the end that sends it
 * @param types the octets from the first tag, or the EtherType, on; in hex
 * @param length octets, without FCS
 * @param number stands behind the header, so that no two frames are the same
 */
record Probe(String from, long destination, long source, String types, int length, int number) {
    /** IEEE 802, local experimental EtherType 1: nothing in the kernel takes it. */
    static final String EXPERIMENTAL = "88b5";

    /** EtherType of MAC Control. */
    static final String MAC_CONTROL = "8808";

    byte[] octets() {
        String head = String.format(Locale.ROOT, "%012x%012x%s%08x", destination, source, types, number);
        return Arrays.copyOf(HexFormat.of().parseHex(head), length);
    }

    boolean fromFunction() {
        return from.startsWith("vf");
    }

    @Override
    public String toString() {
        return number + ": " + from + " sends " + Mac.format(source) + " > " + Mac.format(destination) + " " + types
                + ", " + length + " octets";
    }
}
