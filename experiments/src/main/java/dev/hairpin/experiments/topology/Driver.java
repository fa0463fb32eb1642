package dev.hairpin.experiments.topology;

import dev.hairpin.model.device.Device;
import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.Refused;
import java.util.List;

/** What a device's Linux driver can be asked for with {@code ip link} and {@code bridge link}. */
enum Driver {
    /** The standard's device refuses nothing that it could have. */
    IDEAL("the ideal device"),
    /** {@code igb_netdev_ops}: neither a link state of VFs nor a bridge mode. */
    IGB("igb"),
    /** {@code ixgbe_netdev_ops}. */
    IXGBE("ixgbe"),
    /** {@code vxge_netdev_ops}: nothing for VFs; they were managed by the vendor's tool. */
    VXGE("vxge"),
    /** No functions of PCI, so nothing for VFs. */
    MACVLAN("macvlan");

    private final String title;

    Driver(String title) {
        this.title = title;
    }

    static Driver of(Device device) {
        return switch (GuestDriver.of(device)) {
            case IGBVF -> IGB;
            case IXGBEVF -> IXGBE;
            case VXGE -> VXGE;
            case MACVLAN -> MACVLAN;
            case IDEAL -> IDEAL;
        };
    }

    private boolean has(Operation operation) {
        return switch (this) {
            case IDEAL, IXGBE -> true;
            case IGB -> operation != Operation.STATE && operation != Operation.HWMODE;
            case VXGE, MACVLAN -> false;
        };
    }

    void require(Operation operation) {
        if (!has(operation)) {
            throw new Refused(title + " has no operation for " + operation.what + " (EOPNOTSUPP)");
        }
    }

    /** Whether {@code state enable} is taken and has no effect ({@code ixgbe_ndo_set_vf_link_state}). */
    boolean leavesEnable() {
        return this == IXGBE;
    }

    /**
     * Whether it takes the function's right to send away and pings it ({@code ixgbe_ndo_set_vf_trust}, {@code
     * ixgbe_set_vf_link_state}). After another address it says that the function's driver must be loaded anew, and no more.
     */
    boolean resets(Operation operation) {
        return this == IXGBE && (operation == Operation.TRUST || operation == Operation.STATE);
    }

    /** What can be asked for. */
    enum Operation {
        MAC("a VF's address"),
        VLAN("a VF's port VLAN"),
        SPOOFCHK("a VF's spoofchk"),
        TRUST("a VF's trust"),
        STATE("a VF's link state"),
        HWMODE("hwmode");

        private final String what;

        Operation(String what) {
            this.what = what;
        }

        /** What it administers. */
        List<Resource> resources() {
            return switch (this) {
                case MAC -> List.of(Resource.MAC);
                case VLAN -> List.of(Resource.VLAN);
                case SPOOFCHK -> List.of(Resource.MAC, Resource.VLAN);
                case TRUST -> List.of(Resource.PROMISCUITY);
                case STATE -> List.of(Resource.FUNCTION);
                case HWMODE -> List.of(Resource.DEVICE);
            };
        }
    }
}
