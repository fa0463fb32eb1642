package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import dev.hairpin.model.frame.Slab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FrameFilterTest {
    private static final byte[] ARP_IN_VLAN_10 = Hex.octets("""
            ffffffffffff 020000000001
            8100 000a           # VLAN 10
            0806                # ARP
            0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002
            """);

    private static final byte[] IP_IN_VLAN_10 = Hex.octets("""
            020000000002 020000000001
            8100 000a           # VLAN 10
            0800                # IPv4
            45 00 0014 0000 0000 40 11 0000 0a000001 0a000002
            """);

    @Test
    void acceptsWhatTheExpressionSays() {
        available();
        try (FrameFilter filter = FrameFilter.compile("vlan 10 and not arp")) {
            assertThat(accepts(filter, IP_IN_VLAN_10)).isTrue();
            assertThat(accepts(filter, ARP_IN_VLAN_10)).isFalse();
        }
        try (FrameFilter filter = FrameFilter.compile("ether broadcast")) {
            assertThat(accepts(filter, IP_IN_VLAN_10)).isFalse();
            assertThat(accepts(filter, ARP_IN_VLAN_10)).isTrue();
        }
        try (FrameFilter filter = FrameFilter.compile("")) {
            assertThat(accepts(filter, new byte[0])).isTrue();
        }
    }

    @Test
    void lengthsAreThoseOnTheWire() {
        available();
        try (FrameFilter filter = FrameFilter.compile("greater 100")) {
            Slab slab = Slab.of(IP_IN_VLAN_10);
            assertThat(filter.accepts(slab, 0, 38, 100)).isTrue();
            assertThat(filter.accepts(slab, 0, 38, 99)).isFalse();
        }
    }

    @Test
    void aFrameMayBeLongerThanTheFirstBuffer() {
        available();
        try (FrameFilter filter = FrameFilter.compile("ether[100000] = 7")) {
            byte[] frame = new byte[100_001];
            frame[100_000] = 7;
            assertThat(accepts(filter, frame)).isTrue();
            assertThat(accepts(filter, new byte[14])).isFalse();
        }
    }

    @Test
    void aWrongExpressionIsToldInTheWordsOfLibpcap() {
        available();
        assertThatThrownBy(() -> FrameFilter.compile("vlan and and"))
                .isInstanceOf(FilterInvalid.class)
                .hasMessageContaining("filter \"vlan and and\": ")
                .hasMessageContaining("syntax error");
    }

    @Test
    void withoutLibpcapItSaysWhatToInstall() throws IOException, InterruptedException {
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
        assertThat(output).contains("first: --filter needs libpcap", "second: --filter needs libpcap", "Ethernet");
    }

    /** Run on its own, where libpcap is not found. */
    static final class WithoutLibpcap {
        private WithoutLibpcap() {}

        public static void main(String[] arguments) {
            for (String attempt : new String[] {"first", "second"}) {
                try {
                    FrameFilter.compile("arp").close();
                } catch (FilterUnavailable expected) {
                    System.out.println(attempt + ": " + expected.getMessage());
                }
            }
            System.out.println(Dissection.dissect(ARP_IN_VLAN_10));
        }
    }

    private static void available() {
        assumeThatCode(() -> FrameFilter.compile("arp").close())
                .as("libpcap is not installed")
                .doesNotThrowAnyException();
    }

    private static boolean accepts(FrameFilter filter, byte[] frame) {
        return filter.accepts(Slab.of(frame), 0, frame.length, frame.length);
    }
}
