package dev.hairpin.model.mailbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message of the mailbox: word 0 says what it is, the others are its payload (ixgbe {@code ixgbe_mbx.h}, igbvf {@code
 * mbx.h}).
 */
@SuppressWarnings("ArrayRecordComponent") // words, compared by value below
public record Message(int[] words) {
    /** In a reply's word 0: granted. */
    public static final int ACK = 0x8000_0000;
    /** In a reply's word 0: refused. */
    public static final int NACK = 0x4000_0000;
    /** In a reply's word 0: the virtual function may send; it was reset. */
    public static final int CTS = 0x2000_0000;

    /** Multicast hashes that a virtual function keeps; what it sends beyond is left out in silence. */
    public static final int HASHES = 30;

    private static final int INFO_SHIFT = 16;

    /** What is asked for. The number is that of word 0's lower half. */
    public enum Verb {
        RESET(0x01),
        SET_MAC_ADDR(0x02),
        SET_MULTICAST(0x03),
        SET_VLAN(0x04),
        SET_LPE(0x05),
        /** To igb it is SET_PROMISC. */
        SET_MACVLAN(0x06),
        API_NEGOTIATE(0x08),
        GET_QUEUES(0x09),
        GET_RETA(0x0a),
        GET_RSS_KEY(0x0b),
        UPDATE_XCAST_MODE(0x0c),
        IPSEC_ADD(0x0d),
        IPSEC_DEL(0x0e),
        GET_LINK_STATE(0x10),
        GET_PF_LINK_STATE(0x11),
        FEATURES_NEGOTIATE(0x12),
        /** From the physical function: a ping. */
        PF_CONTROL(0x0100),
        /** None that is known. */
        UNKNOWN(-1);

        private static final List<Verb> ALL = List.of(values());

        private final int number;

        Verb(int number) {
            this.number = number;
        }

        static Verb of(int number) {
            return ALL.stream()
                    .filter(type -> type.number == number)
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }

    public Message {
        if (words.length == 0 || words.length > Mailbox.WORDS) {
            throw new IllegalArgumentException("a message of " + words.length + " words");
        }
    }

    /** A request with what goes into bits 23:16 of word 0, and its payload. */
    public static Message of(Verb type, int info, int... payload) {
        int[] words = new int[1 + payload.length];
        words[0] = type.number | (info << INFO_SHIFT);
        System.arraycopy(payload, 0, words, 1, payload.length);
        return new Message(words);
    }

    /** Hashes of group addresses, of 16 bits and {@link #HASHES} at most: two a word, the lower half first. */
    public static Message ofHashes(List<Integer> hashes) {
        int[] words = new int[(hashes.size() + 1) / 2];
        for (int i = 0; i < hashes.size(); i++) {
            words[i / 2] |= hashes.get(i) << (16 * (i % 2));
        }
        return of(Verb.SET_MULTICAST, hashes.size(), words);
    }

    /** The hashes that {@link #ofHashes} has put there. */
    List<Integer> hashes() {
        List<Integer> hashes = new ArrayList<>();
        for (int i = 0; i < Math.min(info(), HASHES); i++) {
            hashes.add(word(1 + i / 2) >>> (16 * (i % 2)) & 0xffff);
        }
        return hashes;
    }

    /** A request that carries an address, whose first octet is the lowest of word 1. */
    public static Message ofMac(Verb type, int info, long mac) {
        return of(type, info, lower(mac), upper(mac));
    }

    public Verb verb() {
        return Verb.of(words[0] & 0xffff);
    }

    /** Bits 23:16 of word 0. */
    public int info() {
        return words[0] >>> INFO_SHIFT & 0xff;
    }

    /** A word of the payload, from 1; zero behind its end. */
    public int word(int number) {
        return number < words.length ? words[number] : 0;
    }

    /** The address in words 1 and 2. */
    public long mac() {
        long mac = 0;
        for (int octet = 0; octet < 6; octet++) {
            int word = word(1 + octet / 4);
            mac = (mac << 8) | (word >>> (8 * (octet % 4)) & 0xff);
        }
        return mac;
    }

    /** Whether it is an answer, which nobody answers. */
    public boolean isReply() {
        return (words[0] & (ACK | NACK)) != 0;
    }

    /** Whether it grants what was asked. */
    public boolean granted() {
        return (words[0] & ACK) != 0;
    }

    /** The physical function's ping. Without CTS it tells the virtual one to reset itself. */
    public static Message ping(boolean clearToSend) {
        Message ping = of(Verb.PF_CONTROL, 0);
        ping.words[0] |= clearToSend ? CTS : 0;
        return ping;
    }

    /** Whether the virtual function may send. */
    public boolean isClearToSend() {
        return (words[0] & CTS) != 0;
    }

    /** The answer to this: {@link #ACK} or {@link #NACK}, with a payload. */
    Message answer(int verdict, int... payload) {
        Message answer = of(Verb.UNKNOWN, 0, payload);
        answer.words[0] = words[0] | verdict | CTS;
        return answer;
    }

    static int lower(long mac) {
        return Integer.reverseBytes((int) (mac >>> 16));
    }

    static int upper(long mac) {
        return (int) (mac >>> 8 & 0xff) | (int) (mac & 0xff) << 8;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return verb() + "/" + info() + Arrays.toString(words);
    }
}
