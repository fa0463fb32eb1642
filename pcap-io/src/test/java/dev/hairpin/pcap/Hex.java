package dev.hairpin.pcap;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Octets written out in hexadecimal digits, with what they mean behind a {@code #} on each line. */
final class Hex {
    private Hex() {}

    static byte[] octets(String text) {
        StringBuilder digits = new StringBuilder();
        for (String line : text.lines().toList()) {
            int comment = line.indexOf('#');
            digits.append((comment < 0 ? line : line.substring(0, comment)).replace(" ", ""));
        }
        return HexFormat.of().parseHex(digits);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
