package dev.hairpin.model.ring;

/**
 * The Toeplitz hash of receive side scaling: for each bit of the input that is set, the 32 bits of the key that begin at the
 * same place, all of them added without carry. Microsoft, "RSS hashing functions"; 82599 datasheet 7.1.2.8.1.
 *
 * <p>What an octet adds depends on its value and its position alone, so all of that is worked out once for a key. The hash of
 * an input in parts is that of the parts, added without carry.
 */
public final class Toeplitz {
    /** Of a key: as long as the longest input, two IPv6 addresses and two ports, and a window more. */
    public static final int KEY_OCTETS = 40;

    private static final int WINDOW_OCTETS = 4;
    private static final int VALUES = 256;

    /** By position and value of an octet. */
    private final int[] adds = new int[(KEY_OCTETS - WINDOW_OCTETS) * VALUES];

    /** @param key of {@link #KEY_OCTETS} octets */
    public Toeplitz(byte[] key) {
        if (key.length != KEY_OCTETS) {
            throw new IllegalArgumentException("a key of " + key.length + " octets, expected " + KEY_OCTETS);
        }
        for (int bit = 0; bit < 8 * (KEY_OCTETS - WINDOW_OCTETS); bit++) {
            int window = window(key, bit);
            int mask = 0x80 >>> (bit % 8);
            for (int value = 0; value < VALUES; value++) {
                if ((value & mask) != 0) {
                    adds[bit / 8 * VALUES + value] ^= window;
                }
            }
        }
    }

    private static int window(byte[] key, int bit) {
        long octets = 0;
        for (int octet = 0; octet <= WINDOW_OCTETS; octet++) {
            octets = (octets << 8) | (key[bit / 8 + octet] & 0xFF);
        }
        return (int) (octets >>> (8 - bit % 8));
    }

    /** The hash of four octets, which are the input from octet {@code position} on. */
    public int of(int octets, int position) {
        int table = position * VALUES;
        return adds[table + (octets >>> 24)]
                ^ adds[table + VALUES + (octets >>> 16 & 0xFF)]
                ^ adds[table + 2 * VALUES + (octets >>> 8 & 0xFF)]
                ^ adds[table + 3 * VALUES + (octets & 0xFF)];
    }
}
