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
    /** {@code igb_netdev_ops}: neither a link state of VFs nor a bridge mode; and no DCB. */
    IGB("igb"),
    /** {@code ixgbe_netdev_ops}. */
    IXGBE("ixgbe"),
    /** {@code vxge_netdev_ops}: nothing for VFs; they were managed by the vendor's tool. It has {@code set_pauseparam}. */
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
            case IGB -> operation != Operation.STATE && operation != Operation.HWMODE && operation != Operation.DCB;
            case VXGE -> operation == Operation.PAUSE;
            case MACVLAN -> false;
        };
    }

    void require(Operation operation) {
        if (!has(operation)) {
            throw new Refused(title + " has no operation for " + operation.what + " (EOPNOTSUPP)");
        }
    }

    /**
     * Refuses rates that the driver does not set; in Mb/s, 0 for none ({@code igb_ndo_set_vf_bw}, {@code
     * ixgbe_ndo_set_vf_bw}; the speed of the wire is that of the device).
     */
    void requireRates(int least, int most, boolean up) {
        boolean possible = switch (this) {
            case IGB -> least == 0 && most <= 1_000 && up;
            case IXGBE -> least == 0 && (most == 0 || (most > 10 && most <= 10_000)) && up;
            default -> most == 0 || least <= most;
        };
        if (!possible) {
            String expected = switch (this) {
                case IGB -> "a wire that is up, no minimum and at most 1000";
                case IXGBE -> "a wire that is up, no minimum, and none or 11 to 10000";
                default -> "a minimum below the maximum";
            };
            throw new Refused("rates of " + least + " to " + most + " Mb/s, expected " + expected + " (EINVAL)");
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
        RATE("a VF's rates"),
        HWMODE("hwmode"),
        DCB("traffic classes"),
        PAUSE("pause");

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
                case RATE, DCB -> List.of(Resource.BANDWIDTH);
                case PAUSE -> List.of(Resource.LINK);
                case HWMODE -> List.of(Resource.DEVICE);
            };
        }
    }
}
