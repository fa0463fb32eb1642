package dev.hairpin.model.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions mean, on literal frames. */
class FrameMatchTest {
    private static final String ADDRESSES = "020000000002 020000000001";

    /** TCP, 10.0.0.1:1024 to 10.0.0.2:80, SYN. */
    private static final String TCP_SYN = """
            0800
            45 00 0028 0001 4000 40 06 0000 0a000001 0a000002
            0400 0050 00000001 00000000 50 02 ffff 0000 0000""";

    /** The second fragment of a UDP datagram, with 0035 where a port would be. */
    private static final String LATER_FRAGMENT = """
            0800
            45 00 0020 0001 0010 40 11 0000 0a000001 0a000002
            0035 0035 0000 0000 00000000""";

    /** UDP to port 53, behind an IPv4 header with four octets of options. */
    private static final String UDP_WITH_OPTIONS = """
            0800
            46 00 0020 0001 0000 40 11 0000 0a000001 0a000002 01010101
            0400 0035 0008 0000""";

    private static final String ARP = """
            0806
            0001 0800 06 04 0001 020000000001 c0a80101 000000000000 c0a80102""";

    private static final String TCP_IN_IPV6 = """
            86dd
            60000000 0014 06 40
            20010db8000000000000000000000001 20010db8000000000000000000000002
            0400 0050 00000001 00000000 50 02 ffff 0000 0000""";

    /** A fragment header between, of the first fragment. */
    private static final String TCP_IN_IPV6_FRAGMENT = """
            86dd
            60000000 001c 2c 40
            20010db8000000000000000000000001 20010db8000000000000000000000002
            06 00 0001 00000001
            0400 0050 00000001 00000000 50 02 ffff 0000 0000""";

    private static final String BPDU = "0026 42 42 03 0000 00 00";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "tcp port 80",
                "tcp dst port 80 and src port 1024",
                "host 10.0.0.1",
                "src 10.0.0.1 and dst 10.0.0.2",
                "src or dst host 10.0.0.2",
                "not src and dst host 10.0.0.1",
                "net 10",
                "net 10.0.0.0/24",
                "net 10.0 mask 255.255",
                "dst net 10.0.0.0/8",
                "ip proto 6",
                "ip proto \\tcp",
                "proto (6 or 17)",
                "port http and not port https",
                "portrange 79-81",
                "portrange 81-79",
                "tcp portrange http-https",
                "tcp[tcpflags] & tcp-syn != 0",
                "tcp[tcpflags] & (tcp-syn | tcp-ack) = tcp-syn",
                "ip[0] & 0xf = 5",
                "ip[2:2] = len - 14",
                "ip[12:4] = 0x0a000001",
                "ether[12:2] = 0x800",
                "ether[6:4] = 0x02000000 and ether[10:4] = 0x00010800",
                "ether src 02:00:00:00:00:01",
                "ether host 02-0-0-0-0-2",
                "ether host 2.0.00.0.0.02",
                "ether host 0200.0000.0002",
                "ether host 020000000002",
                "less 54 and greater 54",
                "len = 54",
                "byte 14 = 0x45",
                "not broadcast and not multicast",
                "tcp[2:2] + 5 * 2 = 90",
                "1 << 6 = tcp[2:2] - 16",
                "-1 = 0xffffffff",
                "`",
            })
    void matchesTcp(String expression) {
        assertThat(matches(expression == null ? "" : expression, TCP_SYN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "udp",
                "port 443",
                "tcp src port 80",
                "host 10.0.0.3",
                "src and dst host 10.0.0.1",
                "arp",
                "ip6",
                "vlan",
                "ip multicast",
                "net 10.1",
                "tcp[tcpflags] & tcp-ack != 0",
                "greater 55",
                "less 53",
                "ip[100] = 0",
                "not ip[100] = 0",
            })
    void doesNotMatchTcp(String expression) {
        assertThat(matches(expression, TCP_SYN)).isFalse();
    }

    @Test
    void aHostIsAlsoThatOfArp() {
        assertThat(matches("host 192.168.1.1", ARP)).isTrue();
        assertThat(matches("arp dst host 192.168.1.2", ARP)).isTrue();
        assertThat(matches("ip host 192.168.1.1", ARP)).isFalse();
        assertThat(matches("arp[6:2] = 1", ARP)).isTrue();
    }

    @Test
    void portsAreOfFirstFragmentsOnly() {
        assertThat(matches("udp", LATER_FRAGMENT)).isTrue();
        assertThat(matches("port 53", LATER_FRAGMENT)).isFalse();
        assertThat(matches("udp[0:2] = 53", LATER_FRAGMENT)).isFalse();
    }

    @Test
    void portsAreBehindTheOptions() {
        assertThat(matches("udp dst port 53", UDP_WITH_OPTIONS)).isTrue();
        assertThat(matches("udp[2:2] = 53", UDP_WITH_OPTIONS)).isTrue();
        assertThat(matches("port domain", UDP_WITH_OPTIONS)).isTrue();
    }

    @Test
    void headersOfIpv6AreNotFollowedExceptOneOfAFragment() {
        assertThat(matches("tcp port 80", TCP_IN_IPV6)).isTrue();
        assertThat(matches("tcp", TCP_IN_IPV6_FRAGMENT)).isTrue();
        assertThat(matches("tcp port 80", TCP_IN_IPV6_FRAGMENT)).isFalse();
        assertThat(matches("host 2001:db8::1 and net 2001:db8::/32", TCP_IN_IPV6))
                .isTrue();
        assertThat(matches("dst host 2001:db8::1", TCP_IN_IPV6)).isFalse();
        assertThat(matches("tcp[0:2] = 1024", TCP_IN_IPV6)).isFalse();
    }

    @Test
    void aLengthInsteadOfAnEtherTypeIsThatOfLlc() {
        assertThat(matches("stp", BPDU)).isTrue();
        assertThat(matches("llc ui", BPDU)).isTrue();
        assertThat(matches("ether proto 0x42", BPDU)).isTrue();
        assertThat(matches("ether proto \\stp", BPDU)).isTrue();
        assertThat(matches("ether[12:2] <= 1500", BPDU)).isTrue();
        assertThat(matches("stp", TCP_SYN)).isFalse();
    }

    /** Linear: what comes after {@code vlan} is behind the tag, wherever it stands. */
    @ParameterizedTest
    @CsvSource({
        "vlan, true",
        "vlan 10, true",
        "vlan 11, false",
        "vlan 10 and arp, true",
        "arp and vlan 10, false",
        "arp, false",
        "ether proto 0x8100, true",
        "vlan 10 and host 192.168.1.1, true",
        "vlan and vlan, false",
        "vlan or arp, true",
        "not vlan 10 and arp, false",
        "(vlan 11 or vlan 12) or arp, false",
        "vlan 11 or arp, true",
        "vlan 10 and ether[14:2] = 10, true",
        "vlan 10 and ether dst 02:00:00:00:00:02, true",
        "vlan 10 and not arp, false",
    })
    void vlanMovesTheRest(String expression, boolean expected) {
        assertThat(matches(expression, "8100 000a " + ARP)).isEqualTo(expected);
    }

    @Test
    void theSecondVlanIsWithinTheFirst() {
        String nested = "88a8 0064 8100 0014 " + TCP_SYN;
        assertThat(matches("vlan 100 and vlan 20 and tcp port 80", nested)).isTrue();
        assertThat(matches("vlan 20 and vlan 100", nested)).isFalse();
        assertThat(matches("vlan 100 and tcp", nested)).isFalse();
        assertThat(matches("vlan 5 or vlan 20", "9100 0064 8100 0014 " + TCP_SYN))
                .isTrue();
    }

    /** Reading behind the capture's end, and dividing by zero, reject whatever is around. */
    @Test
    void aFrameThatEndsEarlyIsRejected() {
        byte[] octets = octets(TCP_SYN);
        byte[] header = Arrays.copyOf(octets, 20);
        assertThat(matches("ip", header)).isTrue();
        assertThat(matches("tcp", header)).isFalse();
        assertThat(matches("not tcp", header)).isFalse();
        assertThat(matches("tcp or ip", header)).isFalse();
        assertThat(matches("ip or tcp", header)).isTrue();
        assertThat(matches("not arp", Arrays.copyOf(octets, 13))).isFalse();
        assertThat(matches("ether dst 02:00:00:00:00:02", Arrays.copyOf(octets, 6)))
                .isTrue();
        assertThat(matches("not ether dst 02:00:00:00:00:02", Arrays.copyOf(octets, 5)))
                .isFalse();
        assertThat(matches("not ether src 02:00:00:00:00:02", Arrays.copyOf(octets, 12)))
                .isTrue();
        assertThat(matches("len >= 0", new byte[0])).isTrue();
        assertThat(matches("not 1 / ip[1] = 1", octets)).isFalse();
        assertThat(matches("ether[4294967295] = 1 or ip", octets)).isFalse();
    }

    @Test
    void lengthsAreThoseOnTheWire() {
        Slab slab = Slab.of(octets(ARP));
        FrameMatch greater = FrameMatch.compile("greater 100");
        assertThat(greater.matches(slab, 0, 42, 100)).isTrue();
        assertThat(greater.matches(slab, 0, 42, 99)).isFalse();
    }

    @Test
    void aFrameMayBeginAnywhereInTheSlab() {
        byte[] frame = octets(TCP_SYN);
        byte[] octets = new byte[7 + frame.length + 9];
        System.arraycopy(frame, 0, octets, 7, frame.length);
        FrameMatch match = FrameMatch.compile("tcp port 80 and ether src 02:00:00:00:00:01");
        assertThat(match.matches(Slab.of(octets), 7, frame.length, frame.length))
                .isTrue();
        assertThat(FrameMatch.compile("ether[54] = 0").matches(Slab.of(octets), 7, frame.length, frame.length))
                .isFalse();
    }

    @Test
    void aBroadcastOfIpNeedsTheNetmask() {
        byte[] octets = octets(TCP_SYN.replace("0a000002", "0a0000ff"));
        assertThat(FrameMatch.compile("ip broadcast", 0xFFFF_FF00)
                        .matches(Slab.of(octets), 0, octets.length, octets.length))
                .isTrue();
        assertThat(FrameMatch.compile("ip broadcast", 0xFFFF_0000)
                        .matches(Slab.of(octets), 0, octets.length, octets.length))
                .isFalse();
    }

    /** A tag put on in the columns is part of the frame, although the slab has none. */
    @Test
    void aTagPutOnIsSeen() {
        Slab slab = Slab.of(octets(TCP_SYN));
        Burst burst = row(VlanTag.of(VlanTag.TPID_C, 10), 0x0800, 54, 58);
        assertThat(FrameMatch.compile("vlan 10 and tcp port 80 and len = 58").matches(burst, 0, slab))
                .isTrue();
        assertThat(FrameMatch.compile("ether[12:4] = 0x8100000a and ether[15:4] = 0x0a080045")
                        .matches(burst, 0, slab))
                .isTrue();
        assertThat(FrameMatch.compile("tcp port 80").matches(burst, 0, slab)).isFalse();
        assertThat(FrameMatch.compile("ether[57] = 0").matches(burst, 0, slab)).isTrue();
        assertThat(FrameMatch.compile("ether[58] = 0").matches(burst, 0, slab)).isFalse();
    }

    /** A tag taken off is not, although the slab still has it. */
    @Test
    void aTagTakenOffIsNotSeen() {
        Slab slab = Slab.of(octets("8100 000a " + TCP_SYN));
        Burst burst = row(VlanTag.NONE, 0x0800, 58, 54);
        assertThat(FrameMatch.compile("tcp port 80 and not vlan").matches(burst, 0, slab))
                .isTrue();
        assertThat(FrameMatch.compile("ether[53] = 0").matches(burst, 0, slab)).isTrue();
        assertThat(FrameMatch.compile("ether[54] = 0").matches(burst, 0, slab)).isFalse();
    }

    @Test
    void theColumnsAreEnoughForTheHeader() {
        Burst burst = row(VlanTag.of(VlanTag.TPID_C, 10), 0x0806, 0, 64);
        Slab nothing = Slab.of(new byte[0]);
        assertThat(FrameMatch.compile("vlan 10 and arp and ether src 02:00:00:00:00:01 and not multicast")
                        .matches(burst, 0, nothing))
                .isTrue();
        assertThat(FrameMatch.compile("vlan 10 and not arp").matches(burst, 0, nothing))
                .isFalse();
        assertThat(FrameMatch.compile("vlan 10 and arp[0] = 0").matches(burst, 0, nothing))
                .isFalse();
    }

    private static Burst row(int tag, int etherType, int captured, int length) {
        BurstBuilder rows = new BurstBuilder(1);
        rows.add(0, 1, 0x0200_0000_0002L, 0x0200_0000_0001L, tag, etherType, 0, captured, length, 0);
        return rows.build();
    }

    private static boolean matches(String expression, String behindAddresses) {
        return matches(expression, octets(behindAddresses));
    }

    /** From the columns and from the octets, which must agree. */
    private static boolean matches(String expression, byte[] frame) {
        Slab slab = Slab.of(frame);
        BurstBuilder rows = new BurstBuilder(1);
        EthernetHeader.read(slab, 0, frame.length, frame.length, 0, 1, 0, rows);
        FrameMatch match = FrameMatch.compile(expression);
        boolean verdict = match.matches(slab, 0, frame.length, frame.length);
        assertThat(match.matches(rows.build(), 0, slab)).as("from the columns").isEqualTo(verdict);
        return verdict;
    }

    private static byte[] octets(String behindAddresses) {
        return HexFormat.of().parseHex((ADDRESSES + behindAddresses).replaceAll("\\s", ""));
    }
}
