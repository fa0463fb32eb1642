package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Made.station;
import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.frame.Mac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A NIC on which each function has something wrong with it: explain names the reason of each frame that goes no further. */
class EveryReasonTest {
    private static final String NIC = """
            nics.nic0 {
              mode = veb
              options { longest-frame = 1600 }
              vfs {
                vf0 { mac = "02:00:00:00:00:01", broadcast = off }
                vf1 { mac = "02:00:00:00:00:02", broadcast = off, state = disable }
                vf2 { mac = "02:00:00:00:00:03", broadcast = off, tx = off }
                vf3 { mac = "02:00:00:00:00:04", broadcast = off, longest-frame = 100, storm { broadcast = "8bit burst 10B" } }
                vf4 { mac = "02:00:00:00:00:05", broadcast = off, trunk = [20], spoofchk = [mac, vlan, ethertype] }
                vf5 { mac = "02:00:00:00:00:06", broadcast = off, vlan = 10 }
                vf6 { mac = "02:00:00:00:00:07", broadcast = off, trunk = [20], untagged = no }
              }
              policy = [
                { match = "ether proto 0x9001", action = drop }
                { match = "ether proto 0x9002", action = "rate-limit 8bit burst 10B" }
                { match = "ether proto 0x9003", from = uplink, action = "redirect uplink" }
              ]
            }
            bridge.ports { br0 { to = nic0 }, ext0 {} }
            stations.host { mac = "02:00:00:00:00:0a", port = ext0 }
            changes = [ { at = 1, do = "ip link set dev nic0 down" } ]
            """;

    private static final int OUTSIDE = 10;
    private static final long SECOND = 1_000_000_000L;

    private final Made made = new Made();
    private final List<DropReason> reasons = new ArrayList<>();

    @Test
    void explainsWhyAFrameWentNoFurtherForEachReason(@TempDir Path folder) throws IOException {
        expect(made.frame(0, 2, station(1)), DropReason.ADMIN_DOWN);
        expect(made.frame(1, 1, station(2)), DropReason.RX_DISABLED);
        expect(made.frame(2, 3, station(1)), DropReason.TX_QUEUE_DISABLED);
        expect(made.octets(Made.START + 3, 1, station(4), 101), DropReason.RX_OVERSIZE);
        expect(made.octets(Made.START + 4, 1, station(4), 1601), DropReason.OVERSIZE);
        expect(made.octets(Made.START + 5, 1, station(4), 13), DropReason.RUNT);
        expect(made.tagged(6, 5, station(1), 30), DropReason.SPOOF_VLAN);
        expect(made.typed(7, 5, station(1), 0x88CC), DropReason.SPOOF_ETHERTYPE);
        expect(made.tagged(8, 6, station(1), 20), DropReason.TAGGED_ON_PORT_VLAN);
        expect(made.tagged(9, 7, station(1), 30), DropReason.VLAN_NOT_MEMBER);
        expect(made.frame(10, 7, station(1)), DropReason.VLAN_NO_PVID);
        expect(made.frame(11, 1, Mac.PAUSE), DropReason.PAUSE_CONSUMED);
        expect(made.frame(12, 1, 0x0180_C200_000EL), DropReason.RESERVED_GROUP);
        expect(made.frame(13, 1, station(1)), DropReason.SELF_ADDRESSED);
        expect(made.typed(14, 1, station(3), 0x9001), DropReason.ACL);
        expect(made.typed(15, 1, station(3), 0x9002), DropReason.RATE_LIMIT);
        expect(made.typed(16, OUTSIDE, station(1), 0x9003), DropReason.NO_TRANSIT);
        expect(made.frame(17, OUTSIDE, station(99)), DropReason.NO_LOCAL_MATCH);
        expect(made.frame(18, OUTSIDE, Mac.BROADCAST), DropReason.NO_BROADCAST_ACCEPT);
        expect(made.frame(19, OUTSIDE, 0x0100_5E01_0203L), DropReason.MC_NOT_SUBSCRIBED);
        expect(made.frame(20, OUTSIDE, station(OUTSIDE)), DropReason.HAIRPIN_DISABLED);
        expect(made.frame(21, 4, Mac.BROADCAST), DropReason.STORM);
        expect(made.frame(SECOND, 1, station(OUTSIDE)), DropReason.LINK_DOWN);
        Path topology = Files.writeString(folder.resolve("nic.conf"), NIC);
        Path run = folder.resolve("run");

        hairpin("replay", made.write(folder.resolve("frames.pcap")), "--topology", topology, "--out", run)
                .well();

        for (int frame = 1; frame <= reasons.size(); frame++) {
            Said told = hairpin("explain", run, frame).well();
            assertThat(told.out())
                    .as("frame %d: %s", frame, reasons.get(frame - 1))
                    .contains(":" + reasons.get(frame - 1))
                    .contains("received by nobody");
        }
    }

    private void expect(Made sent, DropReason reason) {
        assertThat(sent).isSameAs(made);
        reasons.add(reason);
    }
}
