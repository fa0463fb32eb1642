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
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A LAN in which something is wrong with each function and each port: explain names the reason of each frame that goes no
 * further. Frames enter by interface, so that a station can send what is not its own.
 */
class EveryReasonTest {
    private static final String LAN = """
            nics.nic0 {
              mode = veb
              options { longest-frame = 1600, most-mss = 1000 }
              uplink { rate = 100Mbit, queue = 1, bond = active-backup, members { u0 {}, u1 {} } }
              pcie { generation = 1, lanes = 1, payload = 128, buffer = 1 }
              vfs {
                vf0 { mac = "02:00:00:00:00:01", broadcast = off, groups = ["01:00:5e:7f:00:01"] }
                vf1 { mac = "02:00:00:00:00:02", broadcast = off, state = disable }
                vf2 { mac = "02:00:00:00:00:03", broadcast = off, tx = off }
                vf3 { mac = "02:00:00:00:00:04", broadcast = off, longest-frame = 100, tx-ring = 1, storm { broadcast = "8bit burst 10B" } }
                vf4 { mac = "02:00:00:00:00:05", broadcast = off, trunk = [20], spoofchk = [mac, vlan, ethertype] }
                vf5 { mac = "02:00:00:00:00:06", broadcast = off, vlan = 10 }
                vf6 { mac = "02:00:00:00:00:07", broadcast = off, trunk = [20], untagged = no }
                vf7 { mac = "02:00:00:00:00:08", broadcast = off, associated = no }
                vf8 { mac = "02:00:00:00:00:09", broadcast = off, rate = 1kbit, ring = 1, offload { tso = on, mss = 1200 } }
              }
              policy = [
                { match = "ether proto 0x9001", action = drop }
                { match = "ether proto 0x9002", action = "rate-limit 8bit burst 10B" }
                { match = "ether proto 0x9003", from = uplink, action = "redirect uplink" }
              ]
            }
            bridge {
              ports {
                p0 { to = nic0.u0 }
                p1 { to = nic0.u1, flood = off, mcast-flood = off, bcast-flood = off }
                ext0 { flood = off, mcast-flood = off, bcast-flood = off }
                left { isolated = on, flood = off, mcast-flood = off, bcast-flood = off }
                right { isolated = on, flood = off, mcast-flood = off, bcast-flood = off }
                guard { locked = on, flood = off, mcast-flood = off, bcast-flood = off }
                dark { state = listening, flood = off, mcast-flood = off, bcast-flood = off }
              }
              fdb = [
                { mac = "02:00:00:00:00:1f", port = ext0, kind = permanent }
                { mac = "02:00:00:00:00:20", port = p1 }
              ]
            }
            stations {
              host { mac = "02:00:00:00:00:0a", port = ext0 }
              left { mac = "02:00:00:00:00:0b", port = left }
              right { mac = "02:00:00:00:00:0c", port = right }
            }
            changes = [
              { at = 1, do = "bridge link set dev nic0 hwmode vepa" }
              { at = 1, do = "bridge link set dev p0 hairpin on" }
              { at = 1.5, do = "pause nic0 for 100ms" }
              { at = 2, do = "ip link set dev nic0 down" }
              { at = 3, do = "fault vf0 flr", for = 100ms }
              { at = 4, do = "fault vf0 dma-error", for = 100ms }
              { at = 5, do = "fault vf0 ecc-error", for = 100ms }
              { at = 6, do = "fault vf0 malicious", for = 100ms }
              { at = 7, do = "fault nic0 removed" }
            ]
            """;

    private static final int HOST = 10;
    private static final long GROUP = 0x0100_5E01_0203L;
    private static final long OWN_GROUP = 0x0100_5E7F_0001L;
    private static final long LLDP = 0x0180_C200_000EL;
    private static final long SECOND = 1_000_000_000L;

    /** Far enough apart for the wire to be free again. */
    private static final long APART = 1_000_000L;

    private final Made made = new Made();

    /** By number of the frame. */
    private final Map<Integer, DropReason> reasons = new TreeMap<>();

    private int sent;
    private long now;

    @Test
    void explainsWhyAFrameWentNoFurtherForEachReason(@TempDir Path folder) throws IOException {
        functions();
        edgeRelay();
        bridge();
        queues();
        rings();
        afterChanges();
        assertThat(reasons.values()).as("a case for each reason").containsAll(EnumSet.allOf(DropReason.class));
        Path topology = Files.writeString(folder.resolve("lan.conf"), LAN);
        Path run = folder.resolve("run");

        Path capture = made.writeByInterface(folder.resolve("frames.pcapng"));
        hairpin("replay", capture, "--by-interface", "--topology", topology, "--out", run)
                .well();

        reasons.forEach((frame, reason) -> {
            Said told = hairpin("explain", run, frame).well();
            assertThat(told.out()).as("frame %d: %s", frame, reason).contains(":" + reason, "received by nobody");
        });
    }

    private void functions() {
        expect(from("vf1").frame(now, 2, station(1)), DropReason.ADMIN_DOWN);
        expect(from("vf0").frame(now, 1, station(2)), DropReason.RX_DISABLED);
        expect(from("vf2").frame(now, 3, station(1)), DropReason.TX_QUEUE_DISABLED);
        expect(from("vf7").frame(now, 8, station(1)), DropReason.VSI_NOT_ASSOCIATED);
        expect(from("vf0").octets(Made.START + now, 1, station(4), 101), DropReason.RX_OVERSIZE);
        expect(from("vf0").octets(Made.START + now, 1, station(4), 1601), DropReason.OVERSIZE);
        expect(from("vf0").octets(Made.START + now, 1, station(4), 13), DropReason.RUNT);
        expect(from("vf4").frame(now, 1, station(1)), DropReason.SPOOF_MAC);
        expect(from("vf4").tagged(now, 5, station(1), 30), DropReason.SPOOF_VLAN);
        expect(from("vf4").typed(now, 5, station(1), 0x88CC), DropReason.SPOOF_ETHERTYPE);
        expect(from("vf5").tagged(now, 6, station(1), 20), DropReason.TAGGED_ON_PORT_VLAN);
        expect(from("vf6").tagged(now, 7, station(1), 30), DropReason.VLAN_NOT_MEMBER);
        expect(from("vf6").frame(now, 7, station(1)), DropReason.VLAN_NO_PVID);
    }

    private void edgeRelay() {
        expect(from("vf0").source(now, GROUP, station(4)), DropReason.INVALID_SA);
        expect(from("vf0").frame(now, 1, Mac.PAUSE), DropReason.PAUSE_CONSUMED);
        expect(from("vf0").frame(now, 1, LLDP), DropReason.RESERVED_GROUP);
        expect(from("vf0").frame(now, 1, station(1)), DropReason.SELF_ADDRESSED);
        expect(from("vf0").typed(now, 1, station(3), 0x9001), DropReason.ACL);
        expect(from("vf0").typed(now, 1, station(3), 0x9002), DropReason.RATE_LIMIT);
        expect(from("vf3").frame(now, 4, Mac.BROADCAST), DropReason.STORM);
        expect(from("ext0").typed(now, HOST, station(1), 0x9003), DropReason.NO_TRANSIT);
        expect(from("ext0").frame(now, HOST, station(99)), DropReason.NO_LOCAL_MATCH);
        expect(from("ext0").frame(now, HOST, Mac.BROADCAST), DropReason.NO_BROADCAST_ACCEPT);
        expect(from("ext0").frame(now, HOST, GROUP), DropReason.MC_NOT_SUBSCRIBED);
        expect(from("vf0").frame(now, 1, station(98)), DropReason.FLOOD_DISABLED);
        expect(from("vf3").frame(now, 4, Mac.BROADCAST), DropReason.STORM);
    }

    private void bridge() {
        expect(from("ext0").frame(now, HOST, station(HOST)), DropReason.HAIRPIN_DISABLED);
        expect(from("left").frame(now, 11, station(12)), DropReason.ISOLATED);
        expect(from("guard").frame(now, 13, station(HOST)), DropReason.FDB_LOCKED);
        expect(from("dark").frame(now, 14, station(HOST)), DropReason.STP_STATE);
        expect(from("ext0").frame(now, HOST, station(0x1f)), DropReason.LOCAL_ONLY);
        expect(from("ext0").frame(now, HOST, station(0x20)), DropReason.BACKUP_WIRE);
    }

    /** The second of two at one time finds no place. */
    private void queues() {
        from("vf0").frame(now, 1, station(HOST));
        made.by("vf0");
        sent++;
        expect(made.frame(now, 1, station(HOST)), DropReason.QUEUE_FULL);
        from("vf0").frame(now, 1, station(9));
        expect(from("vf0").frame(now, 1, station(9)), DropReason.NO_RX_BUFFER);
    }

    /** Of two at a time: one function has room for one, and the NIC holds one copy for the way to the host. */
    private void rings() {
        from("vf3").frame(now, 4, station(HOST));
        made.by("vf3");
        sent++;
        expect(made.frame(now, 4, station(HOST)), DropReason.TX_RING_FULL);
        expect(from("vf8").tcp(now, 9, station(HOST), 1300), DropReason.ILLEGAL_MSS);
        from("vf0").frame(now, 1, station(4));
        made.by("vf8");
        sent++;
        expect(made.frame(now + 1, 9, station(4)), DropReason.PCIE_QUEUE_FULL);
    }

    private void afterChanges() {
        now = SECOND;
        expect(from("vf0").frame(now, 1, OWN_GROUP), DropReason.SOURCE_PRUNED);
        now = SECOND + SECOND / 2;
        from("vf0").frame(now, 1, station(HOST));
        expect(from("vf0").frame(now, 1, station(HOST)), DropReason.PAUSED);
        now = 2 * SECOND;
        expect(from("vf0").frame(now, 1, station(HOST)), DropReason.LINK_DOWN);
        now = 3 * SECOND;
        expect(from("vf0").frame(now, 1, station(3)), DropReason.FUNCTION_RESET);
        now = 4 * SECOND;
        expect(from("vf0").frame(now, 1, station(3)), DropReason.DMA_ERROR);
        now = 5 * SECOND;
        expect(from("vf0").frame(now, 1, station(3)), DropReason.ECC_ERROR);
        now = 6 * SECOND;
        expect(from("vf0").frame(now, 1, station(3)), DropReason.MALICIOUS_DRIVER);
        now = 7 * SECOND;
        expect(from("vf0").frame(now, 1, station(3)), DropReason.DEVICE_REMOVED);
    }

    /** The next frame, at a time of its own, by that interface. */
    private Made from(String port) {
        now += APART;
        sent++;
        return made.by(port);
    }

    private void expect(Made frame, DropReason reason) {
        assertThat(frame).isSameAs(made);
        reasons.put(sent, reason);
    }
}
