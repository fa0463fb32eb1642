package dev.hairpin.experiments.placement;

import static dev.hairpin.experiments.placement.Frames.frame;
import static dev.hairpin.experiments.placement.Frames.mac;
import static dev.hairpin.experiments.placement.Frames.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.placement.Vantage.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CaptureSurveyTest {
    private static final String LINK_LOCAL = "fe80000000000000 020000fffe000001";
    private static final String GLOBAL = "20010db800000001 00000000000abcde";
    private static final String ALL_NODES = "ff02000000000000 0000000000000001";

    @TempDir
    private Path folder;

    private Station only(byte[]... frames) {
        return new CaptureMaker().add(frames).survey(folder).stations().get(0);
    }

    private static Frames sent() {
        return frame().from(station(1));
    }

    @Test
    void takesAStationThatOnlyTalksForAHost() {
        Station host = only(
                sent().arp(1, "10.0.0.1", "10.0.0.2").padded(),
                sent().to(station(2)).udp("10.0.0.1", "10.0.0.2", 53).padded());
        assertThat(host.looks()).isEqualTo(Looks.HOST);
        assertThat(host.evidence()).isEmpty();
        assertThat(host.frames()).isEqualTo(2);
        assertThat(host.octets()).isEqualTo(120);
        assertThat(host.ipv4()).containsExactly("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "01:80:c2:00:00:00, 0026 4242 03 0000, STP",
        "01:00:0c:cc:cc:cd, 0032 aaaa 03 00000c 010b, PVST",
        "01:80:c2:00:00:0e, 88cc 0207 04, LLDP",
        "01:80:c2:00:00:02, 8809 01 01, LACP",
        "01:80:c2:00:00:02, 8809 0a 01, slow protocols",
        "01:80:c2:00:00:01, 8808 0001 ffff, PAUSE",
        "01:00:0c:cc:cc:cc, 0032 aaaa 03 00000c 2000, CDP",
        "01:00:0c:cc:cc:cc, 0032 aaaa 03 00000c 2004, DTP",
        "01:00:0c:cc:cc:cc, 0032 aaaa 03 00000c 0111, UDLD",
        "01:00:0c:cc:cc:cc, 0032 aaaa 03 00000c 0104, PAgP",
        "01:80:c2:00:00:0e, 8100 0001 88cc 0207 04, LLDP",
        "01:80:c2:00:00:0e, 88a8 0001 9100 0002 8100 0003 88cc 0207 04, LLDP",
    })
    void takesAStationThatSpeaksToItsNeighbourOnTheWireForASwitch(String to, String octets, String what) {
        Station station = only(sent().to(to).hex(octets).padded());
        assertThat(station.looks()).isEqualTo(Looks.SWITCH);
        assertThat(station.evidence()).containsExactly("sends " + what + " (1 frame)");
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:5e:00:01:0a, VRRP",
        "00:00:5e:00:02:0a, VRRP",
        "00:00:0c:07:ac:01, HSRP",
        "00:00:0c:9f:f1:23, HSRP",
        "00:05:73:a0:00:10, HSRP",
        "00:07:b4:00:01:02, GLBP",
    })
    void takesAStationWithTheAddressOfAVirtualRouterForAGateway(String address, String whose) {
        Station station = only(frame().from(mac(address)).hex("0800").padded());
        assertThat(station.looks()).isEqualTo(Looks.GATEWAY);
        assertThat(station.evidence()).containsExactly("its address is one of " + whose + "'s");
    }

    @Test
    void takesAStationThatSpeaksToRoutersForAGateway() {
        assertThat(only(sent().udp("10.0.0.1", "224.0.0.2", 1985).padded()).evidence())
                .containsExactly("sends HSRP (1 frame)");
        assertThat(only(sent().udp("10.0.0.1", "224.0.0.102", 3222).padded()).evidence())
                .containsExactly("sends GLBP (1 frame)");
        assertThat(only(sent().ipv4("10.0.0.1", "224.0.0.18", 112, "").padded()).evidence())
                .containsExactly("sends VRRP (1 frame)");
        assertThat(only(sent().ipv6(LINK_LOCAL.replace(" ", ""), ALL_NODES.replace(" ", ""), 58, "86000000")
                                .padded())
                        .evidence())
                .containsExactly("sends router advertisements (1 frame)");
        assertThat(only(sent().udp("10.0.0.1", "10.0.0.2", 1985).padded()).looks())
                .isEqualTo(Looks.HOST);
    }

    @Test
    void takesAStationBehindWhichAreSeveralSourcesOffTheLinkForAGateway() {
        Station station = only(
                sent().arp(2, "10.0.0.1", "10.0.0.9").padded(),
                sent().to(station(9)).udp("10.0.0.1", "10.0.0.9", 53).padded(),
                sent().to(station(9)).udp("192.0.2.1", "10.0.0.9", 53).padded(),
                sent().to(station(9)).udp("198.51.100.7", "10.0.0.9", 53).padded());
        assertThat(station.looks()).isEqualTo(Looks.GATEWAY);
        assertThat(station.evidence()).containsExactly("2 IPv4 sources outside 10.0.0.0/24 behind it");
    }

    @Test
    void takesAStationWithSeveralAddressesOnTheLinkForAHost() {
        Station station = only(
                frame().from(station(2)).arp(1, "10.0.0.2", "10.0.0.1").padded(),
                sent().to(station(9)).udp("0.0.0.0", "255.255.255.255", 67).padded(),
                sent().to(station(9)).udp("169.254.7.7", "10.0.0.9", 53).padded(),
                sent().to(station(9)).udp("10.0.0.11", "10.0.0.9", 53).padded(),
                sent().to(station(9)).udp("10.0.0.12", "10.0.0.9", 53).padded(),
                sent().to(station(9)).udp("10.0.0.13", "10.0.0.9", 53).padded());
        assertThat(station.address()).isEqualTo(station(1));
        assertThat(station.looks()).isEqualTo(Looks.HOST);
    }

    @Test
    void believesSeveralNetworksBehindAStationWhereNoArpTells() {
        Station station = only(
                sent().to(station(9)).udp("192.0.2.1", "10.0.0.9", 53).padded(),
                sent().to(station(9)).udp("198.51.100.7", "10.0.0.9", 53).padded(),
                sent().to(station(9)).udp("203.0.113.7", "10.0.0.9", 53).padded());
        assertThat(station.evidence()).containsExactly("3 IPv4 sources of 3 networks (/24) behind it");
    }

    @Test
    void keepsABoundedNumberOfAddresses() {
        CaptureMaker maker = new CaptureMaker();
        for (int i = 0; i < 100; i++) {
            maker.add(sent().to(station(9))
                    .udp("192.0." + i + ".1", "10.0.0.9", 53)
                    .padded());
        }
        Station station = maker.survey(folder).stations().get(0);
        assertThat(station.ipv4()).hasSize(16);
        assertThat(station.moreAddresses()).isTrue();
        assertThat(station.evidence()).containsExactly("over 16 IPv4 sources of 16 networks (/24) behind it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1200 0000 ef01 0203", // IGMPv1 report
                "1600 0000 ef01 0203", // IGMPv2 report
                "2200 0000 0000 0001 0400 0000 ef01 0203", // IGMPv3, to exclude nobody
                "2200 0000 0000 0001 0200 0000 ef01 0203", // IGMPv3, excludes nobody
                "2200 0000 0000 0001 0300 0001 ef01 0203 0a00 0001", // IGMPv3, to include somebody
                "2200 0000 0000 0002 0600 0001 ef09 0909 0a00 0001 0500 0001 ef01 0203 0a00 0001", // blocks, then
                // allows
            })
    void aReportJoinsItsGroup(String igmp) {
        assertThat(only(sent().ipv4("10.0.0.1", "224.0.0.22", 2, igmp).padded()).groups())
                .containsExactly(mac("01:00:5e:01:02:03"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1700 0000 ef01 0203", // IGMPv2 leave
                "2200 0000 0000 0001 0300 0000 ef01 0203", // IGMPv3, to include nobody
                "2200 0000 0000 0001 0100 0000 ef01 0203", // IGMPv3, includes nobody
                "2200 0000 0000 0009 0600 0001 ef01 0203", // IGMPv3, cut
                "1600 0000 0a01 0203", // no group
                "16",
            })
    void aLeaveJoinsNothing(String igmp) {
        assertThat(only(sent().ipv4("10.0.0.1", "224.0.0.22", 2, igmp).octets()).groups())
                .isEmpty();
    }

    @Test
    void aGroupOnceJoinedStaysJoined() {
        assertThat(only(
                                sent().ipv4("10.0.0.1", "239.1.2.3", 2, "1600 0000 ef01 0203")
                                        .padded(),
                                sent().ipv4("10.0.0.1", "224.0.0.2", 2, "1700 0000 ef01 0203")
                                        .padded())
                        .groups())
                .containsExactly(mac("01:00:5e:01:02:03"));
    }

    @Test
    void mldReportsBehindTheRouterAlertJoin() {
        String from = "0".repeat(32);
        String group = "ff05000000000000 000000000000abcd";
        String v1 = "3a00 0502 0000 0100 8300 0000 0000 0000" + group;
        String v2 = "3a00 0502 0000 0100 8f00 0000 0000 0002 03000000" + ALL_NODES + "04000000" + group;
        for (String report : new String[] {v1, v2}) {
            assertThat(only(sent().ipv6(from, group.replace(" ", ""), 0, report).padded())
                            .groups())
                    .containsExactly(mac("33:33:00:00:ab:cd"));
        }
    }

    @Test
    void anIpv6SourceListensToItsSolicitedNodeGroup() {
        Station station = only(sent().ipv6(GLOBAL.replace(" ", ""), ALL_NODES.replace(" ", ""), 59, "")
                .padded());
        assertThat(station.groups()).containsExactly(mac("33:33:ff:0a:bc:de"));
        assertThat(station.ipv6()).containsExactly("2001:db8:0:1::a:bcde");
    }

    @Test
    void countsWhatIsOddAboutFrames() {
        byte[] padded = sent().to(station(2)).hex("0800").padded();
        byte[] large = Arrays.copyOf(padded, 1515);
        byte[] tagged =
                Arrays.copyOf(sent().to("01:00:5e:00:00:01").tag(7).hex("0800").octets(), 1518);
        CaptureSurvey survey = new CaptureMaker()
                .add(padded, large, tagged, sent().hex("0806").octets())
                .cut(padded, 61)
                .cut(new byte[13], 60)
                .add(frame().from(mac("01:00:00:00:00:01")).hex("0800").padded())
                .survey(folder);
        CaptureCounts counts = survey.counts();
        assertThat(counts.frames()).isEqualTo(7);
        assertThat(counts.unicast()).isEqualTo(3);
        assertThat(counts.multicast()).isOne();
        assertThat(counts.broadcast()).isEqualTo(2);
        assertThat(counts.tagged()).isOne();
        assertThat(counts.aboveMtu()).isOne();
        assertThat(counts.longest()).isEqualTo(1518);
        assertThat(counts.unpadded()).isOne();
        assertThat(counts.cut()).isEqualTo(2);
        assertThat(counts.headerCut()).isOne();
        assertThat(counts.noStation()).isEqualTo(2);
        assertThat(survey.unheard()).isOne();
        assertThat(survey.stations()).hasSize(1);
    }

    @Test
    void countsFramesRepeatedWithinAMillisecondAsDuplicates() {
        long start = CaptureMaker.START;
        byte[] one = sent().to(station(2)).hex("0800 01").padded();
        byte[] other = sent().to(station(2)).hex("0800 02").padded();
        assertThat(new CaptureMaker()
                        .at(start, one)
                        .at(start + 10, other)
                        .at(start + 1_000_000, one)
                        .at(start + 2_000_001, one)
                        .survey(folder)
                        .counts()
                        .duplicates())
                .isOne();
    }

    @Test
    void findsDuplicatesAmongManyFramesOfOneTime() {
        CaptureMaker maker = new CaptureMaker();
        for (int i = 0; i < 70_000; i++) {
            maker.at(
                    CaptureMaker.START,
                    sent().to(station(2))
                            .hex(String.format(Locale.ROOT, "0800 %08x", i % 35_000))
                            .octets());
        }
        assertThat(maker.survey(folder).counts().duplicates()).isEqualTo(35_000);
    }

    @Test
    void tellsAHostsPortByTheStationThatNearlyAllUnicastHasAtOneEnd() {
        CaptureMaker maker = new CaptureMaker();
        for (int i = 2; i < 21; i++) {
            maker.add(sent().to(station(i)).hex("0800").padded());
        }
        maker.add(frame().from(station(2)).to(station(3)).hex("0800").padded());
        Vantage vantage = maker.survey(folder).vantage();
        assertThat(vantage.kind()).isEqualTo(Kind.ONE_PORT);
        assertThat(vantage.evidence())
                .isEqualTo("95.0 % of unicast frames have 02:00:00:00:00:01 at one end:"
                        + " the local share is an artefact of this");
        maker.add(frame().from(station(3)).to(station(2)).hex("0800").padded());
        Vantage less = maker.survey(folder).vantage();
        assertThat(less.kind()).isEqualTo(Kind.LAN);
        assertThat(less.evidence())
                .isEqualTo("unicast between 20 stations, the busiest, 02:00:00:00:00:01, at one end of 90.5 %");
    }

    @Test
    void tellsAPair() {
        assertThat(new CaptureMaker()
                        .add(sent().to(station(2)).hex("0800").padded())
                        .survey(folder)
                        .vantage())
                .isEqualTo(new Vantage(
                        Kind.PAIR,
                        1,
                        1,
                        station(1),
                        "all unicast frames have no other ends than 02:00:00:00:00:01 and 02:00:00:00:00:02"));
        assertThat(new CaptureMaker()
                        .add(sent().hex("0800").padded())
                        .survey(folder)
                        .vantage()
                        .kind())
                .isEqualTo(Kind.UNTOLD);
    }

    @Test
    void aStationThatSpeaksToItselfTellsNothing() {
        assertThat(new CaptureMaker()
                        .add(sent().to(station(1)).hex("0800").padded())
                        .survey(folder)
                        .vantage()
                        .kind())
                .isEqualTo(Kind.UNTOLD);
    }
}
