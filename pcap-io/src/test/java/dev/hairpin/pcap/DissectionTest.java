package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DissectionTest {
    private static final byte[] UDP_IN_TWO_TAGS = Hex.octets("""
            020000000002 020000000001
            88a8 601e           # S-TAG, priority 3, VLAN 30
            8100 000a           # C-TAG, VLAN 10
            0800                # IPv4
            45 00 0021 0000 0000 40 11 0000 0a000001 0a000002
            1389 0035 000d 0000 0102030405
            """);

    @Test
    void tellsOneLineForEachLayer() {
        List<String> lines = Dissection.dissect(UDP_IN_TWO_TAGS);
        assertThat(lines)
                .startsWith(
                        "Ethernet 02:00:00:00:00:01 > 02:00:00:00:00:02, EtherType 0x88a8 S-TAG",
                        "VLAN 30, priority 3, EtherType 0x8100 C-TAG",
                        "VLAN 10, priority 0, EtherType 0x0800 IPv4",
                        "IPv4 10.0.0.1 > 10.0.0.2, 17 UDP, length 33, TTL 64",
                        "UDP 5001 > 53, length 13");
    }

    @Test
    void whatIsNotKnownIsShownAsOctets() {
        assertThat(Dissection.dissect(Hex.octets("0180c200000e 020000000001 88cc 020704")))
                .containsExactly(
                        "Ethernet 02:00:00:00:00:01 > 01:80:c2:00:00:0e, EtherType 0x88cc LLDP",
                        "data, 3 octets: 02 07 04");
    }

    @Test
    void aFrameCutBeforeItsEtherTypeIsShownAsOctets() {
        assertThat(Dissection.dissect(Hex.octets("0180c2"))).containsExactly("Ethernet, cut, 3 octets: 01 80 c2");
        assertThat(Dissection.dissect(new byte[0])).containsExactly("Ethernet, cut, 0 octets");
    }

    @Test
    void anyOctetsGetAnAnswer() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            byte[] frame = Arrays.copyOf(UDP_IN_TWO_TAGS, random.nextInt(2 * UDP_IN_TWO_TAGS.length));
            for (int change = random.nextInt(8); change > 0 && frame.length > 0; change--) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            assertThat(Dissection.dissect(frame)).isNotEmpty().doesNotContainNull();
        }
    }

    @Test
    void tagsNestedWithoutEndGetAnAnswer() {
        byte[] frame = new byte[1 << 20];
        for (int at = 12; at + 4 <= frame.length; at += 4) {
            frame[at] = (byte) 0x81;
        }
        assertThat(Dissection.dissect(frame)).isNotEmpty().hasSizeLessThanOrEqualTo(32);
    }

    @Test
    void needsNoLibpcap() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.pcap4j.core.pcapLibName=/none/libpcap.so",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutLibpcap.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(output).contains("UDP 5001 > 53, length 13");
    }

    /** Run on its own, where libpcap is not found. */
    static final class WithoutLibpcap {
        private WithoutLibpcap() {}

        public static void main(String[] arguments) {
            System.out.println(Dissection.dissect(UDP_IN_TWO_TAGS));
        }
    }
}
