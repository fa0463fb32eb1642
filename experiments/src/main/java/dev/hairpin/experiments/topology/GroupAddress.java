package dev.hairpin.experiments.topology;

import dev.hairpin.model.frame.Mac;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of groups: of IPv4, IPv6 or MAC. */
final class GroupAddress {
    static final String EXPECTED = "a group such as 239.1.1.1, ff15::101 or 01:00:5e:01:01:01";

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    private GroupAddress() {}

    /** The MAC address of a group (RFC 1112 6.4, RFC 2464 7); empty when {@code text} is none. */
    static OptionalLong mac(String text) {
        OptionalLong mac = Mac.parse(text);
        if (mac.isPresent()) {
            return Mac.isGroup(mac.getAsLong()) && mac.getAsLong() != Mac.BROADCAST ? mac : OptionalLong.empty();
        }
        byte[] ip = ip(text);
        if (ip == null) {
            return OptionalLong.empty();
        }
        long low = 0;
        for (int at = ip.length - 4; at < ip.length; at++) {
            low = (low << 8) | (ip[at] & 0xFF);
        }
        return OptionalLong.of(ip.length == 4 ? 0x0100_5E00_0000L | (low & 0x7F_FFFF) : 0x3333_0000_0000L | low);
    }

    /** Whether everybody gets it, whatever is set: 224.0.0.x, ff02::1. */
    static boolean isForEverybody(String text) {
        byte[] ip = ip(text);
        if (ip == null) {
            return false;
        }
        if (ip.length == 4) {
            return (ip[0] & 0xFF) == 224 && ip[1] == 0 && ip[2] == 0;
        }
        for (int at = 2; at < 15; at++) {
            if (ip[at] != 0) {
                return false;
            }
        }
        return ip[1] == 2 && ip[15] == 1;
    }

    /** The octets of a group's IP address, or null. Nothing is looked up: these are addresses or nothing. */
    private static byte @Nullable [] ip(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            return address.isMulticastAddress() ? address.getAddress() : null;
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }
}
