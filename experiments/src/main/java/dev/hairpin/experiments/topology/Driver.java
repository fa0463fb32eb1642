package dev.hairpin.experiments.topology;

import dev.hairpin.model.device.Device;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.management.RateFactor;
import dev.hairpin.model.management.RateRules;
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

    /** In Mb/s. */
    private static final int GIGABIT = 1_000;

    /** In bits a second. */
    static final long MEGABIT = 1_000_000;

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
     * What a function may send at the most, bits a second, where rates in Mb/s are asked for, 0 for none.
     *
     * @param up whether the wire is up, whose speed is that of the device
     */
    long limit(int least, int most, boolean up) {
        return switch (this) {
            case IGB -> limit(RateRules.IGB, GIGABIT, least, most, up);
            case IXGBE -> limit(RateRules.IXGBE, 10 * GIGABIT, least, most, up);
            default -> {
                if (most != 0 && least > most) {
                    throw new Refused("rates of " + least + " to " + most
                            + " Mb/s, expected a minimum below the maximum (EINVAL)");
                }
                yield most == 0 ? Server.UNLIMITED : most * MEGABIT;
            }
        };
    }

    /** With one queue, as all functions have here. */
    private static long limit(RateRules rules, int speed, int least, int most, boolean up) {
        RateFactor factor = rules.limit(up ? speed : 0, least, most);
        return factor.isOn() ? rules.bitsPerSecond(factor, speed, 1) : Server.UNLIMITED;
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
