package dev.hairpin.experiments.placement;

import java.util.ArrayList;
import java.util.List;

/** IPv4 and IPv6 addresses as numbers, and the groups that go with them. */
final class Ip {
    /** 01:00:5e:00:00:01, every IPv4 station's. */
    static final long ALL_IPV4 = 0x0100_5E00_0001L;

    /** 33:33:00:00:00:01, every IPv6 station's. */
    static final long ALL_IPV6 = 0x3333_0000_0001L;

    private Ip() {}

    /** Whether an IPv4 address may be that of a station off the link: neither zero, loopback, link-local nor a group. */
    static boolean isRoutable4(long address) {
        int first = (int) (address >>> 24);
        return first != 0 && first != 127 && first < 224 && address >>> 16 != 0xA9FE;
    }

    /** Whether an IPv6 address may be that of a station off the link: global or unique local. */
    static boolean isRoutable6(long high) {
        return high >>> 61 == 1 || high >>> 57 == 0x7E;
    }

    /** Whether an IPv6 address is neither unspecified, loopback nor a group. */
    static boolean isStation6(long high, long low) {
        return high >>> 56 != 0xFF && (high != 0 || (low != 0 && low != 1));
    }

    /** The Ethernet group of an IPv4 group. */
    static long group4(long address) {
        return 0x0100_5E00_0000L | (address & 0x7F_FFFF);
    }

    /** The Ethernet group of an IPv6 group, given its lower half. */
    static long group6(long low) {
        return 0x3333_0000_0000L | (low & 0xFFFF_FFFFL);
    }

    /** The Ethernet group on which the owner of an IPv6 address is asked for, given its lower half. */
    static long solicited(long low) {
        return 0x3333_FF00_0000L | (low & 0xFF_FFFFL);
    }

    static String format4(long address) {
        return (address >>> 24 & 0xFF) + "." + (address >>> 16 & 0xFF) + "." + (address >>> 8 & 0xFF) + "."
                + (address & 0xFF);
    }

    /** As RFC 5952 has it. */
    static String format6(long high, long low) {
        int[] words = new int[8];
        for (int i = 0; i < 4; i++) {
            words[i] = (int) (high >>> (48 - 16 * i)) & 0xFFFF;
            words[4 + i] = (int) (low >>> (48 - 16 * i)) & 0xFFFF;
        }
        int from = 0;
        int zeros = 0;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && words[i + run] == 0) {
                run++;
            }
            if (run > zeros) {
                from = i;
                zeros = run;
            }
        }
        return zeros < 2 ? join(words, 0, 8) : join(words, 0, from) + "::" + join(words, from + zeros, 8);
    }

    private static String join(int[] words, int from, int to) {
        List<String> parts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            parts.add(Integer.toHexString(words[i]));
        }
        return String.join(":", parts);
    }
}
