package dev.hairpin.model.frame;

import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * MAC addresses as the low 48 bits of a {@code long}, first octet highest, so that {@code 02:00:00:00:00:01} is {@code
 * 0x020000000001L}. A number rather than a type, because the columns of a burst hold millions of them.
 */
public final class Mac {
    /** ff:ff:ff:ff:ff:ff. */
    public static final long BROADCAST = 0xFFFF_FFFF_FFFFL;

    /** 01-80-C2-00-00-01, the address of MAC Control PAUSE (802.3 Annex 31B). */
    public static final long PAUSE = 0x0180_C200_0001L;

    private static final long GROUP_BIT = 0x0100_0000_0000L;
    private static final long RESERVED_PREFIX = 0x0180_C200_0000L;

    private Mac() {}

    /** Individual/group bit set: multicast or broadcast. */
    public static boolean isGroup(long mac) {
        return (mac & GROUP_BIT) != 0;
    }

    /** One of 01-80-C2-00-00-00 to -0F, which a C-VLAN bridge does not relay (802.1Q-2022 table 8-1). */
    public static boolean isReserved(long mac) {
        return (mac & ~0xFL) == RESERVED_PREFIX;
    }

    /** Neither a group nor all zero: fit to be a source address. */
    public static boolean isStation(long mac) {
        return mac != 0 && !isGroup(mac);
    }

    /** The usual notation, {@code 02:00:00:00:00:01}. */
    public static String format(long mac) {
        char[] text = new char[17];
        for (int octet = 0; octet < 6; octet++) {
            int value = (int) (mac >>> (40 - 8 * octet)) & 0xFF;
            text[3 * octet] = Character.forDigit(value >>> 4, 16);
            text[3 * octet + 1] = Character.forDigit(value & 0xF, 16);
            if (octet < 5) {
                text[3 * octet + 2] = ':';
            }
        }
        return new String(text);
    }

    /** Reads {@code 02:00:00:00:00:01} or {@code 02-00-00-00-00-01}; empty when {@code text} is neither. */
    public static OptionalLong parse(String text) {
        if (text.length() != 17) {
            return OptionalLong.empty();
        }
        long mac = 0;
        for (int at = 0; at < 17; at++) {
            char c = text.charAt(at);
            if (at % 3 == 2) {
                if ((c != ':' && c != '-') || c != text.charAt(2)) {
                    return OptionalLong.empty();
                }
            } else if (HexFormat.isHexDigit(c)) {
                mac = (mac << 4) | HexFormat.fromHexDigit(c);
            } else {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(mac);
    }
}
