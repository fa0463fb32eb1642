package dev.hairpin.model.offload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.offload.Checksums.Status;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What a NIC tells a guest of the checksums of a frame. Octets were made and summed by hand. */
class ChecksumsTest {
    private static final String ETHERNET = "020000000002 020000000001 ";

    /**
     * IPv4, 32 octets, TTL 64, UDP, 10.0.0.1 to 10.0.0.2: words 4500 0020 0001 0000 4011 0a00 0001 0a00 0002 sum to 9935, carries
     * added, so the checksum is 66ca.
     */
    private static final String IPV4 = "0800 4500 0020 0001 0000 4011 66ca 0a000001 0a000002 ";

    /**
     * Ports 1 and 2, 12 octets, payload 01020304. Pseudo-header 0a00 0001 0a00 0002 0011 000c, then 0001 0002 000c 0102 0304: the
     * sum is 1835, the checksum e7ca.
     */
    private static final String UDP = "0001 0002 000c e7ca 01020304";

    private static Status status(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex.replace(" ", ""));
        return status(octets, octets.length);
    }

    private static Status status(byte[] octets, int captured) {
        return new Checksums().status(Slab.of(octets), 0, captured, octets.length);
    }

    @Test
    void aDatagramWhoseSumsAreRightIsGood() {
        assertThat(status(ETHERNET + IPV4 + UDP)).isEqualTo(Status.GOOD);
        assertThat(status(ETHERNET + "8100 000a 88a8 0014" + IPV4 + UDP))
                .as("behind tags")
                .isEqualTo(Status.GOOD);
        assertThat(status(ETHERNET + IPV4 + UDP + "00000000"))
                .as("before padding")
                .isEqualTo(Status.GOOD);
    }

    @Test
    void oneWrongOctetMakesItBad() {
        assertThat(status(ETHERNET + IPV4 + UDP.replace("01020304", "01020305")))
                .isEqualTo(Status.BAD);
        assertThat(status(ETHERNET + IPV4.replace("4011", "3f11") + UDP))
                .as("IPv4's own")
                .isEqualTo(Status.BAD);
    }

    @Test
    void whatCannotBeCheckedIsNeither() {
        assertThat(status(ETHERNET + "0806 0001 0800 0604 0001")).as("ARP").isEqualTo(Status.NONE);
        assertThat(status(ETHERNET + IPV4 + UDP.replace("e7ca", "0000")))
                .as("none sent")
                .isEqualTo(Status.NONE);
        // More Fragments: the header's sum is less by 2000
        assertThat(status(ETHERNET + IPV4.replace("0001 0000", "0001 2000").replace("66ca", "46ca") + UDP))
                .as("a fragment")
                .isEqualTo(Status.NONE);
        // ICMP instead of UDP: the header's sum is less by 10
        assertThat(status(ETHERNET + IPV4.replace("4011 66ca", "4001 66da") + UDP))
                .as("ICMP")
                .isEqualTo(Status.NONE);
        byte[] whole = HexFormat.of().parseHex((ETHERNET + IPV4 + UDP).replace(" ", ""));
        for (int captured = 0; captured < whole.length; captured++) {
            assertThat(status(whole, captured))
                    .as("%d octets captured", captured)
                    .isEqualTo(Status.NONE);
        }
    }

    @Test
    void inIpv6TheTransportsSumIsOverItsAddresses() {
        // fd00::1 to fd00::2, UDP of 12 octets; fd00 0001 fd00 0002 0011 000c 0001 0002 000c 0102 0304 sum to fe36:
        // 01c9
        String ipv6 = "86dd 6000 0000 000c 1140 fd000000000000000000000000000001 fd000000000000000000000000000002 ";
        assertThat(status(ETHERNET + ipv6 + "0001 0002 000c 01c9 01020304")).isEqualTo(Status.GOOD);
        assertThat(status(ETHERNET + ipv6 + "0001 0002 000c 01ca 01020304")).isEqualTo(Status.BAD);
        assertThat(status(ETHERNET + ipv6 + "0001 0002 000c 0000 01020304"))
                .as("RFC 8200 8.1: must not be left out")
                .isEqualTo(Status.BAD);
    }
}
