package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.SuperFrames;
import dev.hairpin.experiments.testkit.Tool;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.CaptureReader;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;

/**
 * Frames longer than the MTU go in, as a capture on a sending host has them; what leaves the NIC are segments with right lengths,
 * sequence numbers, flags and checksums, whatever way they take. Held against Pcap4J, and tshark where it is there.
 */
class SegmentationTest {
    private static final String LAN = """
            nics.nic0 {
              mode = veb
              device = 82599
              options { longest-frame = 1522 }
              vfs {
                vf0 { mac = "02:00:00:00:00:01", offload { tso = on } }
                vf1 { mac = "02:00:00:00:00:02", offload { tso = on, rx = on, mtu = 9000 } }
                vf2 { mac = "02:00:00:00:00:03", offload { tx = on } }
                vf3 { mac = "02:00:00:00:00:04" }
              }
            }
            bridge { ports { p0 { to = nic0 }, ext0 {} } }
            stations { host { mac = "02:00:00:00:00:05", port = ext0 } }
            """;

    private static final int FIRST = 0xFFFF_FF00;

    @TempDir
    private Path folder;

    private Path capture;
    private Path topology;
    private byte[] toNeighbour;
    private byte[] taggedV6;
    private byte[] toHost;

    @BeforeEach
    void make() throws Exception {
        SuperFrames frames = new SuperFrames();
        toNeighbour = frames.tcp4(1, 2, FIRST, 10_001);
        frames.tagged(10);
        taggedV6 = frames.tcp6(1, 4, 5, 4_320);
        frames.tagged(0);
        toHost = frames.tcp4(1, 5, 77, 60_000);
        frames.tcp4(3, 2, 1, 100);
        frames.udp4(3, 5, 101);
        frames.tcp4(4, 5, 1, 100);
        frames.udp4(1, 5, 3_000);
        frames.tcp4(4, 5, 1, 3_000);
        capture = frames.write(folder.resolve("sent.pcap"));
        topology = Files.writeString(folder.resolve("lan.conf"), LAN);
    }

    private Path run(String mode) {
        Path run = folder.resolve(mode);
        hairpin("replay", capture, "--topology", topology, "--mode", mode, "--out", run)
                .well();
        return run;
    }

    private Path export(Path run, String port) {
        Path file = folder.resolve("of-" + run.getFileName() + "-" + port + ".pcapng");
        assertThat(hairpin("export", run, "--port", port, "-o", file).code()).isZero();
        return file;
    }

    /** A frame of an export. */
    private record Exported(String comment, byte[] octets, int length) {
        EthernetPacket packet() {
            try {
                return EthernetPacket.newPacket(octets, 0, octets.length);
            } catch (org.pcap4j.packet.IllegalRawDataException e) {
                throw new AssertionError(e);
            }
        }

        String frame() {
            return comment.substring("frame ".length(), comment.indexOf(','));
        }
    }

    private static List<Exported> frames(Path file) throws Exception {
        List<Exported> frames = new ArrayList<>();
        try (Capture capture = Capture.open(file)) {
            CaptureReader reader = capture.frames();
            while (reader.next()) {
                byte[] octets = new byte[reader.captured()];
                capture.slab().copy(reader.offset(), octets, 0, octets.length);
                frames.add(new Exported(reader.comment(), octets, reader.length()));
            }
        }
        return frames;
    }

    private static List<Exported> of(List<Exported> frames, int number) {
        return frames.stream()
                .filter(frame -> frame.frame().startsWith(number + "."))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"veb", "vepa"})
    void segmentsJoinedAreTheStreamWithRightLengthsFlagsSequenceAndChecksums(String mode) throws Exception {
        Path run = run(mode);
        holds(of(frames(export(run, "vf1")), 1), toNeighbour, FIRST, 1_460, 1_514);
        holds(of(frames(export(run, "vf3")), 2), taggedV6, 5, 1_440, 1_518);
        holds(of(frames(export(run, "ext0")), 3), toHost, 77, 1_460, 1_514);
    }

    private static void holds(List<Exported> segments, byte[] stream, int first, int mss, int longest)
            throws Exception {
        assertThat(segments).hasSize((stream.length + mss - 1) / mss);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int segment = 0; segment < segments.size(); segment++) {
            boolean last = segment == segments.size() - 1;
            Exported exported = segments.get(segment);
            assertThat(exported.frame()).endsWith("." + (segment + 1));
            assertThat(exported.length())
                    .isEqualTo(exported.octets().length)
                    .isEqualTo(last ? longest - mss + stream.length - segment * mss : longest);
            IpPacket ip = exported.packet().get(IpPacket.class);
            TcpPacket tcp = ip.get(TcpPacket.class);
            assertThat(tcp.getHeader().getSequenceNumber()).isEqualTo(first + segment * mss);
            assertThat(tcp.getHeader().getFin()).as("FIN").isEqualTo(last);
            assertThat(tcp.getHeader().getPsh()).as("PSH").isEqualTo(last);
            assertThat(tcp.hasValidChecksum(
                            ip.getHeader().getSrcAddr(), ip.getHeader().getDstAddr(), false))
                    .as("checksum of TCP in segment %d", segment + 1)
                    .isTrue();
            if (ip instanceof IpV4Packet v4) {
                assertThat(v4.getHeader().hasValidChecksum(false)).isTrue();
                assertThat(v4.getHeader().getIdentification()).isEqualTo((short) (0xFFFE + segment));
                assertThat(v4.getHeader().getTotalLength()).isEqualTo((short) (exported.length() - 14));
            }
            joined.writeBytes(tcp.getPayload().getRawData());
        }
        assertThat(joined.toByteArray()).isEqualTo(stream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"veb", "vepa"})
    void tsharkFindsNothingWrongWithTheSegments(String mode) throws Exception {
        Tool.assumeThere("tshark");
        Map<String, Integer> made = Map.of("vf1", 7, "vf3", 3, "ext0", 42);
        for (String port : made.keySet()) {
            List<String> told = Tool.lines(List.of(
                    "tshark",
                    "-r",
                    export(run(mode + "-" + port, mode), port).toString(),
                    "-o",
                    "tcp.check_checksum:TRUE",
                    "-o",
                    "ip.check_checksum:TRUE",
                    "-T",
                    "fields",
                    "-e",
                    "frame.comment",
                    "-e",
                    "tcp.checksum.status",
                    "-e",
                    "ip.checksum.status",
                    "-e",
                    "_ws.expert.message"));
            List<String> segments = told.stream()
                    .filter(line -> line.matches("frame [0-9]+\\.[0-9]+,.*"))
                    .toList();
            assertThat(segments).as(port).hasSize(made.getOrDefault(port, 0)).allSatisfy(line -> {
                String[] words = line.split("\t", -1);
                assertThat(words[1])
                        .as("status of TCP's checksum, 1 is good: %s", line)
                        .isEqualTo("1");
                assertThat(words[2]).as("of IPv4's: %s", line).isIn("1", "");
                assertThat(words[3]).doesNotContain("Previous segment", "Out-Of-Order", "ncorrect", "Malformed");
            });
        }
    }

    private Path run(String name, String mode) {
        Path run = folder.resolve(name);
        hairpin("replay", capture, "--topology", topology, "--mode", mode, "--out", run)
                .well();
        return run;
    }

    @Test
    void checksumsAreFilledInForThoseWhoLeaveThemToTheirNic() throws Exception {
        Path run = run("vepa");
        List<Exported> toVf1 = frames(export(run, "vf1"));
        List<Exported> toHost = frames(export(run, "ext0"));
        assertThat(tcpIsRight(one(toVf1, "4"))).as("from vf2, which has tx on").isTrue();
        IpV4Packet datagram = one(toHost, "5").packet().get(IpV4Packet.class);
        assertThat(datagram.getHeader().hasValidChecksum(false)).isTrue();
        assertThat(datagram.get(UdpPacket.class)
                        .hasValidChecksum(
                                datagram.getHeader().getSrcAddr(),
                                datagram.getHeader().getDstAddr(),
                                false))
                .isTrue();
        assertThat(tcpIsRight(one(toHost, "6"))).as("from vf3, which has not").isFalse();
    }

    private static Exported one(List<Exported> frames, String number) {
        return frames.stream()
                .filter(frame -> frame.frame().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private static boolean tcpIsRight(Exported frame) {
        IpV4Packet ip = frame.packet().get(IpV4Packet.class);
        return ip.get(TcpPacket.class)
                .hasValidChecksum(ip.getHeader().getSrcAddr(), ip.getHeader().getDstAddr(), false);
    }

    @Test
    void whatCannotBeSegmentedIsTooLong() {
        Path run = run("veb");
        for (int frame : new int[] {7, 8}) {
            assertThat(hairpin("explain", run, frame).well().out()).contains("-:OVERSIZE", "received by nobody");
        }
    }

    @Test
    void explainTellsOfAllSegmentsOrOfOne() {
        Path run = run("veb");
        assertThat(hairpin("explain", run, 1).well().lines())
                .contains(
                        "frame 1, segmented by its NIC into 7, with up to 1460 octets of payload each",
                        "1.1 to 1.7 alike; the first of them:",
                        "frame 1.1, 1514 octets",
                        "received by vf1");
        assertThat(hairpin("explain", run, "1.7").well().lines())
                .contains("frame 1.7, 1295 octets", "received by vf1")
                .noneMatch(line -> line.contains("alike"));
        assertThat(hairpin("explain", run, "1.8").err()).contains("frame 1.8 did not take part");
        assertThat(hairpin("explain", run, "1.x").err()).contains("found 1.x, expected a number such as 12, or 12.3");
    }

    @Test
    void aPolicyReadsTheOctetsOfASegment() throws Exception {
        Files.writeString(
                topology,
                LAN.replace(
                        "mode = veb",
                        "mode = veb, policy = [{ match = \"tcp[13] & 1 != 0 and ip[2:2] = 1281\", action = drop }]"));
        Path run = run("veb");
        assertThat(hairpin("explain", run, "1.6").well().out()).contains("received by vf1");
        assertThat(hairpin("explain", run, "1.7").well().out())
                .as("1,241 octets of payload behind 40, and FIN")
                .contains("-:ACL", "received by nobody");
        assertThat(hairpin("decisions", run, "--filter", "tcp[13] & 1 != 0", "--csv")
                        .well()
                        .lines())
                .anyMatch(line -> line.startsWith("1.7,"))
                .noneMatch(line -> line.startsWith("1.6,"));
        assertThat(hairpin("verify", run).well().out()).contains("decisions are the same");
    }

    @Test
    void aForkDecidesTheFramesBehindItAnewAndKeepsTheSegmentsBefore() {
        Path run = run("veb");
        Path fork = folder.resolve("fork");
        hairpin("what-if", run, "--from", "#3", "--mode", "vepa", "--out", fork).well();
        assertThat(hairpin("verify", fork).well().out()).contains("decisions are the same");
        assertThat(hairpin("explain", fork, "1.7").well().out()).contains("veb.tx", "SWITCHED_LOCALLY");
        assertThat(hairpin("diff", run, fork).out()).contains("the same fate");
    }

    @Test
    void statisticsCountSegmentsAndWhatTheNicSaysOfChecksums() {
        Path run = run("veb");
        assertThat(hairpin("at", run, "ethtool", "-S", "vf1").well().lines())
                .as("seven segments and frame 4, whose checksums its NIC filled in")
                .contains("     rx_packets: 8", "     rx_bytes: 10533")
                .contains("     rx_csum_offload_good: 8", "     rx_csum_offload_errors: 0", "     rx_csum_none: 0");
        assertThat(hairpin("at", run, "ethtool", "-S", "vf0").well().lines())
                .contains("     tx_packets: 53")
                .noneMatch(line -> line.contains("csum"));
        assertThat(hairpin("at", run, "ethtool", "-k", "vf1").well().lines())
                .contains("Features for vf1:", "rx-checksumming: on", "tcp-segmentation-offload: on");
    }

    @Test
    void countsAddUpWithSegmentsAndTellHowManyFramesWentIn() {
        Path run = folder.resolve("told");
        assertThat(hairpin("replay", capture, "--topology", topology, "--mode", "veb", "--out", run)
                        .well()
                        .out())
                .contains("veb: 8 frames,", "3 of the frames segmented by their NIC, into 52");
        assertThat(hairpin("compare", capture, "--topology", topology).well().lines())
                .anyMatch(line -> line.matches("frames in +8 +8"))
                .anyMatch(line -> line.matches("  of these segmented by their NIC +3 +3"))
                .anyMatch(line -> line.matches("  into segments +52 +52"))
                .anyMatch(line -> line.matches("copies made = delivered \\+ dropped +every frame +every frame"))
                .anyMatch(line -> line.matches("  frames with other receivers +0"));
        assertThat(hairpin("verify", run).well().out()).contains("decisions are the same");
        assertThat(hairpin("decisions", run, "--csv").well().lines())
                .anyMatch(line -> line.startsWith("1.7,"))
                .noneMatch(line -> line.startsWith("1,"));
    }
}
