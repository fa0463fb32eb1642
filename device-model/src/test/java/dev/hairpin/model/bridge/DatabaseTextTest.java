package dev.hairpin.model.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.link.Timed;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Both databases of a bridge as a whole, at points in virtual time. */
class DatabaseTextTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long GROUP = 0x0100_5E01_0101L;

    /** p0 and p1 in VLAN 10 untagged, p2 a trunk of 10 and 20, p3 locked in 20. */
    private static final BridgeSettings SET = BridgeSettings.of("p0", "p1", "p2", "p3")
            .withVlanFiltering(true)
            .withSnooping(Snooping.ON)
            .withPort(0, port -> port.access(10))
            .withPort(1, port -> port.access(10))
            .withPort(2, port -> port.trunk(10, 20).withRouter(RouterPort.ALWAYS))
            .withPort(3, port -> port.access(20).withLocked(true).withMab(true))
            .withStations(List.of(
                    entry(0xA, 10, FdbEntry.BRIDGE, EntryKind.LOCAL),
                    entry(0xB, 10, 1, EntryKind.STATIC),
                    entry(0xC, 20, 2, EntryKind.STICKY)))
            .withGroups(List.of(new MdbEntry(GROUP, 20, 2)));

    private static final BridgeSettings LATER = SET.withoutVlan(1, 10).withPort(2, port -> port.trunk(20));
    private static final long CHANGE = 310 * SECOND;

    private final Packets bridge =
            new Packets(new Bridge("br0", SET, List.of(new Timed<>(CHANGE, "later", "", LATER)), Learned.NOTHING, 0));

    @Test
    void isWhatFramesTimeAndChangesHaveMadeOfThem() {
        assertThat(stations(SET, 0)).isEqualTo("""
                        02:00:00:00:00:0a dev br0 vlan 10 master br0 permanent
                        02:00:00:00:00:0b dev p1 vlan 10 master br0 static
                        02:00:00:00:00:0c dev p2 vlan 20 sticky master br0 static
                        """);
        // Learned behind p0 and, tagged, behind p2; a stranger at the locked port; the static and the sticky one
        // elsewhere
        bridge.decide(SECOND, 0, from(1) + "88b5");
        bridge.decide(2 * SECOND, 2, from(2) + "8100 0014 88b5");
        bridge.decide(3 * SECOND, 3, from(3) + "88b5");
        bridge.decide(4 * SECOND, 0, from(0xB) + "88b5");
        bridge.decide(5 * SECOND, 2, from(0xC) + "8100 000a 88b5");
        assertThat(stations(SET, 5 * SECOND)).isEqualTo("""
                        02:00:00:00:00:01 dev p0 vlan 10 master br0
                        02:00:00:00:00:0a dev br0 vlan 10 master br0 permanent
                        02:00:00:00:00:0b dev p0 vlan 10 master br0 static
                        02:00:00:00:00:0c dev p2 vlan 10 master br0
                        02:00:00:00:00:02 dev p2 vlan 20 master br0
                        02:00:00:00:00:03 dev p3 vlan 20 locked master br0
                        02:00:00:00:00:0c dev p2 vlan 20 sticky master br0 static
                        """);
        // The first has moved, the others have not been seen for 300 s
        bridge.decide(200 * SECOND, 1, from(1) + "88b5");
        assertThat(stations(SET, 305 * SECOND)).isEqualTo("""
                        02:00:00:00:00:01 dev p1 vlan 10 master br0
                        02:00:00:00:00:0a dev br0 vlan 10 master br0 permanent
                        02:00:00:00:00:0b dev p0 vlan 10 master br0 static
                        02:00:00:00:00:0c dev p2 vlan 20 sticky master br0 static
                        """);
        // p1 has left VLAN 10, and what was known and set behind it there went
        bridge.decide(CHANGE, 0, from(4) + "88b5");
        assertThat(stations(LATER, CHANGE)).isEqualTo("""
                        02:00:00:00:00:04 dev p0 vlan 10 master br0
                        02:00:00:00:00:0a dev br0 vlan 10 master br0 permanent
                        02:00:00:00:00:0c dev p2 vlan 20 sticky master br0 static
                        """);
    }

    @Test
    void isWhoListensToWhatAndBehindWhichPortsThereAreRouters() {
        String before = groups(0);
        assertThat(before).isEqualTo("""
                        dev br0 port p2 grp 01:00:5e:01:01:01 permanent vid 20
                        router ports on br0: p2
                        """);
        String igmp = "020000000001 0800 4600 0020 0000 0000 0102 0000 0a000001 ";
        // General query, then a report of 239.1.1.1
        bridge.decide(SECOND, 0, "01005e000001" + igmp + "e0000001 94040000 11 64 0000 00000000");
        bridge.decide(2 * SECOND, 1, "01005e010101" + igmp + "ef010101 94040000 16 00 0000 ef010101");
        assertThat(groups(2 * SECOND)).isEqualTo("""
                        dev br0 port p1 grp 01:00:5e:01:01:01 temp vid 10
                        dev br0 port p2 grp 01:00:5e:01:01:01 permanent vid 20
                        router ports on br0: p0 p2
                        """);
        assertThat(groups(256 * SECOND)).isEqualTo("""
                        dev br0 port p1 grp 01:00:5e:01:01:01 temp vid 10
                        dev br0 port p2 grp 01:00:5e:01:01:01 permanent vid 20
                        router ports on br0: p2
                        """);
        assertThat(groups(262 * SECOND)).isEqualTo(before);
    }

    private static FdbEntry entry(int station, int vid, int port, EntryKind kind) {
        return new FdbEntry(0x0200_0000_0000L + station, vid, port, kind);
    }

    /** Broadcast of a station, up to its tag or its type. */
    private static String from(int station) {
        return String.format(Locale.ROOT, "ffffffffffff 0200000000%02x ", station);
    }

    private String stations(BridgeSettings settings, long now) {
        return new DatabaseText("br0", settings, bridge.bridge.snapshot().stations(), now).stations();
    }

    private String groups(long now) {
        return new DatabaseText("br0", SET, bridge.bridge.snapshot().stations(), now).groups();
    }
}
