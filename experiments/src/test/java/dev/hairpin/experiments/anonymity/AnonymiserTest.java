package dev.hairpin.experiments.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Frames whose addresses are mapped. */
class AnonymiserTest {
    private static final String SEED = "a seed";

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    private static byte[] mapped(byte[] frame) {
        byte[] copy = frame.clone();
        new Anonymiser(SEED).anonymise(copy);
        return copy;
    }

    private static int sum(byte[] octets, int from, int to) {
        int sum = 0;
        for (int at = from; at < to; at += 2) {
            sum += (octets[at] & 0xFF) << 8 | (at + 1 < to ? octets[at + 1] & 0xFF : 0);
        }
        return (sum & 0xFFFF) + (sum >>> 16);
    }

    /** An error that brings back a UDP packet: its addresses, and all four checksums, at both levels. */
    @Test
    void anIcmpErrorAndThePacketInItAreMappedAlikeAndTheirChecksumsHold() {
        byte[] frame = octets("""
                020000000001 020000000002 0800
                4500 0038 0000 0000 4001 0000  0a000001 0a000002
                0301 0000 00000000
                4500 001c 0000 0000 4011 0000  0a000002 0a000001
                0035 0035 0008 0000
                """);
        put(frame, 24, sum(frame, 14, 34) ^ 0xFFFF);
        put(frame, 52, sum(frame, 42, 62) ^ 0xFFFF);
        put(frame, 36, sum(frame, 34, 70) ^ 0xFFFF);
        byte[] mapped = mapped(frame);
        assertThat(sum(mapped, 14, 34)).as("IP").isEqualTo(0xFFFF);
        assertThat(sum(mapped, 42, 62)).as("IP within").isEqualTo(0xFFFF);
        assertThat(sum(mapped, 34, 70)).as("ICMP").isEqualTo(0xFFFF);
        assertThat(range(mapped, 26, 30)).isEqualTo(range(mapped, 58, 62)).isNotEqualTo(range(frame, 26, 30));
        assertThat(range(mapped, 30, 34)).isEqualTo(range(mapped, 54, 58)).isNotEqualTo(range(frame, 30, 34));
        assertThat(range(mapped, 62, 70)).as("ports").isEqualTo(range(frame, 62, 70));
    }

    @Test
    void arpTellsTheSameAddressesAsTheHeader() {
        byte[] frame = octets("""
                ffffffffffff 020000000002 0806
                0001 0800 06 04 0001 020000000002 0a000002 000000000000 0a000001
                """);
        byte[] mapped = mapped(frame);
        assertThat(range(mapped, 0, 6)).isEqualTo(range(frame, 0, 6));
        assertThat(range(mapped, 6, 12)).isEqualTo(range(mapped, 22, 28)).isNotEqualTo(range(frame, 6, 12));
        assertThat(range(mapped, 32, 38)).as("nobody").isEqualTo(new byte[6]);
        assertThat(range(mapped, 28, 32)).isNotEqualTo(range(frame, 28, 32));
    }

    @Test
    void aWrongChecksumStaysWrong() {
        byte[] frame = octets("""
                020000000001 020000000002 0800
                4500 0014 0000 0000 40ff 1234  0a000001 0a000002
                """);
        assertThat(sum(mapped(frame), 14, 34)).isEqualTo(sum(frame, 14, 34)).isNotEqualTo(0xFFFF);
    }

    @Test
    void aFrameThatWasCutIsMappedAsFarAsItGoes() {
        byte[] whole = octets("""
                020000000001 020000000002 86dd
                6000 0000 0020 3aff  20010db8000000000000000000000001 20010db8000000000000000000000002
                8700 0000 00000000 20010db8000000000000000000000002 0101 020000000002
                """);
        byte[] all = mapped(whole);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = mapped(range(whole, 0, length));
            assertThat(cut).hasSize(length);
            if (length >= 12) {
                assertThat(range(cut, 0, 12)).isEqualTo(range(all, 0, 12));
            }
            if (length > 14 + 8 && length < 14 + 24) {
                assertThat(range(cut, 22, length)).as("part of an address").containsOnly(0);
            }
        }
    }

    @Test
    void noOctetsAreTooStrange() {
        SplittableRandom random = new SplittableRandom(4711);
        byte[] types = octets("0800 0806 86dd 8100 88a8 8035");
        for (int i = 0; i < 2_000; i++) {
            byte[] frame = new byte[random.nextInt(120)];
            random.nextBytes(frame);
            if (frame.length > 54) {
                int type = 2 * random.nextInt(types.length / 2);
                frame[12] = types[type];
                frame[13] = types[type + 1];
                frame[14] = (byte) (frame[12] == 8 ? 0x45 : 0x60);
                frame[23] = (byte) random.nextInt(3);
                frame[20] = (byte) (random.nextBoolean() ? 58 : 0);
            }
            int length = frame.length;
            assertThat(mapped(frame)).hasSize(length);
        }
    }

    private static void put(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >>> 8);
        octets[at + 1] = (byte) value;
    }

    private static byte[] range(byte[] octets, int from, int to) {
        return Arrays.copyOfRange(octets, from, to);
    }
}
