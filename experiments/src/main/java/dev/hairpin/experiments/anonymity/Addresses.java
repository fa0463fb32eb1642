package dev.hairpin.experiments.anonymity;

import dev.hairpin.model.frame.Mac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What addresses become under a key. These stay, because what they are for would be lost:
 *
 * <ul>
 *   <li>MAC: zero, group addresses but those of IPv6's solicited nodes, and IANA's 00-00-5E, which virtual routers have. Of
 *       others the bits that say group and locally administered.
 *   <li>IPv4: 0/8, 127/8, and all from 224.0.0.0 on.
 *   <li>IPv6: ::, ::1, and group addresses but those of solicited nodes. Of link-local ones the prefix.
 * </ul>
 *
 * <p>The last 24 bits of an IPv6 address are mapped by themselves, so that its solicited-node group, and the MAC address of
 * that, are still its own.
 */
final class Addresses {
    private static final long LOCAL_BIT = 0x0200_0000_0000L;
    private static final long IANA = 0x0000_5E00_0000L;
    private static final long OUI = 0xFFFF_FF00_0000L;

    /** 33-33-FF and the last 24 bits of the address, RFC 2464 and RFC 4291 2.7.1. */
    private static final long SOLICITED_MAC = 0x3333_FF00_0000L;

    private static final long SOLICITED_HIGH = 0xFF02_0000_0000_0000L;
    private static final long SOLICITED_LOW = 0x0000_0001_FF00_0000L;
    private static final long LAST_24 = 0xFF_FFFFL;
    private static final int NIBBLE_OF_GROUPS = 0xE;

    private final Permutation mac;
    private final Permutation ipv4;
    private final Permutation ipv6Prefix;
    private final Permutation ipv6Middle;
    private final Permutation ipv6Last;

    /** @param seed under which everything is mapped; whoever has it can lead it back */
    Addresses(String seed) {
        byte[] key = digest(seed);
        mac = new Permutation(key, "mac", 46, bits -> isIana(spread(bits, 0)) || bits == 0);
        ipv4 = new Permutation(key, "ipv4", 32, Addresses::staysIpv4);
        ipv6Prefix = new Permutation(key, "ipv6 prefix", 64, Addresses::staysPrefix);
        ipv6Middle = new Permutation(key, "ipv6 middle", 40, bits -> false);
        ipv6Last = new Permutation(key, "ipv6 last", 24, bits -> false);
    }

    private static byte[] digest(String seed) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A MAC address, as {@link Mac} has it. */
    long mac(long address) {
        if (Mac.isGroup(address)) {
            return (address & OUI) == SOLICITED_MAC ? SOLICITED_MAC | ipv6Last.map(address & LAST_24) : address;
        }
        return spread(mac.map(gather(address)), address & LOCAL_BIT);
    }

    /** The 46 bits that are neither group bit nor local bit. */
    private static long gather(long address) {
        return ((address >>> 42) << 40) | (address & 0xFF_FFFF_FFFFL);
    }

    private static long spread(long bits, long local) {
        return ((bits >>> 40) << 42) | local | (bits & 0xFF_FFFF_FFFFL);
    }

    private static boolean isIana(long address) {
        return (address & OUI & ~LOCAL_BIT) == IANA;
    }

    int ipv4(int address) {
        return (int) ipv4.map(Integer.toUnsignedLong(address));
    }

    private static boolean staysIpv4(long address) {
        long first = address >>> 24;
        return first == 0 || first == 127 || first >>> 4 >= NIBBLE_OF_GROUPS;
    }

    /** The first half of what an IPv6 address becomes. */
    long ipv6High(long high) {
        return ipv6Prefix.map(high);
    }

    /** The second half. */
    long ipv6Low(long high, long low) {
        if (high == 0 && (low == 0 || low == 1)) {
            return low;
        }
        if (high >>> 56 == 0xFF) {
            return high == SOLICITED_HIGH && (low & ~LAST_24) == SOLICITED_LOW
                    ? SOLICITED_LOW | ipv6Last.map(low & LAST_24)
                    : low;
        }
        return (ipv6Middle.map(low >>> 24) << 24) | ipv6Last.map(low & LAST_24);
    }

    /** Groups, link-local addresses and those that begin with zeros keep their first half. */
    private static boolean staysPrefix(long high) {
        return high == 0 || high >>> 56 == 0xFF || high >>> 54 == 0x3FA;
    }
}
