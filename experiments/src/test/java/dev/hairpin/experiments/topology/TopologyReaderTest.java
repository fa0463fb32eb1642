package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.topology.TopologyFile.Nic;
import dev.hairpin.experiments.topology.TopologyFile.Port;
import dev.hairpin.experiments.topology.TopologyFile.Station;
import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.Component;
import dev.hairpin.model.bridge.EntryKind;
import dev.hairpin.model.bridge.FdbEntry;
import dev.hairpin.model.bridge.MdbEntry;
import dev.hairpin.model.bridge.PortState;
import dev.hairpin.model.bridge.RouterPort;
import dev.hairpin.model.bridge.Snooping;
import dev.hairpin.model.bridge.SpanningTree;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Choice.Echo;
import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.StationMode;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a topology file says becomes values of the model. */
class TopologyReaderTest {
    private static final long ONE = 0x0200_0000_0001L;
    private static final long TWO = 0x0200_0000_0002L;

    private static TopologyFile good(String text) {
        Reading reading = TopologyReader.read("lan.conf", text);
        assertThat(reading.problems()).isEmpty();
        return reading.topology().orElseThrow();
    }

    /** A NIC with those lines, on a bridge. */
    private static String lan(String nic) {
        return "nics { nic0 { mode = veb\n" + nic + " } }\nbridge { ports { p0 { to = nic0 }, ext0 {} } }\n";
    }

    private static Nic nic(String text) {
        return good(lan(text)).nics().get(0);
    }

    private static Vsi vsi(String settings) {
        return nic("vfs { vf0 { " + settings + " } }").settings().vsis().get(0);
    }

    private static VsiSettings settings(String settings) {
        return vsi(settings).settings();
    }

    @Test
    void whatIsNotSaidIsUnlimited() {
        assertThat(nic("vfs { vf0 { mac = \"02:00:00:00:00:01\" } }"))
                .isEqualTo(new Nic(
                        NicSettings.of(
                                "nic0",
                                Mode.VEB,
                                List.of(new Vsi("vf0", List.of(ONE), List.of(), VsiSettings.DEFAULT))),
                        Server.UNLIMITED,
                        Integer.MAX_VALUE,
                        0,
                        List.of()));
    }

    @Test
    void aNicHasADeviceALinkAndADefaultStation() {
        Nic nic = nic("device = 82599, relay-latency = 1.5us, default-station = pf"
                + "\nuplink { rate = 10Gbit, queue = 1000, up = no }\nvfs { vf0 {}, pf {} }");
        assertThat(nic.settings().device()).isSameAs(Devices.named("82599").orElseThrow());
        assertThat(nic.settings().vsis().get(nic.settings().defaultStation()).name())
                .isEqualTo("pf");
        assertThat(nic.settings().uplinkUp()).isFalse();
        assertThat(nic.uplinkRate()).isEqualTo(10_000_000_000L);
        assertThat(nic.uplinkQueue()).isEqualTo(1000);
        assertThat(nic.relayLatency()).isEqualTo(1_500);
    }

    @Test
    void choicesOfTheDeviceCanBeOthers() {
        NicSettings nic = nic("device = 82599, vfs { vf0 {} }\noptions { self-addressed = always, vlans = unlimited,"
                        + " filters-reserved = yes, checks-source = true }")
                .settings();
        assertThat(nic.device().get(Choice.SELF_ADDRESSED)).isEqualTo(Echo.ALWAYS);
        assertThat(nic.device().get(Choice.VLANS)).isEqualTo(Choice.UNLIMITED);
        assertThat(nic.device().get(Choice.FILTERS_RESERVED)).isTrue();
        assertThat(nic.device().get(Choice.CHECKS_SOURCE)).isTrue();
    }

    @Test
    void functionsAreInTheOrderPeopleCountIn() {
        assertThat(nic("vfs { vf10 {}, vf2 {}, pf {}, vf1 {} }").settings().vsis())
                .extracting(Vsi::name)
                .containsExactly("pf", "vf1", "vf2", "vf10");
    }

    @Test
    void onlyThePhysicalFunctionIsPhysical() {
        assertThat(nic("vfs { pf {}, vf0 {} }").settings().vsis())
                .extracting(vsi -> vsi.settings().physical())
                .containsExactly(true, false);
    }

    @Test
    void aFunctionHasAddressesAndGroups() {
        Vsi vsi = vsi("mac = \"02:00:00:00:00:01\", addresses = [\"02-00-00-00-00-02\"],"
                + " groups = [\"01:00:5e:01:01:01\"]");
        assertThat(vsi.addresses()).containsExactly(ONE, TWO);
        assertThat(vsi.groups()).containsExactly(0x0100_5E01_0101L);
    }

    @Test
    void aFunctionHasVlans() {
        VsiSettings none = VsiSettings.DEFAULT;
        assertThat(settings("vlan = 10, qos = 5"))
                .isEqualTo(none.withPortVlan(10).withPortPriority(5));
        assertThat(settings("trunk = [20, 30-32], untagged = no"))
                .isEqualTo(none.withVlans(VlanSet.of(20, 30, 31, 32)).withUntagged(false));
        assertThat(settings("trunk = []")).isEqualTo(none.withVlans(VlanSet.NONE));
        assertThat(settings("trunk = any")).isEqualTo(none);
    }

    @Test
    void spoofchkIsAddressAndVlanOrWhatIsListed() {
        VsiSettings none = VsiSettings.DEFAULT;
        assertThat(settings("spoofchk = on")).isEqualTo(none.withSpoofMac(true).withSpoofVlan(true));
        assertThat(settings("spoofchk = off")).isEqualTo(none);
        assertThat(settings("spoofchk = [mac]")).isEqualTo(none.withSpoofMac(true));
        assertThat(settings("spoofchk = [vlan, ethertype]"))
                .isEqualTo(none.withSpoofVlan(true).withSpoofEtherType(true));
    }

    @Test
    void aFunctionHasWhatTheAdministratorSets() {
        VsiSettings none = VsiSettings.DEFAULT;
        assertThat(settings("trust = on, xcast = allmulti"))
                .isEqualTo(none.withTrusted(true).withXcast(Xcast.ALLMULTI));
        assertThat(settings("state = disable")).isEqualTo(none.withUp(false));
        assertThat(settings("state = enable")).isEqualTo(none);
        assertThat(settings("associated = no")).isEqualTo(none.withAssociated(false));
        assertThat(settings("tx = off")).isEqualTo(none.withTxEnabled(false));
        assertThat(settings("rx = off")).isEqualTo(none.withRxEnabled(false));
        assertThat(settings("loopback = on")).isEqualTo(none.withLoopback(true));
        assertThat(settings("broadcast = off")).isEqualTo(none.withBroadcast(false));
        assertThat(settings("longest-frame = 1514")).isEqualTo(none.withLongestFrame(1514));
    }

    @Test
    void aMacvlanHasAModeAndSources() {
        VsiSettings settings = nic("device = linux-macvlan, vfs { vf0 { mode = source,"
                        + " sources = [\"02:00:00:00:00:02\"], nodst = yes } }")
                .settings()
                .vsis()
                .get(0)
                .settings();
        assertThat(settings)
                .isEqualTo(VsiSettings.DEFAULT
                        .withMode(StationMode.SOURCE)
                        .withSources(List.of(TWO))
                        .withConsumes(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permit",
                "drop",
                "hairpin",
                "switch-locally",
                "redirect vf1",
                "mirror uplink",
                "set-vlan 20",
                "set-priority 7",
                "rate-limit 1000000000bit burst 64000",
            })
    void anActionIsReadAsItIsPrinted(String action) {
        NicSettings nic = nic("vfs { vf0 {}, vf1 {} }, policy = [{ action = \"" + action + "\" }]")
                .settings();
        assertThat(nic.policy().rules().get(0).action().text()).isEqualTo(action);
    }

    @Test
    void aRuleHasAnExpressionADirectionAndPorts() {
        var rule = nic("vfs { vf0 {}, vf1 {} }\npolicy = [{ match = \"tcp dst port 23\", from = station, ports = [vf1],"
                        + " action = \"rate-limit 1Gbit burst 64kB\" }]")
                .settings()
                .policy()
                .rules()
                .get(0);
        assertThat(rule.match()).hasToString("tcp dst port 23");
        assertThat(rule.direction()).isEqualTo(Direction.FROM_STATION);
        assertThat(rule.ports()).containsExactly("vf1");
        assertThat(rule.action()).isEqualTo(new PolicyAction.RateLimit(1_000_000_000L, 64_000));
    }

    @Test
    void aPolicyMayHaveAName() {
        NicSettings nic = good(lan("vfs { vf0 {} }, policy = strict") + "policies { strict = [{ action = drop }] }")
                .nics()
                .get(0)
                .settings();
        assertThat(nic.policy().rules()).hasSize(1);
    }

    @Test
    void stationsAreAtThePortOfTheirNameOrAnother() {
        TopologyFile file = good(lan("vfs { vf0 {} }") + "stations { ext0 { mac = \"02:00:00:00:00:01\" },"
                + " printer { mac = \"02:00:00:00:00:02\", port = ext0 } }");
        assertThat(file.stations())
                .containsExactly(
                        new Station("ext0", List.of(ONE), "ext0"), new Station("printer", List.of(TWO), "ext0"));
        assertThat(file.bridge().ports()).containsExactly(new Port("ext0", "", ""), new Port("p0", "nic0", ""));
        assertThat(file.bridge().settings().names()).containsExactly("ext0", "p0");
    }

    /** Port p1 of a bridge with those lines. */
    private static BridgePort port(String bridge, String port) {
        return good("nics { nic0 { mode = veb, vfs { vf0 {} } } }\nbridge { " + bridge
                        + "\nports { p0 { to = nic0 }, p1 { " + port + " } } }")
                .bridge()
                .settings()
                .ports()
                .get(1);
    }

    @Test
    void aPortHasFlagsAndAState() {
        BridgePort usual = BridgePort.named("p1");
        assertThat(port("", "reflective-relay = on, locked = on, mcast-flood = off, learning = no"))
                .isEqualTo(usual.withReflects(true)
                        .withLocked(true)
                        .withFloodsMulticast(false)
                        .withLearns(false));
        assertThat(port("", "locked = on, mab = on"))
                .isEqualTo(usual.withLocked(true).withMab(true));
        assertThat(port("", "state = learning, router = always"))
                .isEqualTo(usual.withState(PortState.LEARNING).withRouter(RouterPort.ALWAYS));
    }

    @Test
    void aPortIsInItsPvidUntaggedUnlessToldAndInMoreVlans() {
        BridgePort usual = BridgePort.named("p1");
        assertThat(port("vlan-filtering = on", "vlans { 10-11 = tagged, 20 = untagged }"))
                .isEqualTo(usual.withVlans(Map.of(1, true, 10, false, 11, false, 20, true)));
        assertThat(port("vlan-filtering = on", "pvid = 10, vlans { 10 = tagged }"))
                .isEqualTo(usual.trunk(10).withPvid(10));
        assertThat(port("vlan-filtering = on", "pvid = none")).isEqualTo(usual.trunk());
    }

    @Test
    void theBridgeHasTablesAndAPolicy() {
        TopologyFile.Bridge bridge = good("""
                nics { nic0 { mode = veb, vfs { vf0 {} } } }
                bridge {
                  component = s-vlan, vlan-filtering = on, ageing = 15s, latency = 2us, snooping = on
                  ports { p0 { to = nic0 }, p1 { vlans { 10 = tagged } } }
                  fdb = [{ mac = "02:00:00:00:00:01", port = p1, vlan = 10, kind = sticky },
                         { mac = "02:00:00:00:00:02", port = p0 }]
                  mdb = [{ group = 239.1.1.1, port = p1, vlan = 10 }]
                  policy = [{ match = arp, ports = [p1], action = "mirror p0" }]
                }
                """).bridge();
        BridgeSettings set = bridge.settings();
        assertThat(bridge.latency()).isEqualTo(2_000);
        assertThat(set.component()).isEqualTo(Component.S_VLAN);
        assertThat(set.vlanFiltering()).isTrue();
        assertThat(set.ageing()).isEqualTo(15_000_000_000L);
        assertThat(set.snooping()).isEqualTo(Snooping.ON);
        assertThat(set.stations())
                .contains(new FdbEntry(ONE, 10, 1, EntryKind.STICKY), new FdbEntry(TWO, 0, 0, EntryKind.STATIC));
        assertThat(set.groups()).containsExactly(new MdbEntry(0x0100_5E01_0101L, 10, 1));
        assertThat(set.policy().rules()).hasToString("[arp: mirror p0]");
    }

    @Test
    void aBridgeMayBeLinuxsOrAProviders() {
        BridgeSettings set = good("""
                nics { nic0 { mode = veb, vfs { vf0 {} } } }
                bridge {
                  component = linux, group-fwd-mask = 0xb800, spanning-tree = user-space, vlan-filtering = on
                  protocol = "802.1ad", shared-learning = on, max-learned = 100, learns-link-local = off, snooping = querier
                  ports { p0 { to = nic0 } }
                }
                """).bridge().settings();
        assertThat(set)
                .isEqualTo(BridgeSettings.of("p0")
                        .withComponent(Component.LINUX)
                        .withGroupForwardMask(0xB800)
                        .withSpanningTree(SpanningTree.USER_SPACE)
                        .withVlanFiltering(true)
                        .withProtocol(0x88A8)
                        .withSharedLearning(true)
                        .withMaxLearned(100)
                        .withLearnsLinkLocal(false)
                        .withSnooping(Snooping.ON.withQuerier(true)));
    }

    @Test
    void changesOfTheBridgeFollowEachOther() {
        TopologyFile.Bridge bridge = good(lan("vfs { vf0 {} }") + "changes = ["
                        + "{ at = 1, do = \"bridge link set dev p0 hairpin on\" },"
                        + " { at = 2, do = \"bridge link set dev p0 isolated on\" }]")
                .bridge();
        BridgePort usual = BridgePort.named("p0");
        assertThat(bridge.settings().ports().get(1)).isEqualTo(usual);
        assertThat(bridge.changes())
                .extracting(change -> change.settings().ports().get(1))
                .containsExactly(
                        usual.withReflects(true), usual.withReflects(true).withIsolated(true));
    }

    @Test
    void aVepaWhosePortDoesNotReflectIsWarnedOf() {
        String vepa = "nics { nic0 { mode = vepa, vfs { vf0 {} } } }\nbridge { ports { p0 { to = nic0";
        assertThat(TopologyReader.read("lan.conf", vepa + " } } }").problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "lan.conf:2: bridge: warning: p0 does not reflect: stations of nic0, a VEPA, cannot reach"
                                + " each other; expected reflective-relay = on");
        good(vepa + ", reflective-relay = on } } }");
    }

    @Test
    void functionsOfDevicesThatAllowItShareAnAddress() {
        String two = "vfs { vf0 { mac = \"02:00:00:00:00:01\" }, vf1 { mac = \"02:00:00:00:00:01\" } }";
        assertThat(nic("device = 82599, " + two).settings().vsis()).hasSize(2);
        assertThat(TopologyReader.read("lan.conf", lan(two)).topology()).isEmpty();
    }

    @Test
    void changesHoldFromTheirTimeOn() {
        TopologyFile file = good(lan("vfs { vf0 {} }") + "changes = [{ at = 2.5, do = \"ip link set dev nic0 down\" },"
                + " { at = 20ms, do = \"bridge link set dev nic0 hwmode vepa\" }]");
        Nic nic = file.nics().get(0);
        NicSettings vepa = nic.settings().in(Mode.VEPA);
        assertThat(nic.settings().mode()).isEqualTo(Mode.VEB);
        assertThat(nic.changes())
                .startsWith(new Timed<>(20_000_000L, "bridge link set dev nic0 hwmode vepa", "", vepa))
                .hasSize(2);
        assertThat(nic.changes().get(1).time()).isEqualTo(2_500_000_000L);
        assertThat(nic.changes().get(1).settings().mode()).isEqualTo(Mode.VEPA);
        assertThat(nic.changes().get(1).settings().uplinkUp()).isFalse();
        assertThat(file.changes()).extracting(TopologyFile.Change::line).containsExactly(4, 4);
    }

    @Test
    void aRefusedChangeChangesNothingAndSaysWhy() {
        Reading reading = TopologyReader.read(
                "lan.conf",
                lan("device = 82576, vfs { vf0 {} }")
                        + "changes = [{ at = 1, do = \"ip link set dev nic0 vf 0 state disable\" }]");
        assertThat(reading.problems()).hasSize(1).allMatch(Problem::warning);
        Nic nic = reading.topology().orElseThrow().nics().get(0);
        assertThat(nic.changes())
                .containsExactly(new Timed<>(
                        1_000_000_000L,
                        "ip link set dev nic0 vf 0 state disable",
                        "igb has no operation for a VF's link state (EOPNOTSUPP)",
                        nic.settings()));
    }

    @Test
    void theEnvironmentHasNoSay() {
        assertThat(TopologyReader.read("lan.conf", lan("vfs { vf0 {} }") + "x = ${PATH}")
                        .problems())
                .extracting(Problem::toString)
                .containsExactly("lan.conf:4: Could not resolve substitution to a value: ${PATH}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-servers.conf", "hybrid.conf"})
    void theSamplesAreGood(String sample) throws Exception {
        assertThat(TopologyReader.read(Captures.sample(sample)).problems()).isEmpty();
    }
}
