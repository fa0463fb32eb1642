package dev.hairpin.model.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContradictionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip and arp",
                "tcp and udp",
                "ip and not ip",
                "not (ip or not ip)",
                "vlan 10 and arp and ip",
                "less 50 and greater 60",
                "len = 5 and len != 5",
                "tcp src port 80 and src port 81",
                "portrange 1-10 and portrange 20-30 and not ip and not ip6",
                "src host 10.0.0.1 and src host 10.0.0.2 and ip",
                "ether dst 1:2:3:4:5:6 and ether dst 1:2:3:4:5:7",
                "broadcast and ether dst 1:2:3:4:5:7",
                "5 = 6",
                "stp and arp",
                "ip and (arp or ip6)",
                "ip[0] > ip[1] and not ip[0] > ip[1]",
            })
    void isFound(String expression) {
        assertThat(FrameMatch.compile(expression).neverMatches()).isTrue();
    }

    /** The second is looked for within the first. */
    @Test
    void thereIsNoneInNestedTags() {
        assertThat(FrameMatch.compile("vlan 10 and vlan 20").neverMatches()).isFalse();
        assertThat(FrameMatch.compile("vlan and not vlan").neverMatches()).isFalse();
        assertThat(FrameMatch.compile("vlan 10 and vlan 20 and arp and ip").neverMatches())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ip or arp",
                "port 80 and port 443",
                "host 10.0.0.1 and host 10.0.0.2",
                "tcp or udp and not port 80",
                "less 60 and greater 60",
                "not (ip and arp)",
                "net 10 and net 192.168",
                "vlan 10 and not arp",
                "ip[0] & 1 = 1 and ip[0] & 2 = 0",
            })
    void thereIsNone(String expression) {
        assertThat(FrameMatch.compile(expression).neverMatches()).isFalse();
    }

    @Test
    void theSearchEnds() {
        String many = "(port 80 or port 81 or port 82) and ".repeat(40) + "ip and arp";
        assertThat(FrameMatch.compile(many).neverMatches()).isFalse();
        assertThat(FrameMatch.compile("len > 5 and ".repeat(5_000) + "ip").neverMatches())
                .isFalse();
    }
}
