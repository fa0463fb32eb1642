package dev.hairpin.model.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.testkit.Property;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verification suite of "RSS hashing functions" (Microsoft), which DPDK's {@code test_thash.c} holds itself against. */
class RssVectorsTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;

    private final Rss rss = new Rss(Rss.Settings.of(4));

    @ParameterizedTest
    @CsvSource({
        "66.9.149.187,   161.142.100.80, 2794,  1766,  323e8fc2, 51ccc178",
        "199.92.111.2,   65.69.140.83,   14230, 4739,  d718262a, c626b0ea",
        "24.19.198.95,   12.22.207.184,  12898, 38024, d2d0a5de, 5c2b394a",
        "38.27.205.30,   209.142.163.6,  48228, 2217,  82989176, afc7327f",
        "153.39.163.191, 202.188.127.2,  44251, 1303,  5d1809c5, 10e828a2",
    })
    void hashesIpv4(String source, String destination, int from, int to, String addresses, String ports) {
        byte[] tcp = ipv4(source, destination, from, to, TCP);
        assertThat(hash(tcp)).isEqualTo(hex(ports));
        assertThat(hash(ipv4(source, destination, from, to, ICMP))).isEqualTo(hex(addresses));
    }

    @ParameterizedTest
    @CsvSource({
        // 3ffe:2501:200:1fff::7 to 3ffe:2501:200:3::1
        "3ffe250102001fff0000000000000007, 3ffe2501020000030000000000000001, 2794,  1766,  2cc18cd5, 40207d3d",
        // 3ffe:501:8::260:97ff:fe40:efab to ff02::1
        "3ffe050100080000026097fffe40efab, ff020000000000000000000000000001, 14230, 4739,  0f0c461c, dde51bbf",
        // 3ffe:1900:4545:3:200:f8ff:fe21:67cf to fe80::200:f8ff:fe21:67cf
        "3ffe1900454500030200f8fffe2167cf, fe800000000000000200f8fffe2167cf, 44251, 38024, 4b61e985, 02d1feef",
    })
    void hashesIpv6(String source, String destination, int from, int to, String addresses, String ports) {
        assertThat(hash(ipv6(source, destination, from, to, TCP))).isEqualTo(hex(ports));
        assertThat(hash(ipv6(source, destination, from, to, ICMP))).isEqualTo(hex(addresses));
    }

    @Test
    void leavesPortsOfUdpOutUnlessTold() {
        byte[] udp = ipv4("66.9.149.187", "161.142.100.80", 2794, 1766, UDP);
        assertThat(hash(udp)).isEqualTo(0x323e8fc2L);
        Rss told = new Rss(new Rss.Settings(Rss.KEY, List.of(0), true));
        assertThat(told.hash(burst(udp, udp.length), 0)).isEqualTo(0x51ccc178L);
    }

    @Test
    void hashesAFragmentByItsAddresses() {
        byte[] first = ipv4("66.9.149.187", "161.142.100.80", 2794, 1766, TCP);
        // Flags and offset: 0x2000, more fragments; 0x00b9, not the first; 0x4000, do not fragment
        first[14 + 6] = 0x20;
        assertThat(hash(first)).isEqualTo(0x323e8fc2L);
        first[14 + 6] = 0x00;
        first[14 + 7] = (byte) 0xb9;
        assertThat(hash(first)).isEqualTo(0x323e8fc2L);
        first[14 + 6] = 0x40;
        first[14 + 7] = 0;
        assertThat(hash(first)).isEqualTo(0x51ccc178L);
    }

    @Test
    void findsThePortsBehindOptionsOfIpv4() {
        byte[] plain = ipv4("66.9.149.187", "161.142.100.80", 2794, 1766, TCP);
        byte[] optioned = new byte[plain.length + 4];
        System.arraycopy(plain, 0, optioned, 0, 34);
        System.arraycopy(plain, 34, optioned, 38, plain.length - 34);
        // Header of 6 words
        optioned[14] = 0x46;
        assertThat(hash(optioned)).isEqualTo(0x51ccc178L);
    }

    @Test
    void hashesAddressesWhereTheCaptureEndsBeforeThePortsAndNothingWhereItEndsBeforeThem() {
        byte[] tcp = ipv4("66.9.149.187", "161.142.100.80", 2794, 1766, TCP);
        assertThat(rss.hash(burst(tcp, 14 + 20 + 3), 0)).isEqualTo(0x323e8fc2L);
        assertThat(rss.hash(burst(tcp, 14 + 19), 0)).isEqualTo(Rss.NO_HASH);
        assertThat(rss.ring(burst(tcp, 14 + 19), 0)).isZero();
    }

    @Test
    void looksBehindOneTagAndNoMore() {
        byte[] tcp = ipv4("66.9.149.187", "161.142.100.80", 2794, 1766, TCP);
        byte[] tagged = tagged(tcp);
        assertThat(hash(tagged)).isEqualTo(0x51ccc178L);
        assertThat(hash(tagged(tagged))).isEqualTo(Rss.NO_HASH);
    }

    @Test
    void seesTheTagsThatTheFrameHasWhereItArrives() {
        byte[] twice = tagged(tagged(ipv4("66.9.149.187", "161.142.100.80", 2794, 1766, TCP)));
        BurstBuilder builder = new BurstBuilder(1);
        long stripped = TagChange.apply(TagChange.POP, 0);
        builder.add(burst(twice, twice.length), 0, 0, 0, stripped);
        assertThat(rss.hash(builder.build(), 0)).isEqualTo(0x51ccc178L);
    }

    @Test
    void takesTheRingFromTheTableByTheLowestBits() {
        byte[] tcp = ipv4("66.9.149.187", "161.142.100.80", 2794, 1766, TCP);
        // 0x51ccc178 & 0x7f = 120
        List<Integer> table = IntStream.range(0, 128)
                .map(entry -> entry == 120 ? 3 : 0)
                .boxed()
                .toList();
        assertThat(new Rss(new Rss.Settings(Rss.KEY, table, false)).ring(burst(tcp, tcp.length), 0))
                .isEqualTo(3);
        assertThat(rss.ring(burst(tcp, tcp.length), 0)).isEqualTo(120 % 4);
    }

    @Test
    void sendsWhatIsNoIpToRing0() {
        byte[] arp = ipv4("66.9.149.187", "161.142.100.80", 2794, 1766, TCP);
        arp[13] = 0x06;
        Rss all3 = new Rss(new Rss.Settings(Rss.KEY, Collections.nCopies(128, 3), false));
        assertThat(all3.hash(burst(arp, arp.length), 0)).isEqualTo(Rss.NO_HASH);
        assertThat(all3.ring(burst(arp, arp.length), 0)).isZero();
    }

    @Test
    void takesAnyOctets() {
        Property.forAll(2_000, dice -> {
            byte[] octets = dice.octets(dice.between(0, 80));
            if (octets.length > 14) {
                octets[12] = (byte) dice.pick(0x08, 0x86, 0x81);
                octets[13] = (byte) dice.pick(0x00, 0xDD, 0x00);
            }
            Burst burst = burst(octets, octets.length);
            assertThat(rss.hash(burst, 0)).isBetween(Rss.NO_HASH, 0xFFFF_FFFFL);
            assertThat(rss.ring(burst, 0)).isBetween(0, 3);
        });
    }

    @Test
    void hashesAsTheDefinitionHasItBitByBit() {
        Property.forAll(300, dice -> {
            byte[] key = dice.octets(Toeplitz.KEY_OCTETS);
            byte[] input = dice.octets(4 * dice.between(1, 9));
            Toeplitz toeplitz = new Toeplitz(key);
            int hash = 0;
            for (int at = 0; at < input.length; at += 4) {
                hash ^= toeplitz.of(Slab.of(input).i32(at), at);
            }
            assertThat(hash).isEqualTo(byDefinition(key, input));
        });
    }

    @Test
    void refusesKeysAndTablesThatNoDeviceHas() {
        assertThatThrownBy(() -> new Rss.Settings("6d5a", List.of(0), false)).hasMessageContaining("80 hexadecimal");
        assertThatThrownBy(() -> new Rss.Settings(Rss.KEY, List.of(0, 1, 2), false))
                .hasMessageContaining("3 entries");
    }

    private static int byDefinition(byte[] key, byte[] input) {
        BigInteger all = new BigInteger(1, key);
        int hash = 0;
        for (int bit = 0; bit < 8 * input.length; bit++) {
            if ((input[bit / 8] & (0x80 >>> (bit % 8))) != 0) {
                hash ^= all.shiftRight(8 * key.length - 32 - bit).intValue();
            }
        }
        return hash;
    }

    private long hash(byte[] frame) {
        return rss.hash(burst(frame, frame.length), 0);
    }

    static Burst burst(byte[] frame, int captured) {
        BurstBuilder builder = new BurstBuilder(1);
        EthernetHeader.read(Slab.of(frame), 0, captured, Math.max(60, frame.length), 0, 1, 0, builder);
        return builder.build();
    }

    /** 12 octets of addresses, then 81 00 00 05. */
    private static byte[] tagged(byte[] frame) {
        byte[] tagged = new byte[frame.length + 4];
        System.arraycopy(frame, 0, tagged, 0, 12);
        tagged[12] = (byte) 0x81;
        tagged[15] = 5;
        System.arraycopy(frame, 12, tagged, 16, frame.length - 12);
        return tagged;
    }

    static byte[] ipv4(String source, String destination, int from, int to, int protocol) {
        // Version 4, 5 words; total length 40; TTL 64; no checksum
        String header = "45000028" + "00010000" + "40" + HexFormat.of().toHexDigits((byte) protocol) + "0000";
        return frame("0800", header + dotted(source) + dotted(destination), from, to);
    }

    private static byte[] ipv6(String source, String destination, int from, int to, int protocol) {
        // Version 6; payload of 20; next header; hop limit 64
        String header = "60000000" + "0014" + HexFormat.of().toHexDigits((byte) protocol) + "40";
        return frame("86dd", header + source + destination, from, to);
    }

    private static byte[] frame(String etherType, String header, int from, int to) {
        String ports = HexFormat.of().toHexDigits((short) from) + HexFormat.of().toHexDigits((short) to);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(HexFormat.of()
                .parseHex("020000000002" + "020000000001" + etherType + header + ports + "0000000000000000"));
        return frame.toByteArray();
    }

    private static String dotted(String address) {
        StringBuilder hex = new StringBuilder();
        for (String part : address.split("\\.", -1)) {
            hex.append(HexFormat.of().toHexDigits((byte) Integer.parseInt(part)));
        }
        return hex.toString();
    }

    private static long hex(String word) {
        return Long.parseLong(word, 16);
    }
}
