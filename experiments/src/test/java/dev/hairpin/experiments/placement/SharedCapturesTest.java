package dev.hairpin.experiments.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hairpin.model.relay.Vsi;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.CaptureReader;
import dev.hairpin.pcap.CaptureRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real captures, which are not part of the repository. */
final class SharedCapturesTest {
    private static final Path CAPTURES = Path.of(System.getProperty("hairpin.captures", "no-captures"));

    @TempDir
    private Path folder;

    @BeforeEach
    void hasCaptures() {
        assumeThat(CAPTURES).as("the folder hairpin.captures names").isDirectory();
    }

    private Optional<Placement> place(Path file) throws IOException, PlacementRefused {
        try (Capture capture = Capture.open(file, folder)) {
            Placement placement =
                    Placement.choose(CaptureSurvey.of(capture, FrameSelection.ALL), PlacementOptions.DEFAULT);
            CapturedTimes times = new CapturedTimes();
            long latest = 0;
            long entered = 0;
            long backwards = 0;
            CaptureReader reader = capture.frames();
            while (reader.next()) {
                long time = times.time(reader.number(), reader.time());
                backwards += time < latest ? 1 : 0;
                latest = time;
                entered += placement.port(capture.slab(), reader) >= 0 ? 1 : 0;
            }
            assertThat(backwards).isZero();
            assertThat(entered).isEqualTo(placement.survey().counts().frames());
            assertThat(times.held()).isEqualTo(placement.survey().times().held());
            return Optional.of(placement);
        } catch (CaptureRefused refused) {
            return Optional.empty();
        }
    }

    private Placement placed(String file) throws IOException, PlacementRefused {
        return place(CAPTURES.resolve(file)).orElseThrow();
    }

    private static List<Looks> looks(Placement placement) {
        return placement.survey().stations().stream().map(Station::looks).toList();
    }

    @Test
    void everyFrameOfEveryCaptureEntersAndNothingIsThrown() throws IOException, PlacementRefused {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(CAPTURES)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        int placed = 0;
        for (Path file : files) {
            Optional<Placement> placement = place(file);
            if (placement.isPresent()) {
                placed++;
                assertThat(PlacementReport.lines(placement.get()))
                        .as(file.toString())
                        .hasSizeBetween(7, 30);
                assertThat(PlacementReport.record(placement.get())).isNotEmpty();
            }
        }
        assertThat(placed).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multicast/packetlife__HSRP_election.cap",
                "multicast/packetlife__VRRP_failover.cap",
                "multicast/packetlife__GLBP_election.cap",
                "multicast/ndpi__hsrp2_ipv6.pcapng",
                "multicast/ndpi__vrrp3.pcapng",
                "ethernet/packetlife__gratuitous_arp_hsrp.cap",
            })
    void routersThatBackEachOtherUpStayOutside(String file) throws IOException, PlacementRefused {
        Placement placement = placed(file);
        assertThat(looks(placement)).containsOnly(Looks.GATEWAY);
        assertThat(placement.vsis())
                .containsExactly(new Vsi("vf0", List.of(), List.of(Ip.ALL_IPV4, Ip.ALL_IPV6), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evb/packetlife__802.1D_spanning_tree.cap",
                "evb/packetlife__802.1w_rapid_STP.cap",
                "evb/packetlife__DTP.cap",
                "evb/packetlife__LACP.cap",
                "evb/packetlife__LLDP_and_CDP.cap",
                "evb/packetlife__MSTP_Intra-Region_BPDUs.cap",
                "evb/packetlife__PAGP.cap",
                "evb/packetlife__STP-TCN-TCAck.pcapng.cap",
                "evb/packetlife__Spanning_Tree_MST.pcapng.cap",
                "evb/packetlife__UDLD.cap",
                "evb/packetlife__rpvstp-trunk-native-vid1.pcap.cap",
                "evb/tcpdump__evb.pcap",
                "evb/zeek__cdp-v1.pcap",
                "evb/zeek__lldp.pcap",
            })
    void switchesStayOutside(String file) throws IOException, PlacementRefused {
        assertThat(looks(placed(file))).containsOnly(Looks.SWITCH);
    }

    @Test
    void theHostOnASwitchesAccessPortIsTheOnlyVf() throws IOException, PlacementRefused {
        Placement placement = placed("evb/packetlife__rpvstp-access.pcap.cap");
        assertThat(looks(placement)).containsExactly(Looks.SWITCH, Looks.HOST);
        assertThat(placement.vsis()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "multicast/packetlife__IGMP_V1.cap, 1",
        "multicast/packetlife__IGMP_V2.cap, 1",
        "multicast/packetlife__IGMPv2_query_and_report.cap, 1",
        "multicast/zeek__igmp-many-groups.pcap, 40",
        "multicast/zeek__multicast-igmp-version-membership-query-and-report.pcap, 1",
    })
    void stationsListenToTheGroupsTheyReport(String file, int atLeast) throws IOException, PlacementRefused {
        assertThat(placed(file).survey().stations().stream()
                        .mapToInt(station -> station.groups().size())
                        .sum())
                .isGreaterThanOrEqualTo(atLeast);
    }
}
