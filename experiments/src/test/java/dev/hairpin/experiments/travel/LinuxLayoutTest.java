package dev.hairpin.experiments.travel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.testkit.Golden;
import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.EntryKind;
import dev.hairpin.model.bridge.MdbEntry;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.offload.Offloads;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.ReceiveRing;
import dev.hairpin.model.ring.Rss;
import dev.hairpin.model.ring.Share;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is shown is laid out as the real tools lay it out. They were recorded with a bridge of the same ports, on which
 * {@code br.uplink} reflects, with entries made by {@code bridge fdb add ... master static}, {@code sticky} and {@code
 * dynamic}; what the model has nothing of (addresses of the kernel's own, the other ends of veths) is left out of them.
 */
class LinuxLayoutTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 100 * SECOND;
    private static final long STATION = 0x0200_0000_0000L;

    private static final StateAt STATE = new StateAt(
            NOW,
            List.of(new StateAt.Nic("", nic().with(rings()))),
            bridge(),
            List.of(
                    station(0x0b, 1, EntryKind.LEARNED),
                    station(0x0a, 1, EntryKind.STICKY),
                    station(0x09, 1, EntryKind.STATIC)),
            List.of(new StateAt.Group(0x0100_5E01_0102L, 0, 2, false, NOW + 258_040_000_000L)),
            Map.of(
                    "ext0",
                    new PortCounters(
                            new PortCounters.Passed(6, 516, 0, 0),
                            new PortCounters.Passed(21, 1810, 0, 0),
                            Map.of(),
                            Map.of(),
                            List.of(),
                            Map.of())));

    private static StateAt.Station station(int last, int port, EntryKind kind) {
        return new StateAt.Station(STATION + last, 0, port, NOW, kind);
    }

    private static BridgeSettings bridge() {
        return BridgeSettings.of(List.of(
                        BridgePort.named("br.uplink").withReflects(true),
                        BridgePort.named("ext0"),
                        BridgePort.named("ext1")))
                .withGroups(List.of(new MdbEntry(0x0100_5E01_0101L, 0, 1)));
    }

    private static HostSide rings() {
        return HostSide.of(
                2,
                new HostSide.Function(
                        4,
                        new ReceiveRing.Settings(512, Server.UNLIMITED, 20_000, 16),
                        Rss.Settings.of(4),
                        new Share(256, 1, 0, 0, Server.UNLIMITED),
                        new Offloads(true, true, false, false, true, 1500, 0)));
    }

    private static NicSettings nic() {
        VsiSettings set = VsiSettings.DEFAULT
                .withPortVlan(10)
                .withPortPriority(3)
                .withSpoofMac(true)
                .withUp(false);
        return NicSettings.of(
                "nic0",
                Mode.VEPA,
                List.of(
                        new Vsi("vf0", List.of(STATION + 1), List.of(), set),
                        new Vsi("vf1", List.of(STATION + 2), List.of(), VsiSettings.DEFAULT.withTrusted(true))));
    }

    private static List<String> shown(String command) throws Exception {
        return Asked.of(List.of(command.split(" "))).of(STATE).text();
    }

    private static List<Map<String, Object>> objects(String command) throws Exception {
        return Asked.of(List.of(command.split(" "))).of(STATE).json();
    }

    /** What the real tool printed, in the model's names. */
    private static List<String> real(String command) throws IOException {
        try (InputStream file = LinuxLayoutTest.class.getResourceAsStream("linux.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^### "))
                    .filter(section -> section.startsWith(command + "\n"))
                    .findFirst()
                    .orElseThrow()
                    .lines()
                    .skip(1)
                    .map(line -> line.replaceAll("@p-[a-z0-9.]+", "").replaceAll("^\\d+: ", "N: "))
                    .map(line -> line.replace("br0", "bridge"))
                    .toList();
        }
    }

    private static List<String> numberless(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll("^\\d+: ", "N: ")).toList();
    }

    @Test
    void entriesOfTheFilteringDatabase() throws Exception {
        assertThat(shown("bridge fdb show br bridge")).hasSize(3).allMatch(real("bridge fdb show br br0")::contains);
        assertThat(shown("bridge fdb")).isEqualTo(shown("bridge fdb show"));
        // An entry made by hand has a time of its last change in Linux, which tells nothing here.
        assertThat(shown("bridge -s fdb show dev ext0"))
                .containsExactly(
                        "02:00:00:00:00:0b used 0/0 master bridge ",
                        "02:00:00:00:00:0a sticky master bridge static",
                        "02:00:00:00:00:09 master bridge static");
        assertThat(real("bridge -s fdb show dev ext0")).contains("02:00:00:00:00:0b used 0/0 master bridge ");
    }

    @Test
    void portsOfTheBridge() throws Exception {
        for (String command : List.of("bridge link", "bridge -d link")) {
            List<String> shown = numberless(shown(command));
            assertThat(shown.get(0)).isEqualTo("N: nic0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 hwmode VEPA ");
            assertThat(shown.subList(1, shown.size())).as(command).isEqualTo(real(command));
        }
    }

    @Test
    void groups() throws Exception {
        // Linux knows these groups by their IP addresses.
        String permanent = "dev bridge port ext0 grp 01:00:5e:01:01:01 permanent";
        String temporary = "dev bridge port ext1 grp 01:00:5e:01:01:02 temp";
        assertThat(shown("bridge mdb")).containsExactly(permanent, temporary);
        assertThat(real("bridge mdb"))
                .contains(
                        permanent.replace("01:00:5e:01:01:01", "239.1.1.1"),
                        temporary.replace("01:00:5e:01:01:02", "239.1.1.2"));
        assertThat(shown("bridge -d mdb")).containsExactly(permanent + " proto static ", temporary + " proto kernel ");
        assertThat(real("bridge -d mdb"))
                .contains(permanent.replace("01:00:5e:01:01:01", "239.1.1.1") + " proto static ");
        assertThat(shown("bridge -s mdb")).containsExactly(permanent + "    0.00", temporary + "  258.04");
    }

    @Test
    void aDeviceWithItsStatistics() throws Exception {
        List<String> shown = numberless(shown("ip -s link show dev ext0"));
        List<String> real = real("ip -s link show dev ext0");
        assertThat(shown.get(0)).isEqualTo(real.get(0));
        assertThat(shown.get(1)).matches("    link/ether [0-9a-f:]{17} brd ff:ff:ff:ff:ff:ff");
        assertThat(real.get(1)).matches("    link/ether [0-9a-f:]{17} brd ff:ff:ff:ff:ff:ff");
        assertThat(shown.subList(2, 6)).isEqualTo(real.subList(2, 6));
        assertThat(shown("ip -s l sh ext0")).isEqualTo(shown("ip -s link show dev ext0"));
    }

    @Test
    void countersHaveTheLayoutOfEthtool() throws Exception {
        assertThat(real("ethtool -S ext0").get(0)).isEqualTo("NIC statistics:");
        assertThat(real("ethtool -S ext0").get(1)).matches("     [a-z_0-9]+: [0-9]+");
        assertThat(shown("ethtool -S ext0"))
                .startsWith("NIC statistics:", "     rx_packets: 6", "     rx_bytes: 516")
                .allMatch(line -> line.equals("NIC statistics:") || line.matches("     [a-z_0-9]+: [0-9]+"));
    }

    @Test
    void ringsHaveTheLayoutOfEthtool() throws Exception {
        Golden.hold("ethtool-g.txt", () -> text("ethtool -g vf0"));
        Golden.hold("ethtool-c.txt", () -> text("ethtool -c vf0"));
        Golden.hold("ethtool-x.txt", () -> text("ethtool -x vf0"));
        Golden.hold(
                "ethtool-i.txt",
                () -> String.join(
                                "\n",
                                Asked.of(List.of("ethtool", "-i", "vf0"))
                                        .of(on("82576"))
                                        .text())
                        + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-g", "-c", "-i"})
    void ringsStandInTheLinesOfTheRealEthtool(String option) throws Exception {
        assertThat(valueless(shown("ethtool " + option + " vf0")))
                .isEqualTo(valueless(real("ethtool " + option + " eth0")));
    }

    @Test
    void featuresAreTheFirstLinesOfTheRealEthtoolAsFarAsThatKernelIsNoNewer() throws Exception {
        List<String> real = features(real("ethtool -k eth0"));
        real.remove("tx-tcp-accecn-segmentation");
        List<String> shown = features(shown("ethtool -k vf0"));
        assertThat(shown).hasSize(23).isEqualTo(real.subList(0, 23));
        Golden.hold("ethtool-k.txt", () -> text("ethtool -k vf0"));
    }

    /** Names, without the head and what is on. */
    private static List<String> features(List<String> lines) {
        return lines.stream()
                .skip(1)
                .map(line -> line.strip().replaceAll(":.*", ""))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> valueless(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("(for )\\S+:$", "$1DEV:").replaceAll("(:[ \\t]*).*", "$1"))
                .toList();
    }

    private static StateAt on(String device) throws Exception {
        NicSettings nic = NicSettings.of(
                        "nic0", Mode.VEB, List.of(new Vsi("vf0", List.of(STATION + 1), List.of(), VsiSettings.DEFAULT)))
                .on(Devices.named(device).orElseThrow());
        return new StateAt(NOW, List.of(new StateAt.Nic("", nic)), bridge(), List.of(), List.of(), Map.of());
    }

    private static String text(String command) throws Exception {
        return String.join("\n", shown(command)) + "\n";
    }

    /** No NIC here has virtual functions: these lines are as iproute2's source has them. */
    @Test
    void virtualFunctionsStandBelowTheirNic() throws Exception {
        assertThat(shown("ip link show dev nic0").subList(2, 4))
                .containsExactly(
                        "    vf 0     link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff, vlan 10, qos 3,"
                                + " spoof checking on, link-state disable, trust off",
                        "    vf 1     link/ether 02:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff,"
                                + " spoof checking off, link-state auto, trust on");
        assertThat(shown("ip -s link show dev nic0"))
                .contains("    RX: bytes  packets  mcast   bcast   dropped ", "    TX: bytes  packets   dropped ");
        assertThat(JSON.std.asString(objects("ip -j link show dev nic0").get(0).get("vfinfo_list")))
                .isEqualTo("[{\"vf\":0,\"link_type\":\"ether\",\"address\":\"02:00:00:00:00:01\","
                        + "\"broadcast\":\"ff:ff:ff:ff:ff:ff\",\"vlan_list\":[{\"vlan\":10,\"qos\":3}],\"rate\":{\"max_tx\":0,\"min_tx\":0},"
                        + "\"spoofchk\":true,\"link_state\":\"disable\",\"trust\":false},"
                        + "{\"vf\":1,\"link_type\":\"ether\",\"address\":\"02:00:00:00:00:02\","
                        + "\"broadcast\":\"ff:ff:ff:ff:ff:ff\",\"vlan_list\":[{}],\"rate\":{\"max_tx\":0,\"min_tx\":0},"
                        + "\"spoofchk\":false,\"link_state\":\"auto\",\"trust\":true}]");
    }

    @Test
    void aMaximumIsToldTwiceAndNoRateWhereThereIsNone() throws Exception {
        Share share = new Share(Integer.MAX_VALUE, 1, 0, 5_000_000, 100_000_000);
        StateAt.Nic nic = on("ieee").nics().get(0);
        StateAt.Nic limited =
                new StateAt.Nic("", nic.settings().with(HostSide.of(1, HostSide.Function.UNLIMITED.with(share))));
        StateAt state = new StateAt(NOW, List.of(limited), bridge(), List.of(), List.of(), Map.of());
        assertThat(Asked.of(List.of("ip", "link", "show", "nic0"))
                        .of(state)
                        .text()
                        .get(2))
                .isEqualTo("    vf 0     link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff, tx rate 100 (Mbps),"
                        + " max_tx_rate 100Mbps, min_tx_rate 5Mbps, spoof checking off, link-state auto, trust off");
        assertThat(JSON.std.asString(Asked.of(List.of("ip", "-j", "link", "show", "nic0"))
                        .of(state)
                        .json()))
                .contains("\"tx_rate\":100,\"rate\":{\"max_tx\":100,\"min_tx\":5}");
    }

    @Test
    void vlansStandInAColumnBesideTheirPort() throws Exception {
        BridgeSettings vlans = BridgeSettings.of(List.of(BridgePort.named("p0")
                        .withVlan(10, true)
                        .withVlan(20, false)
                        .withPvid(10)))
                .withVlanFiltering(true);
        StateAt state = new StateAt(0, List.of(), vlans, List.of(), List.of(), Map.of());
        assertThat(Asked.of(List.of("bridge", "vlan")).of(state).text())
                .containsExactly(
                        "port              vlan-id  ",
                        "p0                1 Egress Untagged",
                        "                  10 PVID Egress Untagged",
                        "                  20");
        assertThat(JSON.std.asString(
                        Asked.of(List.of("bridge", "-j", "vlan")).of(state).json()))
                .isEqualTo("[{\"ifname\":\"p0\",\"vlans\":[{\"vlan\":1,\"flags\":[\"Egress Untagged\"]},"
                        + "{\"vlan\":10,\"flags\":[\"PVID\",\"Egress Untagged\"]},{\"vlan\":20}]}]");
    }

    @Test
    void objectsHaveTheKeysOfTheRealTools() throws Exception {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("bridge -j fdb show br bridge", "bridge -j -p fdb show br br0");
        commands.put("bridge -j -s fdb show dev ext0", "bridge -j -p -s fdb show dev ext0");
        commands.put("bridge -d -j link show dev ext0", "bridge -d -j -p link show dev ext0");
        commands.put("bridge -d -j mdb", "bridge -d -j -p mdb");
        commands.put("ip -j -s link show dev ext0", "ip -j -p -s link show dev ext0");
        for (Map.Entry<String, String> command : commands.entrySet()) {
            List<Object> real = JSON.std.listFrom(String.join("\n", real(command.getValue())));
            List<List<String>> known = real.stream().map(LinuxLayoutTest::keys).toList();
            for (Map<String, Object> object : objects(command.getKey())) {
                List<String> keys = keys(JSON.std.mapFrom(JSON.std.asString(object)));
                // Times of entries made by hand are not told, and there are no other ends of veths.
                assertThat(known.stream()
                                .map(all -> all.stream().filter(keys::contains).toList()))
                        .as("%s: %s", command.getKey(), keys)
                        .contains(keys);
            }
        }
    }

    /** Names of all values, nested ones with those of what they are in. */
    private static List<String> keys(Object value) {
        List<String> keys = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                keys.add(key.toString());
                keys(inner).forEach(below -> keys.add(key + "." + below));
            });
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            keys.addAll(keys(list.get(0)));
        }
        return keys;
    }

    @Test
    void whatIsNotUnderstoodIsToldWithWhatIs() {
        Map<String, String> mistakes = new LinkedHashMap<>();
        mistakes.put("brigde fdb", "found 'brigde', expected bridge fdb|link|vlan|mdb [show], ip link [show]");
        mistakes.put("bridge route", "found 'route', expected");
        mistakes.put("bridge -x fdb", "found option -x, expected -d, -s or -j");
        mistakes.put("bridge fdb add", "found 'add', expected dev NAME or br bridge");
        mistakes.put("bridge fdb show dev", "found nothing behind dev, expected a name");
        mistakes.put(
                "bridge fdb show dev ext9", "found device ext9, expected one of nic0 vf0 vf1 bridge br.uplink ext0");
        mistakes.put("ethtool -y vf0", "found 'ethtool -y', expected ethtool -S|-a|-g|-c|-x|-k|-i DEV");
        mistakes.put("ethtool -g ext0", "found ext0 for ethtool -g, expected a function of a NIC");
        mistakes.forEach((command, message) -> {
            try {
                Asked.of(Arrays.asList(command.split(" "))).of(STATE);
                throw new AssertionError(command + " was understood");
            } catch (Asked.NotUnderstood what) {
                assertThat(what).as(command).hasMessageContaining(message);
            }
        });
    }
}
