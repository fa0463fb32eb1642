package dev.hairpin.experiments.placement;

import static dev.hairpin.experiments.placement.Frames.frame;
import static dev.hairpin.experiments.placement.Frames.mac;
import static dev.hairpin.experiments.placement.Frames.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.experiments.placement.PlacementOptions.Fdb;
import dev.hairpin.experiments.placement.PlacementOptions.Multicast;
import dev.hairpin.experiments.placement.PlacementOptions.Place;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.pcap.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlacementTest {
    private static final PlacementOptions DEFAULT = PlacementOptions.DEFAULT;

    @TempDir
    private Path folder;

    /** Station n sends 10 - n frames to station n + 1; a switch sends most of all. */
    private CaptureMaker lan(int stations) {
        CaptureMaker maker = new CaptureMaker();
        for (int n = 1; n <= stations; n++) {
            maker.times(10 - n, talk(n));
        }
        return maker.times(
                20,
                frame().from(station(0xF0)).to("01:80:c2:00:00:0e").hex("88cc").padded());
    }

    private static byte[] talk(int n) {
        return frame().from(station(n)).to(station(n + 1)).hex("0800").padded();
    }

    private Placement place(CaptureMaker maker, PlacementOptions options) throws PlacementRefused {
        return Placement.choose(maker.survey(folder), options);
    }

    private static List<Long> addresses(Placement placement) {
        return placement.vsis().stream()
                .flatMap(vsi -> vsi.addresses().stream())
                .toList();
    }

    private static List<String> names(Placement placement) {
        return placement.vsis().stream().map(Vsi::name).toList();
    }

    @Test
    void takesTheHostsThatSendMostAndLeavesAllOthersOutsideEachBehindItsOwnPort() throws PlacementRefused {
        Placement placement = place(lan(6), DEFAULT);
        assertThat(names(placement)).containsExactly("vf0", "vf1", "vf2", "vf3");
        assertThat(addresses(placement)).containsExactly(station(1), station(2), station(3), station(4));
        assertThat(placement.externalPorts()).isEqualTo(3);
        assertThat(placement.external(0)).containsExactly(station(0xF0));
        assertThat(placement.external(1)).containsExactly(station(5));
        assertThat(placement.external(2)).containsExactly(station(6));
        assertThat(placement.port(station(1))).isZero();
        assertThat(placement.port(station(0xF0))).isEqualTo(4);
        assertThat(placement.port(station(6))).isEqualTo(6);
        assertThat(placement.port(station(99))).isEqualTo(Placement.NOT_ENTERING);
    }

    @Test
    void hasNoMoreVfsThanHosts() throws PlacementRefused {
        Placement placement = place(lan(2), DEFAULT.withVfs(8));
        assertThat(names(placement)).containsExactly("vf0", "vf1");
        assertThat(placement.notes()).containsExactly("8 VFs asked for, but no more stations look like hosts: 2 VFs");
    }

    @Test
    void hasAnIdleVfWhereNoStationLooksLikeAHost() throws PlacementRefused {
        Placement placement = place(lan(0), DEFAULT);
        assertThat(placement.vsis()).hasSize(1);
        assertThat(addresses(placement)).isEmpty();
        assertThat(place(new CaptureMaker(), DEFAULT).externalPorts()).isZero();
    }

    @Test
    void choosesTheSameByChanceForTheSameSeed() throws PlacementRefused {
        Placement one = place(lan(9), DEFAULT.withPlace(Place.parse("random:7")));
        Placement same = place(lan(9), DEFAULT.withPlace(Place.parse("random:7")));
        assertThat(addresses(one)).hasSize(4).doesNotHaveDuplicates().doesNotContain(station(0xF0));
        assertThat(addresses(same)).isEqualTo(addresses(one));
        assertThat(List.of(1L, 2L, 3L, 4L).stream()
                        .map(seed -> {
                            try {
                                return addresses(place(lan(9), DEFAULT.withPlace(new Place.Chance(seed))));
                            } catch (PlacementRefused e) {
                                throw new AssertionError(e);
                            }
                        })
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void mapsStationsAsItIsTold() throws PlacementRefused {
        Placement placement = place(
                lan(6),
                DEFAULT.withMap("vf5=02:00:00:00:00:06+02-00-00-00-00-f0, pf=02:00:00:00:00:05,vf0=02:00:00:00:00:99"));
        assertThat(names(placement)).containsExactly("vf0", "vf5", "pf");
        assertThat(addresses(placement)).containsExactly(station(0x99), station(6), station(0xF0), station(5));
        assertThat(placement.externalPorts()).isEqualTo(4);
        assertThat(placement.port(station(0xF0))).isEqualTo(1);
        assertThat(placement.port(station(5))).isEqualTo(2);
    }

    @Test
    void fillsTheRestWhenAskedForMoreThanIsMapped() throws PlacementRefused {
        Placement placement = place(lan(6), DEFAULT.withVfs(3).withMap("vf1=02:00:00:00:00:06,ext3=02:00:00:00:00:01"));
        assertThat(names(placement)).containsExactly("vf0", "vf1", "vf2");
        assertThat(addresses(placement)).containsExactly(station(2), station(6), station(3));
        assertThat(placement.external(3)).containsExactly(station(1));
        assertThat(placement.external(0)).containsExactly(station(0xF0));
        assertThat(placement.externalPorts()).isEqualTo(4);
    }

    @Test
    void placesAsAFileListsButForWhatIsMapped() throws PlacementRefused, IOException {
        Path file = Files.writeString(folder.resolve("stations"), """
                # who is where
                vf0 02:00:00:00:00:04
                vf0 02:00:00:00:00:05  # a second address

                pf\t02:00:00:00:00:06
                ext1 02:00:00:00:00:01
                vf1 02:00:00:00:00:02
                """);
        Placement placement =
                place(lan(6), DEFAULT.withPlace(Place.parse(file.toString())).withMap("vf1=02:00:00:00:00:03"));
        assertThat(names(placement)).containsExactly("vf0", "vf1", "pf");
        assertThat(addresses(placement)).containsExactly(station(4), station(5), station(3), station(6));
        assertThat(placement.external(0)).containsExactly(station(0xF0));
        assertThat(placement.external(1)).containsExactly(station(1));
        assertThat(placement.external(2)).containsExactly(station(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vf1=02:00:zz|--map: vf1=02:00:zz: expected vfN=MAC[+MAC...], pf=MAC or extN=MAC",
                "vf1|--map: vf1: expected vfN=MAC[+MAC...], pf=MAC or extN=MAC",
                "vf01=02:00:00:00:00:01|--map: vf01=02:00:00:00:00:01: expected vfN=MAC[+MAC...], pf=MAC or extN=MAC",
                "uplink=02:00:00:00:00:01|--map: uplink=02:00:00:00:00:01: expected vfN=MAC[+MAC...], pf=MAC or extN=MAC",
                "vf0=02:00:00:00:00:01,|--map: : expected vfN=MAC[+MAC...], pf=MAC or extN=MAC",
                "vf0=ff:ff:ff:ff:ff:ff|--map: vf0=ff:ff:ff:ff:ff:ff: ff:ff:ff:ff:ff:ff is no station's address",
                "vf0=02:00:00:00:00:01,pf=02:00:00:00:00:01"
                        + "|--map: pf=02:00:00:00:00:01: 02:00:00:00:00:01 is given to vf0 already",
                "vf0=02:00:00:00:00:01,vf0=02:00:00:00:00:02|--map: vf0=02:00:00:00:00:02: vf0 is given twice",
                "ext256=02:00:00:00:00:01|ext256: expected ext0 to ext255, for so many external ports there may be",
            })
    void refusesAMapThatMakesNoSense(String map, String message) {
        assertThatThrownBy(() -> place(lan(1), DEFAULT.withMap(map)))
                .isInstanceOf(PlacementRefused.class)
                .hasMessage(message);
    }

    @Test
    void namesFileAndLineOfWhatItRefuses() throws IOException {
        Path file = Files.writeString(folder.resolve("stations"), "\n# none\nvf0 02:00:00:00:00:01 x\n");
        assertThatThrownBy(() -> place(lan(1), DEFAULT.withPlace(new Place.Listed(file))))
                .isInstanceOf(PlacementRefused.class)
                .hasMessage(file + ":3: vf0 02:00:00:00:00:01 x: expected vfN MAC, pf MAC or extN MAC");
        assertThatThrownBy(() -> place(lan(1), DEFAULT.withPlace(new Place.Listed(folder.resolve("none")))))
                .isInstanceOf(PlacementRefused.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> Place.parse("random:x"))
                .isInstanceOf(PlacementRefused.class)
                .hasMessage("--place: random:x: expected top, random:SEED with a whole number, or a file");
        assertThatThrownBy(() -> place(lan(1), DEFAULT.withVfs(0)))
                .isInstanceOf(PlacementRefused.class)
                .hasMessage("--vfs: 0: expected 1 to 65535");
    }

    @Test
    void stationsBeyondTheLastExternalPortShareIt() throws PlacementRefused {
        Placement placement = place(lan(6), DEFAULT.withVfs(1).withMaxExternalPorts(2));
        assertThat(placement.externalPorts()).isEqualTo(2);
        assertThat(placement.external(1)).hasSize(5);
        assertThat(placement.notes()).containsExactly("4 stations more than there are external ports share ext1");
    }

    @Test
    void framesOfNoStationEnterAtAPortOfTheirOwn() throws PlacementRefused {
        CaptureMaker maker = lan(2).add(
                        frame().from(0).hex("0800").padded(),
                        frame().from(mac("03:00:00:00:00:01")).padded());
        Placement placement = place(maker, DEFAULT);
        assertThat(placement.externalPorts()).isEqualTo(2);
        assertThat(placement.external(1)).isEmpty();
        assertThat(placement.port(0)).isEqualTo(3);
        assertThat(placement.port(mac("03:00:00:00:00:01"))).isEqualTo(3);
        assertThat(placement.notes())
                .containsExactly(
                        "2 frames whose source is a group, zero or cut off enter at ext1, a port of their own");
        assertThat(place(maker, DEFAULT.withMaxExternalPorts(1)).externalPorts())
                .isOne();
    }

    @Test
    void aWarmBridgeKnowsEveryoneAndAColdOneNobody() throws PlacementRefused {
        assertThat(place(lan(3), DEFAULT.withFdb(Fdb.COLD)).known(5)).isEqualTo(Learned.NOTHING);
        Placement placement = place(lan(3), DEFAULT.withVfs(2));
        assertThat(placement.known(5))
                .isEqualTo(new Learned(
                        new long[] {station(1), station(2), station(3), station(0xF0)},
                        new int[] {0, 0, 2, 1},
                        new long[] {5, 5, 5, 5}));
    }

    @Test
    void functionsListenToWhatTheirStationsReportedOrToAllOrToNone() throws PlacementRefused {
        CaptureMaker maker = lan(1).add(frame().from(station(1))
                .ipv4("10.0.0.1", "239.1.2.3", 2, "1600 0000 ef01 0203")
                .padded());
        Vsi igmp = place(maker, DEFAULT).vsis().get(0);
        assertThat(igmp.allGroups()).isFalse();
        assertThat(igmp.groups())
                .containsExactly(mac("01:00:5e:00:00:01"), mac("01:00:5e:01:02:03"), mac("33:33:00:00:00:01"));
        Vsi all = place(maker, DEFAULT.withMulticast(Multicast.ALL)).vsis().get(0);
        assertThat(all.allGroups()).isTrue();
        Vsi none = place(maker, DEFAULT.withMulticast(Multicast.NONE)).vsis().get(0);
        assertThat(none).isEqualTo(new Vsi("vf0", List.of(station(1)), List.of(), false));
    }

    @Test
    void countsTheFramesBetweenFunctions() throws PlacementRefused {
        assertThat(place(lan(6), DEFAULT).localFrames()).isEqualTo(9 + 8 + 7);
        assertThat(place(lan(6), DEFAULT.withMap("vf0=02:00:00:00:00:01+02:00:00:00:00:02"))
                        .localFrames())
                .isZero();
    }

    @Test
    void byInterfaceFramesEnterAtThePortTheirInterfaceNamesUnlessOutbound() throws PlacementRefused {
        CaptureMaker maker = new CaptureMaker("uplink", "ext1", "pf", "vf0", "vf2")
                .by(0, CaptureMaker.INBOUND, talk(1))
                .by(1, CaptureMaker.UNMARKED, talk(2))
                .by(2, CaptureMaker.INBOUND, talk(3))
                .by(3, CaptureMaker.OUTBOUND, talk(2))
                .by(3, CaptureMaker.INBOUND, talk(4))
                .by(4, CaptureMaker.INBOUND, talk(4))
                .by(4, CaptureMaker.INBOUND, talk(5));
        PlacementOptions options = DEFAULT.withByInterface(true).withFdb(Fdb.WARM);
        CaptureSurvey survey = CaptureSurvey.of(maker.capture(folder), FrameSelection.ALL, true);
        Placement placement = Placement.choose(survey, options);
        assertThat(survey.counts().frames()).isEqualTo(5);
        assertThat(survey.counts().notEntering()).isEqualTo(2);
        assertThat(names(placement)).containsExactly("vf0", "vf2", "pf");
        assertThat(addresses(placement)).containsExactly(station(4), station(5), station(3));
        assertThat(placement.externalPorts()).isEqualTo(2);
        assertThat(placement.external(1)).containsExactly(station(2));
        assertThat(placement.port(0, Direction.INBOUND)).isEqualTo(Placement.NOT_ENTERING);
        assertThat(placement.port(1, Direction.UNKNOWN)).isEqualTo(4);
        assertThat(placement.port(2, Direction.INBOUND)).isEqualTo(2);
        assertThat(placement.port(3, Direction.OUTBOUND)).isEqualTo(Placement.NOT_ENTERING);
        assertThat(placement.port(4, Direction.INBOUND)).isEqualTo(1);
        assertThat(placement.port(99, Direction.INBOUND)).isEqualTo(Placement.NOT_ENTERING);
        assertThat(placement.notes())
                .containsExactly(
                        "1 station entered at more than one port, 02:00:00:00:00:04: registered where heard first");
        assertThat(placement.known(1).port()).containsExactly(2, 0, 0, 0);
    }

    @Test
    void byInterfaceRefusesACaptureThatNamesNoPortsAndOtherChoices() {
        CaptureSurvey unnamed =
                CaptureSurvey.of(new CaptureMaker("eth0", "").add(talk(1)).capture(folder), FrameSelection.ALL, true);
        assertThatThrownBy(() -> Placement.choose(unnamed, DEFAULT.withByInterface(true)))
                .isInstanceOf(PlacementRefused.class)
                .hasMessage("--by-interface: the capture's interfaces are eth0, (no name):"
                        + " expected some named vf0, pf or ext0");
        assertThatThrownBy(() ->
                        Placement.choose(unnamed, DEFAULT.withByInterface(true).withVfs(2)))
                .isInstanceOf(PlacementRefused.class)
                .hasMessage("--by-interface: the capture names the ports: expected no --vfs, --place or --map");
    }

    @Test
    void theFilterKeepsFramesOutOfTheSurvey() throws PlacementRefused {
        CaptureSurvey survey = CaptureSurvey.of(lan(3).capture(folder), frame -> frame.number() <= 9);
        assertThat(survey.counts().frames()).isEqualTo(9);
        assertThat(survey.counts().filtered()).isEqualTo(8 + 7 + 20);
        assertThat(addresses(Placement.choose(survey, DEFAULT))).containsExactly(station(1));
    }
}
