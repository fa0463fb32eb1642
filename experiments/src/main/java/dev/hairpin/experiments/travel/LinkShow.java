package dev.hairpin.experiments.travel;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.Snooping;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.ring.Share;
import dev.hairpin.model.topology.Lan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ip [-s] [-d] link show [dev NAME]}. Below a NIC stand its virtual functions. What the model has not, such as a
 * queueing discipline, is as Linux has it at first. Of the drivers here ixgbe alone tells whether functions may read the RSS table.
 */
final class LinkShow {
    private static final long MEGABIT = 1_000_000;
    private static final String BROADCAST = Mac.format(Mac.BROADCAST);
    private static final long NANOS_PER_CENTISECOND = 10_000_000L;

    private static final String ROUTER = "mcast_router";

    private LinkShow() {}

    static Answer of(StateAt state, Options options) {
        List<String> lines = new ArrayList<>();
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Netdev device : Netdev.of(state)) {
            if (options.shows(device.name())) {
                show(state, options, device, lines, objects);
            }
        }
        return new Answer(lines, objects);
    }

    private static void show(
            StateAt state, Options options, Netdev device, List<String> lines, List<Map<String, Object>> objects) {
        boolean port = device.kind() == Netdev.Kind.BRIDGE_PORT;
        String up = device.up() ? "UP" : "DOWN";
        lines.add(device.head() + " qdisc noqueue " + (port ? "master " + Lan.BRIDGE + " " : "") + "state " + up
                + " mode DEFAULT group default qlen 1000");
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("ifindex", device.index());
        object.put("ifname", device.name());
        object.put("flags", device.flags());
        object.put("mtu", Netdev.MTU);
        object.put("qdisc", "noqueue");
        if (port) {
            object.put("master", Lan.BRIDGE);
        }
        object.put("operstate", up);
        object.put("linkmode", "DEFAULT");
        object.put("group", "default");
        object.put("txqlen", 1000);
        object.put("link_type", "ether");
        object.put("address", device.addressText());
        object.put("broadcast", BROADCAST);
        String address = "    link/ether " + device.addressText() + " brd " + BROADCAST;
        if (options.details()) {
            LinkDetails details = LinkDetails.of(state, device);
            object.putAll(details.asked());
            String kind = kind(state, device, object);
            object.putAll(details.others());
            lines.add(address + details.askedText() + (kind.isEmpty() ? details.othersText() : ""));
            if (!kind.isEmpty()) {
                lines.add(kind + details.othersText());
            }
        } else {
            lines.add(address);
        }
        if (options.statistics() && device.kind() != Netdev.Kind.BRIDGE) {
            LinkStatistics statistics = LinkStatistics.of(device, state.counted(device.port()));
            lines.addAll(statistics.text());
            object.put("stats64", statistics.object());
        }
        if (device.kind() == Netdev.Kind.NIC) {
            functions(state, options, device, lines, object);
        }
        objects.add(object);
    }

    /** What a bridge and its ports have beside others; empty for other devices. */
    private static String kind(StateAt state, Netdev device, Map<String, Object> object) {
        if (device.kind() == Netdev.Kind.BRIDGE) {
            Map<String, Object> data = bridge(state.bridge());
            object.put("linkinfo", info("info_kind", "info_data", data));
            return "    bridge " + BridgeLinkShow.text(data);
        } else if (device.kind() == Netdev.Kind.BRIDGE_PORT) {
            BridgePort port = BridgeLinkShow.port(state.bridge(), device.name());
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("state", BridgeLinkShow.word(port));
            data.put("priority", BridgeLinkShow.PRIORITY);
            data.put("cost", BridgeLinkShow.COST);
            BridgeLinkShow.flags(port).forEach((flag, on) -> {
                // Other than bridge(8), ip(8) has the router before the kinds of flooding, and another key for it.
                if (flag.equals("mcast_flood")) {
                    data.put(ROUTER, port.router().ordinal());
                }
                if (!flag.equals(ROUTER)) {
                    data.put(flag, on);
                }
            });
            Map<String, Object> keyed = new LinkedHashMap<>();
            data.forEach((flag, on) -> keyed.put(flag.equals(ROUTER) ? "multicast_router" : flag, on));
            object.put("linkinfo", info("info_slave_kind", "info_slave_data", keyed));
            return "    bridge_slave " + BridgeLinkShow.text(data);
        }
        return "";
    }

    private static Map<String, Object> info(String kind, String data, Map<String, Object> values) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put(kind, "bridge");
        info.put(data, values);
        return info;
    }

    /** Numbers, where Linux has them so. */
    private static Map<String, Object> bridge(BridgeSettings settings) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("ageing_time", settings.ageing() / NANOS_PER_CENTISECOND);
        data.put("vlan_filtering", settings.vlanFiltering() ? 1 : 0);
        data.put("vlan_protocol", settings.protocol() == VlanTag.TPID_C ? "802.1Q" : "802.1ad");
        data.put("group_fwd_mask", Integer.toHexString(settings.groupForwardMask()));
        data.put("mcast_snooping", settings.snooping().equals(Snooping.OFF) ? 0 : 1);
        data.put("no_linklocal_learn", settings.learnsLinkLocal() ? 0 : 1);
        data.put("fdb_max_learned", settings.maxLearned());
        return data;
    }

    private static void functions(
            StateAt state, Options options, Netdev device, List<String> lines, Map<String, Object> object) {
        List<Map<String, Object>> functions = new ArrayList<>();
        for (StateAt.Nic nic : state.nics()) {
            List<Vsi> vsis = nic.settings().vsis();
            for (int port = 0; port < vsis.size(); port++) {
                Vsi vsi = vsis.get(port);
                Share share = nic.settings().host().functions().get(port).sends();
                int number = Netdev.virtualFunction(vsi.name());
                if (number >= 0 && nic.settings().name().equals(device.name())) {
                    PortCounters counted = state.counted(nic.prefix() + vsi.name());
                    boolean tells = GuestDriver.of(nic.settings().device()) == GuestDriver.IXGBEVF;
                    lines.add(functionText(number, vsi, share) + (tells ? ", query_rss off" : ""));
                    Map<String, Object> function = function(number, vsi, share);
                    if (tells) {
                        function.put("query_rss_en", false);
                    }
                    if (options.statistics()) {
                        lines.addAll(FunctionStatistics.text(counted));
                        function.put("stats", FunctionStatistics.object(counted));
                    }
                    functions.add(function);
                }
            }
        }
        if (!functions.isEmpty()) {
            object.put("vfinfo_list", functions);
        }
    }

    private static String functionText(int number, Vsi vsi, Share share) {
        VsiSettings set = vsi.settings();
        return "    vf " + number + "     link/ether " + Mac.format(Netdev.address(vsi)) + " brd " + BROADCAST
                + (set.portVlan() == 0 ? "" : ", vlan " + set.portVlan())
                + (set.portPriority() == 0 ? "" : ", qos " + set.portPriority())
                + rates(most(share), least(share))
                + ", spoof checking " + onOff(set.spoofMac())
                + ", link-state " + linkState(set)
                + ", trust " + onOff(set.trusted());
    }

    private static Map<String, Object> function(int number, Vsi vsi, Share share) {
        VsiSettings set = vsi.settings();
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("vf", number);
        function.put("link_type", "ether");
        function.put("address", Mac.format(Netdev.address(vsi)));
        function.put("broadcast", BROADCAST);
        Map<String, Object> vlan = new LinkedHashMap<>();
        if (set.portVlan() != 0) {
            vlan.put("vlan", set.portVlan());
        }
        if (set.portPriority() != 0) {
            vlan.put("qos", set.portPriority());
        }
        function.put("vlan_list", List.of(vlan));
        if (most(share) != 0) {
            function.put("tx_rate", most(share));
        }
        Map<String, Object> rate = new LinkedHashMap<>();
        rate.put("max_tx", most(share));
        rate.put("min_tx", least(share));
        function.put("rate", rate);
        function.put("spoofchk", set.spoofMac());
        function.put("link_state", linkState(set));
        function.put("trust", set.trusted());
        return function;
    }

    /** In Mb/s; the kernel tells the maximum twice, and iproute2 none that is 0. */
    private static String rates(long most, long least) {
        return (most == 0 ? "" : ", tx rate " + most + " (Mbps), max_tx_rate " + most + "Mbps")
                + (least == 0 ? "" : ", min_tx_rate " + least + "Mbps");
    }

    private static long most(Share share) {
        return share.maxRate() == Server.UNLIMITED ? 0 : share.maxRate() / MEGABIT;
    }

    private static long least(Share share) {
        return share.minRate() / MEGABIT;
    }

    private static String linkState(VsiSettings set) {
        return set.up() ? "auto" : "disable";
    }

    private static String onOff(boolean value) {
        return value ? "on" : "off";
    }
}
