package dev.hairpin.experiments.topology;

import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The bridge as it is set up: all that its decisions depend on but for what it learns.
 *
 * @param ports in the order of their names
 * @param ageing of learned addresses, nanoseconds
 * @param fdb addresses that are set
 * @param mdb groups that are set
 */
public record BridgeSetUp(
        Component component,
        boolean vlanFiltering,
        long ageing,
        List<PortSetUp> ports,
        List<Address> fdb,
        List<Group> mdb,
        Policy policy) {
    public BridgeSetUp {
        ports = List.copyOf(ports);
        fdb = List.copyOf(fdb);
        mdb = List.copyOf(mdb);
    }

    /** The port of that name, which there is. */
    public PortSetUp port(String name) {
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused("the bridge has no port " + name + " (ENODEV)"));
    }

    BridgeSetUp withPort(String name, UnaryOperator<PortSetUp> change) {
        List<PortSetUp> others = new ArrayList<>(ports);
        others.replaceAll(port -> port.name().equals(name) ? change.apply(port) : port);
        return new BridgeSetUp(component, vlanFiltering, ageing, others, fdb, mdb, policy);
    }

    BridgeSetUp withFdb(List<Address> others) {
        return new BridgeSetUp(component, vlanFiltering, ageing, ports, others, mdb, policy);
    }

    BridgeSetUp withMdb(List<Group> others) {
        return new BridgeSetUp(component, vlanFiltering, ageing, ports, fdb, others, policy);
    }

    BridgeSetUp under(Policy other) {
        return new BridgeSetUp(component, vlanFiltering, ageing, ports, fdb, mdb, other);
    }

    /** What kind of bridge it is, which says what reserved addresses it relays (802.1Q-2022 tables 8-1 to 8-3). */
    public enum Component {
        C_VLAN,
        S_VLAN,
        TPMR
    }

    /**
     * An entry of the filtering database.
     *
     * @param vlan 0 where VLANs are not looked at
     * @param sticky whether it stays when its station is seen elsewhere
     */
    public record Address(long mac, int vlan, String port, Kind kind, boolean sticky) {
        boolean isOf(long otherMac, int otherVlan) {
            return mac == otherMac && vlan == otherVlan;
        }
    }

    /** Kinds of entries in the filtering database. */
    public enum Kind {
        /** Ages, as if it had been learned. */
        DYNAMIC,
        /** Does not age. */
        STATIC,
        /** The bridge's own: frames for it end there. */
        PERMANENT
    }

    /**
     * A port that gets a group.
     *
     * @param group IPv4, IPv6 or MAC address, as written
     * @param vlan 0 where VLANs are not looked at
     */
    public record Group(String group, int vlan, String port) {}
}
