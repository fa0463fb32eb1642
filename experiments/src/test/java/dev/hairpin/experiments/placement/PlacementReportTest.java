package dev.hairpin.experiments.placement;

import static dev.hairpin.experiments.placement.Frames.frame;
import static dev.hairpin.experiments.placement.Frames.station;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlacementReportTest {
    @TempDir
    private Path folder;

    private Placement placement() throws PlacementRefused {
        byte[] one = frame().from(station(1))
                .to(station(2))
                .udp("10.0.0.1", "10.0.0.2", 53)
                .padded();
        byte[] two = frame().from(station(2))
                .to(station(1))
                .udp("10.0.0.2", "10.0.0.1", 53)
                .octets();
        byte[] three = frame().from(station(3))
                .to(station(2))
                .udp("10.0.0.3", "10.0.0.2", 53)
                .padded();
        CaptureMaker maker = new CaptureMaker()
                .times(1500, one)
                .times(3, two)
                .times(2, three)
                .add(frame().from(station(4))
                        .to("01:80:c2:00:00:0e")
                        .hex("88cc")
                        .padded())
                .at(5, one);
        return Placement.choose(maker.survey(folder), PlacementOptions.DEFAULT.withVfs(2));
    }

    @Test
    void tellsChoiceOpenLoopVantageLocalShareAndWhatIsOdd() throws PlacementRefused {
        assertThat(String.join("\n", PlacementReport.lines(placement())) + "\n").isEqualTo("""
                        Placement  the busiest of 3 that look like hosts; fdb warm, multicast igmp
                                   vf0   02:00:00:00:00:01  host    1,501 frames  10.0.0.1
                                   vf1   02:00:00:00:00:02  host        3 frames  10.0.0.2
                                   ext1  02:00:00:00:00:04  switch       1 frame  sends LLDP (1 frame)
                                   ext0  02:00:00:00:00:03  host        2 frames  10.0.0.3
                        Open loop  frames enter at captured times and do not react
                                   findings: receivers, copies, drops by rule, visibility, bytes, loss at this load
                                   no findings: TCP throughput, completion times
                        Vantage    one station's port: 100.0 % of unicast frames have 02:00:00:00:00:02 at one end: the local share is an artefact of this
                        Local      99.9 % of unicast frames go from function to function (1,504 of 1,506)
                        Frames     1,507: 1,506 unicast, 0 broadcast, 1 multicast, 0 tagged; 4 stations
                                   3 frames unpadded, less than 60 octets; taken as captured
                                   1 jump of the clock by over an hour, taken out; frame 1507: 1970-01-01T00:00:00.000000005Z taken as 2021-01-01T00:00:15.060Z
                        """);
    }

    @Test
    void recordsPlainValues() throws PlacementRefused {
        Map<String, Object> record = PlacementReport.record(placement());
        assertThat(record)
                .containsEntry("place", "top")
                .containsEntry("fdb", "warm")
                .containsEntry("externalPorts", 2)
                .containsEntry("localFrames", 1504L);
        assertThat(record.keySet())
                .containsExactly(
                        "place",
                        "map",
                        "fdb",
                        "multicast",
                        "functions",
                        "externalPorts",
                        "outside",
                        "notes",
                        "openLoop",
                        "vantage",
                        "localFrames",
                        "firstTime",
                        "lastTime",
                        "frames",
                        "clock");
    }
}
