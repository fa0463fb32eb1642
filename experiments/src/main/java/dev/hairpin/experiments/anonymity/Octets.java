package dev.hairpin.experiments.anonymity;

/**
 * A frame whose addresses are being mapped. Each change tells by how much the ones' complement sum of the words has changed
 * (RFC 1624), so that checksums over them can be mended. An address that was not captured whole is blanked as far as it was.
 */
final class Octets {
    private final byte[] octets;
    private final Addresses addresses;

    Octets(byte[] octets, Addresses addresses) {
        this.octets = octets;
        this.addresses = addresses;
    }

    /** Whether so many octets from {@code at} on were captured. */
    boolean has(int at, int count) {
        return at >= 0 && at + count <= octets.length;
    }

    int u8(int at) {
        return octets[at] & 0xFF;
    }

    int u16(int at) {
        return (u8(at) << 8) | u8(at + 1);
    }

    private long number(int at, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = (number << 8) | u8(at + i);
        }
        return number;
    }

    /** Maps the MAC address at {@code at}; returns the change of the sum. */
    long mac(int at) {
        return has(at, 6) ? put(at, 6, addresses.mac(number(at, 6))) : blank(at, 6);
    }

    /** Maps the IPv4 address at {@code at}; likewise. */
    long ipv4(int at) {
        return has(at, 4) ? put(at, 4, addresses.ipv4((int) number(at, 4))) : blank(at, 4);
    }

    /** Maps the IPv6 address at {@code at}; likewise. */
    long ipv6(int at) {
        if (!has(at, 16)) {
            return blank(at, 16);
        }
        long high = number(at, 8);
        long low = number(at + 8, 8);
        return put(at, 8, addresses.ipv6High(high)) + put(at + 8, 8, addresses.ipv6Low(high, low));
    }

    private long put(int at, int count, long value) {
        long change = 0;
        for (int i = 0; i < count; i += 2) {
            int word = (int) (value >>> (8 * (count - 2 - i))) & 0xFFFF;
            change += word - u16(at + i);
            octets[at + i] = (byte) (word >>> 8);
            octets[at + i + 1] = (byte) word;
        }
        return change;
    }

    private long blank(int at, int count) {
        for (int i = at; i < Math.min(at + count, octets.length); i++) {
            octets[i] = 0;
        }
        return 0;
    }

    /** Mends the checksum at {@code at}, if it was captured; returns by how much that has changed the sum of all. */
    long mend(int at, long change) {
        if (change == 0 || !has(at, 2)) {
            return 0;
        }
        int before = u16(at);
        int sum = (int) Math.floorMod((before ^ 0xFFFF) + change, 0xFFFFL);
        // Of the two zeros of ones' complement the sum of anything is the second.
        int mended = sum == 0 ? 0 : sum ^ 0xFFFF;
        octets[at] = (byte) (mended >>> 8);
        octets[at + 1] = (byte) mended;
        return (long) mended - before;
    }

    /** Mends the checksum of UDP, of which zero says that there is none. */
    long mendUdp(int at, long change) {
        if (!has(at, 2) || u16(at) == 0) {
            return 0;
        }
        int before = u16(at);
        mend(at, change);
        if (u16(at) == 0) {
            octets[at] = (byte) 0xFF;
            octets[at + 1] = (byte) 0xFF;
        }
        return (long) u16(at) - before;
    }
}
