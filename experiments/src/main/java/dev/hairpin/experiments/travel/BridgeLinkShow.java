package dev.hairpin.experiments.travel;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.topology.Lan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code bridge [-d] link [show] [dev NAME]}: the ports of the bridge, and the mode of each NIC's relay. */
final class BridgeLinkShow {
    /** Linux's usual; the model has none. */
    static final int PRIORITY = 32;

    static final int COST = 2;

    private BridgeLinkShow() {}

    static Answer of(StateAt state, Options options) {
        List<String> lines = new ArrayList<>();
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Netdev device : Netdev.of(state)) {
            if (!options.shows(device.name())) {
                continue;
            }
            if (device.kind() == Netdev.Kind.BRIDGE_PORT) {
                BridgePort port = port(state.bridge(), device.name());
                lines.add(device.head() + " master " + Lan.BRIDGE + " state " + word(port) + " priority " + PRIORITY
                        + " cost " + COST + " ");
                Map<String, Object> object = head(device);
                object.put("master", Lan.BRIDGE);
                object.put("state", word(port));
                object.put("priority", PRIORITY);
                object.put("cost", COST);
                if (options.details()) {
                    lines.add("    " + text(flags(port)));
                    object.putAll(flags(port));
                }
                objects.add(object);
            } else if (device.kind() == Netdev.Kind.NIC) {
                String mode = mode(state, device.name());
                lines.add(device.head() + " hwmode " + mode + " ");
                Map<String, Object> object = head(device);
                object.put("hwmode", mode);
                objects.add(object);
            }
        }
        return new Answer(lines, objects);
    }

    private static Map<String, Object> head(Netdev device) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("ifindex", device.index());
        object.put("ifname", device.name());
        object.put("flags", device.flags());
        object.put("mtu", Netdev.MTU);
        return object;
    }

    private static String mode(StateAt state, String nic) {
        return state.nics().stream()
                .filter(one -> one.settings().name().equals(nic))
                .findFirst()
                .map(one -> one.settings().mode().word().toUpperCase(Locale.ROOT))
                .orElse("");
    }

    static BridgePort port(BridgeSettings bridge, String name) {
        return bridge.ports().get(bridge.number(name));
    }

    static String word(BridgePort port) {
        return port.state().name().toLowerCase(Locale.ROOT);
    }

    /** What is on or off at a port, in the order of iproute2; what the model has not is as Linux has it at first. */
    static Map<String, Object> flags(BridgePort port) {
        Map<String, Object> flags = new LinkedHashMap<>();
        flags.put("hairpin", port.reflects());
        flags.put("guard", false);
        flags.put("root_block", false);
        flags.put("fastleave", port.leavesFast());
        flags.put("learning", port.learns());
        flags.put("flood", port.floodsUnicast());
        flags.put("mcast_flood", port.floodsMulticast());
        flags.put("bcast_flood", port.floodsBroadcast());
        flags.put("mcast_router", port.router().ordinal());
        flags.put("mcast_to_unicast", false);
        flags.put("neigh_suppress", false);
        flags.put("vlan_tunnel", false);
        flags.put("isolated", port.isolated());
        flags.put("locked", port.locked());
        return flags;
    }

    static String text(Map<String, Object> flags) {
        return flags.entrySet().stream()
                .map(flag -> flag.getKey() + " "
                        + (flag.getValue() instanceof Boolean on ? on ? "on" : "off" : flag.getValue()) + " ")
                .collect(Collectors.joining());
    }
}
