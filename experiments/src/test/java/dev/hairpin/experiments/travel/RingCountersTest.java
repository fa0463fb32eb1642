package dev.hairpin.experiments.travel;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.bench.Workload;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.CaptureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ethtool -S} tells of the bench workload, held against the capture and the rows of the journal. */
class RingCountersTest {
    private static final int FRAMES = 30_000;
    private static final int QUEUES = 4;

    /** Every ring and the slot are too small for the traffic. */
    private static final String LAN = """
            nics.nic0 {
              mode = veb
              tx-rate = 3Gbit
              pcie { generation = 1, lanes = 4, payload = 128, buffer = 20 }
              vfs {
                %s
              }
            }
            bridge.ports { p0 { to = nic0 }, ext0 {} }
            changes = [%s]
            """;

    /** All that can be changed of rings, while they are full. */
    private static final String CHANGES = """
            { at = 2ms, do = "ethtool -L vf1 combined 2" }
            { at = 4ms, in = vf2, do = "ethtool -X eth0 weight 3 1 0 1" }
            { at = 4ms, do = "ethtool -G vf3 rx 9 tx 1" }
            { at = 5ms, do = "ip link set dev nic0 vf 0 max_tx_rate 200 vf 4 min_tx_rate 700" }
            { at = 6ms, in = vf4, do = "ethtool -C eth0 rx-usecs 5" }
            { at = 7ms, do = "ethtool -X vf2 hkey 01234567890123456789012345678901234567890123456789012345678901234567890123456789" }
            { at = 8ms, do = "ethtool -L vf1 combined 4" }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"", CHANGES})
    void ringDropAndDeliveryCountersAddUpToTheFramesOfEachFunction(String changes, @TempDir Path folder)
            throws Exception {
        Path capture = folder.resolve("bench.pcap");
        Workload.write(capture, FRAMES, 7);
        Path run = folder.resolve("run");
        hairpin("replay", capture, "--topology", topology(folder, changes), "--multicast", "all", "--out", run)
                .well();
        Map<String, Long> made = made(run);
        Map<String, Long> sum = new HashMap<>();
        Map<Long, Long> sent = sent(capture);
        for (int vf = 0; vf < Workload.EACH; vf++) {
            Map<String, Long> told = told(run, "vf" + vf);
            told.forEach((name, value) -> sum.merge(name, value, Long::sum));

            assertThat(told.get("tx_packets")).as("sent by vf%d", vf).isEqualTo(sent.get(0x0200_0000_0001L + vf));
            long received = told.getOrDefault("rx_packets", 0L);
            long lost = told.getOrDefault("rx_dropped_no_rx_buffer", 0L)
                    + told.getOrDefault("rx_dropped_pcie_queue_full", 0L);
            assertThat(received + lost).as("copies for vf%d", vf).isEqualTo(made.get("vf" + vf));
            assertThat(queues(told, "packets")).isEqualTo(received);
            assertThat(queues(told, "bytes")).isEqualTo(told.get("rx_bytes"));
            assertThat(queues(told, "drops")).isEqualTo(told.get("rx_dropped_no_rx_buffer"));
        }
        assertThat(sum.get("tx_dropped_tx_ring_full")).isPositive();
        for (int queue = 0; queue < QUEUES; queue++) {
            assertThat(sum.get("rx_queue_" + queue + "_packets"))
                    .as("queue %d", queue)
                    .isPositive();
        }
        hairpin("verify", run).well();
    }

    private static Path topology(Path folder, String changes) throws IOException {
        StringBuilder vfs = new StringBuilder();
        for (int vf = 0; vf < Workload.EACH; vf++) {
            vfs.append("vf").append(vf).append(" { mac = \"02:00:00:00:00:0").append(vf + 1);
            vfs.append("\", queues = ").append(QUEUES).append(", ring = 4, refill = 2, itr = 40us, tx-ring = 3 }\n");
        }
        return Files.writeString(folder.resolve("lan.conf"), LAN.formatted(vfs, changes));
    }

    private static Map<String, Long> told(Path run, String function) {
        Map<String, Long> told = new LinkedHashMap<>();
        for (String line : hairpin("at", run, "ethtool", "-S", function).well().lines()) {
            String[] counter = line.strip().split(": ", -1);
            if (counter.length == 2) {
                told.put(counter[0], Long.valueOf(counter[1]));
            }
        }
        assertThat(told).containsKeys("rx_dropped_no_rx_buffer", "rx_dropped_pcie_queue_full");
        return told;
    }

    private static long queues(Map<String, Long> told, String what) {
        long sum = 0;
        for (int queue = 0; queue < QUEUES; queue++) {
            sum += told.getOrDefault("rx_queue_" + queue + "_" + what, 0L);
        }
        return sum;
    }

    /** Copies that the relay made, by function. */
    private static Map<String, Long> made(Path run) {
        Map<String, Long> made = new HashMap<>();
        List<String> rows = hairpin("decisions", run, "--csv").well().lines();
        for (String row : rows.subList(1, rows.size())) {
            for (String port : row.split(",", -1)[11].split(" ", -1)) {
                made.merge(port, 1L, Long::sum);
            }
        }
        return made;
    }

    /** Frames of the capture, by source address. */
    private static Map<Long, Long> sent(Path capture) throws IOException {
        Map<Long, Long> sent = new HashMap<>();
        try (Capture opened = Capture.open(capture)) {
            CaptureReader reader = opened.frames();
            while (reader.next()) {
                sent.merge(opened.slab().i64(reader.offset() + 6) >>> 16, 1L, Long::sum);
            }
        }
        return sent;
    }
}
