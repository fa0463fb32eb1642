package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names the formats that are not read here, so that who brings one knows what to convert. */
final class ForeignFormat {
    /** Latin-1 octets at the beginning, and the name. */
    private static final String[][] MAGICS = {
        {"snoop\0\0\0", "a snoop capture"},
        {"btsnoop\0", "a Bluetooth snoop capture"},
        {"iptrace 1.0", "an AIX iptrace 1.0 capture"},
        {"iptrace 2.0", "an AIX iptrace 2.0 capture"},
        {"RTSS", "a Network Monitor 1 capture"},
        {"GMBU", "a Network Monitor 2 capture"},
        {"XCP\0", "a NetXRay or Sniffer Basic capture"},
        {"TRSNIFF data    \u001A", "a Sniffer capture"},
        {"\u0005VNF", "a Visual Networks capture"},
        {"\u007Fver", "an OmniPeek capture"},
        {"\u00A1\u00B2\u00CD4", "a modified (Kuznetzov) pcap capture"},
        {"4\u00CD\u00B2\u00A1", "a modified (Kuznetzov) pcap capture"},
        {"\u001C\u0000\u0001\u00AC", "an Ixia hardware pcap capture"},
        {"\u00AC\u0001\u0000\u001C", "an Ixia hardware pcap capture"},
        {"\u001C\u0000\u0001\u00AB", "an Ixia software pcap capture"},
        {"\u00AB\u0001\u0000\u001C", "an Ixia software pcap capture"},
        {"\u00FD7zXZ\0", "an xz file, to be decompressed first"},
        {"BZh", "a bzip2 file, to be decompressed first"},
        {"\u0004\"M\u0018", "an lz4 file, to be decompressed first"},
        {"\u001F\u008B", "a gzip file within another compressed file"},
        {"PK\u0003\u0004", "a zip archive, to be unpacked first"},
    };

    private static final int TEXT_SEEN = 1 << 12;
    private static final Pattern NETSCREEN = Pattern.compile("\\([io]\\) len=\\d+:");

    private static final int ERF_HEADER = 16;
    private static final int ERF_TYPES = 48;

    private ForeignFormat() {}

    /** What a file that is neither pcap nor pcapng is: its format where known, else its first octets. */
    static String describe(Slab slab) {
        byte[] octets = new byte[(int) Math.min(TEXT_SEEN, slab.size())];
        slab.copy(0, octets, 0, octets.length);
        String start = new String(octets, StandardCharsets.ISO_8859_1);
        for (String[] magic : MAGICS) {
            if (start.startsWith(magic[0])) {
                return magic[1];
            }
        }
        if (NETSCREEN.matcher(start).find()) {
            return "a NetScreen snoop text";
        }
        if (isErf(slab)) {
            return "an ERF capture";
        }
        StringBuilder found = new StringBuilder("a file that begins with");
        HexFormat hex = HexFormat.of();
        for (int octet = 0; octet < Math.min(8, octets.length); octet++) {
            found.append(' ').append(hex.toHexDigits(octets[octet]));
        }
        return found.toString();
    }

    /** ERF has no magic: two or more records of a known type must stand one behind the other. */
    private static boolean isErf(Slab slab) {
        long at = 0;
        for (int record = 0; record < 2; record++) {
            if (at + ERF_HEADER > slab.size()) {
                return false;
            }
            int type = slab.octet(at + 8) & 0x7F;
            int length = slab.u16(at + 10);
            if (type == 0 || type > ERF_TYPES || length < ERF_HEADER) {
                return false;
            }
            at += length;
        }
        return at <= slab.size();
    }
}
