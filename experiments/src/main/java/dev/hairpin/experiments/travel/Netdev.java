package dev.hairpin.experiments.travel;

import dev.hairpin.model.bridge.PortState;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.topology.Lan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a LAN is a network device to Linux: a NIC and each of its functions, the bridge and each of its ports. A NIC's own
 * device stands for its wire.
 *
 * @param index by which iproute2 numbers it
 * @param name as {@code dev} takes it
 * @param port whose counters it has; the bridge has none of its own
 * @param address or zero when it has none
 * @param up whether something can pass
 */
record Netdev(int index, String name, Kind kind, String port, long address, boolean up) {
    /** 1 is the loopback device of every host. */
    private static final int FIRST_INDEX = 2;

    private static final Pattern VF = Pattern.compile("(?:.*\\.)?vf(\\d{1,9})");

    /** What a device is. */
    enum Kind {
        NIC,
        FUNCTION,
        BRIDGE,
        BRIDGE_PORT
    }

    /** All of them: NICs with their functions, the bridge, its ports. */
    static List<Netdev> of(StateAt state) {
        List<Netdev> all = new ArrayList<>();
        for (StateAt.Nic nic : state.nics()) {
            String name = nic.settings().name();
            all.add(new Netdev(
                    FIRST_INDEX + all.size(),
                    name,
                    Kind.NIC,
                    nic.prefix() + Lan.UPLINK,
                    physical(nic),
                    nic.settings().hasLink()));
            for (Vsi vsi : nic.settings().vsis()) {
                all.add(new Netdev(
                        FIRST_INDEX + all.size(),
                        nic.prefix() + vsi.name(),
                        Kind.FUNCTION,
                        nic.prefix() + vsi.name(),
                        address(vsi),
                        vsi.settings().up()));
            }
        }
        all.add(new Netdev(FIRST_INDEX + all.size(), Lan.BRIDGE, Kind.BRIDGE, "", 0, true));
        state.bridge()
                .ports()
                .forEach(port -> all.add(new Netdev(
                        FIRST_INDEX + all.size(),
                        port.name(),
                        Kind.BRIDGE_PORT,
                        port.name(),
                        0,
                        port.state() != PortState.DISABLED)));
        return all;
    }

    private static long physical(StateAt.Nic nic) {
        return nic.settings().vsis().stream()
                .filter(vsi -> vsi.settings().physical() || vsi.name().equals("pf"))
                .findFirst()
                .map(Netdev::address)
                .orElse(0L);
    }

    static long address(Vsi vsi) {
        return vsi.addresses().isEmpty() ? 0 : vsi.addresses().get(0);
    }

    /** The number of a virtual function by its name, or -1. */
    static int virtualFunction(String name) {
        Matcher vf = VF.matcher(name);
        return vf.matches() ? Integer.parseInt(vf.group(1)) : -1;
    }

    /** Whether what the relay takes in is what the device sends: so it is of what ends at the NIC's functions. */
    boolean sendsToRelay() {
        return kind == Kind.FUNCTION;
    }

    List<String> flags() {
        return up
                ? List.of("BROADCAST", "MULTICAST", "UP", "LOWER_UP")
                : List.of("NO-CARRIER", "BROADCAST", "MULTICAST", "UP");
    }

    /** {@code 6: ext0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500}. */
    String head() {
        return index + ": " + name + ": <" + String.join(",", flags()) + "> mtu " + MTU;
    }

    String addressText() {
        return Mac.format(address);
    }

    /** Of every device, as Ethernet's usual; the model has none. */
    static final int MTU = 1500;
}
