package dev.hairpin.experiments.command;

import dev.hairpin.experiments.topology.PortFlag;
import dev.hairpin.experiments.topology.TopologyFile;
import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.FdbEntry;
import dev.hairpin.model.bridge.MdbEntry;
import dev.hairpin.model.bridge.SpanningTree;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.offload.Offloads;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.privilege.Privileges;
import dev.hairpin.model.privilege.Sharing;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.StationMode;
import dev.hairpin.model.relay.StormControl;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.Pcie;
import dev.hairpin.model.ring.ReceiveRing;
import dev.hairpin.model.ring.Share;
import dev.hairpin.model.wire.Bond;
import dev.hairpin.model.wire.TrafficClasses;
import dev.hairpin.model.wire.WireSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a topology file describes, in lines to read. */
final class TopologySummary {
    private TopologySummary() {}

    static List<String> lines(TopologyFile file) {
        List<String> lines = new ArrayList<>();
        for (TopologyFile.Nic nic : file.nics()) {
            nic(nic, lines);
        }
        bridge(file, lines);
        for (TopologyFile.Change change : file.changes()) {
            lines.add(seconds(change.time()) + "  " + change.text()
                    + (change.refusal().isEmpty() ? "" : "  refused: " + change.refusal()));
        }
        return lines;
    }

    private static void nic(TopologyFile.Nic nic, List<String> lines) {
        NicSettings settings = nic.settings();
        lines.add(nic.name() + ": " + settings.mode().word() + ", "
                + settings.device().title() + " (" + settings.device().name() + ")");
        List<String> wire = new ArrayList<>();
        wire.add("  uplink " + (settings.uplinkUp() ? "up" : "down"));
        wire.add(rate(nic.uplinkRate()));
        wire.add("queue " + count(nic.uplinkQueue()));
        wire.add("relay latency " + nic.relayLatency() + " ns");
        host(nic.settings().host(), wire);
        lines.add(String.join(", ", wire));
        wires(settings.wire(), lines);
        options(settings.device(), lines);
        Sharing sharing = settings.privileges().sharing();
        if (!sharing.mode().isEmpty()) {
            lines.add("  function mode " + sharing.mode()
                    + (sharing.hierarchies().isEmpty() ? "" : ", " + sharing.hierarchiesText()));
        }
        if (!settings.privileges().holders().equals(Privileges.USUAL.holders())) {
            lines.add("  left to: " + settings.privileges());
        }
        for (int port = 0; port < settings.vsis().size(); port++) {
            Vsi vsi = settings.vsis().get(port);
            lines.add("  " + vsi.name() + "  "
                    + words(vsi, nic.settings().host().functions().get(port))
                    + (port == settings.defaultStation() ? ", default station" : ""));
        }
        policy(settings.policy(), lines);
    }

    private static void wires(WireSettings wire, List<String> lines) {
        if (wire.bond().mode() != Bond.Mode.NONE) {
            lines.add("  bond " + wire.bond().mode().word() + " of "
                    + wire.bond().members().stream()
                            .map(member -> member.name() + (member.up() ? "" : " (down)"))
                            .collect(Collectors.joining(", ")));
        }
        if (!wire.classes().equals(TrafficClasses.ONE)) {
            lines.add("  classes " + wire.classes());
        }
    }

    private static void options(Device device, List<String> lines) {
        Device stock = Devices.named(device.name()).orElse(device);
        String changed = Choice.all().stream()
                .filter(choice -> !device.get(choice).equals(stock.get(choice)))
                .map(choice -> choice + " " + Choice.word(device.get(choice)))
                .collect(Collectors.joining(", "));
        if (!changed.isEmpty()) {
            lines.add("  other than the device: " + changed);
        }
    }

    private static String words(Vsi vsi, HostSide.Function rings) {
        VsiSettings set = vsi.settings();
        List<String> words = new ArrayList<>();
        words.add(
                vsi.addresses().isEmpty()
                        ? "no address"
                        : vsi.addresses().stream().map(Mac::format).collect(Collectors.joining(" ")));
        add(words, !vsi.groups().isEmpty(), vsi.groups().size() + (vsi.groups().size() == 1 ? " group" : " groups"));
        if (set.portVlan() > 0) {
            words.add("port VLAN " + set.portVlan() + (set.portPriority() > 0 ? " qos " + set.portPriority() : ""));
        } else {
            add(words, !set.vlans().any(), "VLANs " + vids(set.vlans()));
            add(words, !set.untagged(), "no untagged frames");
        }
        checks(set, words);
        add(words, !set.record().profile().isEmpty(), "profile " + set.record().profile());
        add(words, set.trusted(), "trusted");
        add(words, set.xcast() != Xcast.MULTI, "listens to " + Choice.word(set.xcast()));
        add(words, !set.broadcast(), "no broadcast");
        add(words, set.loopback(), "loopback");
        add(words, set.mode() != StationMode.AS_RELAY, "mode " + Choice.word(set.mode()));
        add(words, !set.sources().isEmpty(), set.sources().size() + " sources" + (set.consumes() ? ", nodst" : ""));
        add(words, !set.up(), "disabled");
        add(words, !set.associated(), "not associated");
        add(words, !set.txEnabled(), "tx off");
        add(words, !set.rxEnabled(), "rx off");
        storm(set.storm(), words);
        add(words, set.longestFrame() != Integer.MAX_VALUE, "frames to " + set.longestFrame());
        rings(rings, words);
        offloads(rings.offloads(), words);
        return String.join(", ", words);
    }

    private static void host(HostSide host, List<String> words) {
        Pcie pcie = host.pcie();
        add(
                words,
                !pcie.takesNoTime(),
                "PCIe " + pcie.generation() + " x" + pcie.lanes() + " payload " + pcie.payload()
                        + (pcie.buffer() == Integer.MAX_VALUE ? "" : " buffer " + pcie.buffer()));
        add(words, host.rate() != Server.UNLIMITED, "takes " + rate(host.rate()));
    }

    private static void rings(HostSide.Function rings, List<String> words) {
        ReceiveRing.Settings receives = rings.receives();
        Share sends = rings.sends();
        add(words, receives.rate() != Server.UNLIMITED, rate(receives.rate()));
        add(words, receives.buffers() != ReceiveRing.UNLIMITED, "ring " + receives.buffers());
        add(words, rings.queues() > 1, rings.queues() + " queues" + (rings.rss().udp() ? " hashing UDP" : ""));
        add(words, receives.itr() > 0, "itr " + receives.itr() + " ns");
        add(words, receives.refill() > 1, "refill " + receives.refill());
        add(words, sends.ring() != Integer.MAX_VALUE, "tx ring " + sends.ring());
        add(words, sends.weight() > 1, "weight " + sends.weight());
        add(words, sends.priority() > 0, "priority " + sends.priority());
        add(words, sends.minRate() > 0, "at least " + rate(sends.minRate()));
        add(words, sends.maxRate() != Server.UNLIMITED, "at most " + rate(sends.maxRate()));
    }

    private static void offloads(Offloads set, List<String> words) {
        add(words, set.tso(), "tso to " + (set.mss() == 0 ? "MTU " + set.mtu() : "MSS " + set.mss()));
        add(words, set.tx() && !set.tso(), "tx checksums");
        add(words, set.rx(), "rx checksums");
        add(words, set.txVlan(), "txvlan");
        add(words, set.rxVlan(), "rxvlan");
    }

    private static void checks(VsiSettings set, List<String> words) {
        List<String> checks = new ArrayList<>();
        add(checks, set.spoofMac(), "mac");
        add(checks, set.spoofVlan(), "vlan");
        add(checks, set.spoofEtherType(), "ethertype");
        add(words, !checks.isEmpty(), "spoofchk " + String.join(" ", checks));
    }

    private static void storm(StormControl storm, List<String> words) {
        storm.levels().forEach((kind, level) -> words.add("storm " + Choice.word(kind) + " " + level));
    }

    private static void policy(Policy policy, List<String> lines) {
        int number = 1;
        for (PolicyRule rule : policy.rules()) {
            String from = switch (rule.direction()) {
                case ANY -> "";
                case FROM_STATION -> " from stations";
                case FROM_UPLINK -> " from the uplink";
            };
            String ports = rule.ports().isEmpty() ? "" : " at " + String.join(" ", rule.ports());
            lines.add("  rule " + number++ + from + ports + ": " + rule);
        }
    }

    private static void bridge(TopologyFile file, List<String> lines) {
        BridgeSettings bridge = file.bridge().settings();
        lines.add("bridge: " + Choice.word(bridge.component()) + ", VLAN filtering "
                + (bridge.vlanFiltering() ? "on" : "off") + ", ageing " + seconds(bridge.ageing()) + ", latency "
                + file.bridge().latency() + " ns" + others(bridge));
        for (int number = 0; number < file.bridge().ports().size(); number++) {
            TopologyFile.Port port = file.bridge().ports().get(number);
            String behind = port.nic().isEmpty()
                    ? file.stations().stream()
                            .filter(station -> station.port().equals(port.name()))
                            .map(station -> station.name() + " "
                                    + station.addresses().stream()
                                            .map(Mac::format)
                                            .collect(Collectors.joining(" ")))
                            .collect(Collectors.joining(", "))
                    : "to " + port.nic();
            lines.add("  " + port.name() + "  " + (behind.isEmpty() ? "no station" : behind)
                    + words(bridge.ports().get(number), bridge.vlanFiltering()));
        }
        for (FdbEntry entry : bridge.stations()) {
            lines.add("  fdb " + Mac.format(entry.address()) + " at "
                    + bridge.names().get(entry.port()) + vlan(entry.vid()) + " "
                    + entry.kind().word());
        }
        for (MdbEntry entry : bridge.groups()) {
            lines.add("  mdb " + Mac.format(entry.group()) + " at "
                    + bridge.names().get(entry.port()) + vlan(entry.vid()));
        }
        policy(bridge.policy(), lines);
    }

    private static String others(BridgeSettings bridge) {
        List<String> words = new ArrayList<>(List.of(""));
        add(words, bridge.spanningTree() != SpanningTree.OFF, "spanning tree in user space");
        add(words, bridge.protocol() == VlanTag.TPID_S, "802.1ad");
        add(words, bridge.sharedLearning(), "shared learning");
        add(words, bridge.maxLearned() > 0, "learns " + bridge.maxLearned() + " at most");
        add(words, !bridge.learnsLinkLocal(), "does not learn from reserved groups");
        add(
                words,
                bridge.groupForwardMask() != 0,
                "group_fwd_mask 0x" + Integer.toHexString(bridge.groupForwardMask()));
        add(words, bridge.snooping().on(), bridge.snooping().querier() ? "snooping, querier" : "snooping");
        return String.join(", ", words);
    }

    private static String vlan(int vid) {
        return vid == 0 ? "" : " VLAN " + vid;
    }

    private static String words(BridgePort port, boolean filtering) {
        BridgePort usual = BridgePort.named(port.name());
        List<String> words = new ArrayList<>(List.of(""));
        for (PortFlag flag : PortFlag.values()) {
            add(
                    words,
                    flag.is(port) != flag.is(usual),
                    (flag.is(port) ? "" : "no ") + flag.key().replace('-', ' '));
        }
        add(words, port.state() != usual.state(), Choice.word(port.state()));
        add(words, port.router() != usual.router(), "router " + Choice.word(port.router()));
        storm(port.storm(), words);
        if (filtering) {
            words.add(port.pvid() == BridgePort.NO_PVID ? "no PVID" : "PVID " + port.pvid());
            port.vlans().forEach((vid, untagged) -> words.add(vid + (untagged ? " untagged" : " tagged")));
        }
        return String.join(", ", words);
    }

    private static void add(List<String> words, boolean told, String word) {
        if (told) {
            words.add(word);
        }
    }

    private static String vids(VlanSet vlans) {
        int[] vids = vlans.vids();
        return vids.length == 0
                ? "none"
                : Arrays.stream(vids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private static String rate(long bitsPerSecond) {
        return bitsPerSecond == Server.UNLIMITED ? "any rate" : String.format(Locale.ROOT, "%,d bit/s", bitsPerSecond);
    }

    private static String count(int frames) {
        return frames == Integer.MAX_VALUE ? "without end" : frames + " frames";
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
    }
}
