package dev.hairpin.model.management;

import dev.hairpin.model.decision.Evidence;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.mailbox.IgbDriver;
import dev.hairpin.model.mailbox.IxgbeDriver;
import dev.hairpin.model.privilege.AccessRight;
import dev.hairpin.model.privilege.Act;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Vsi;
import java.util.List;

/** The driver of a function inside a guest. */
public enum GuestDriver {
    /** Asks igb, the driver of the 82576's physical function, by mailbox. */
    IGBVF("igb", "igbvf", 68, 9216, Evidence.CODE, "Linux: igbvf, igb"),
    /** Asks ixgbe, the driver of the 82599's physical function, by mailbox. */
    IXGBEVF("ixgbe", "ixgbevf", 68, 9710, Evidence.CODE, "Linux: ixgbevf, ixgbe"),
    /** Writes the registers of its virtual path, as far as the device gives it the right to. */
    VXGE("vxge", "vxge", 68, 9600, Evidence.CODE, "Linux 4.9: vxge"),
    /** A macvlan: it registers what it is asked for at the lower device. */
    MACVLAN("macvlan", "macvlan", 68, 65_535, Evidence.INFERRED, "macvlan asks nobody"),
    /** Of the standard's device, which says nothing about guests: all is granted that the tables have place for. */
    IDEAL("", "", 68, 65_535, Evidence.ASSUMED, "the standard has no guests");

    private final String physical;
    private final String virtual;
    private final int leastMtu;
    private final int mostMtu;
    private final Evidence evidence;
    private final String source;

    GuestDriver(String physical, String virtual, int leastMtu, int mostMtu, Evidence evidence, String source) {
        this.physical = physical;
        this.virtual = virtual;
        this.leastMtu = leastMtu;
        this.mostMtu = mostMtu;
        this.evidence = evidence;
        this.source = source;
    }

    /** The one for functions of {@code device}. */
    public static GuestDriver of(Device device) {
        return switch (device.name()) {
            case "82576" -> IGBVF;
            case "82599" -> IXGBEVF;
            case "x3100" -> VXGE;
            case "linux-macvlan" -> MACVLAN;
            default -> IDEAL;
        };
    }

    /** What Linux calls the driver of a physical function of that device, or of a virtual one; empty for none. */
    public String word(boolean ofPhysical) {
        return ofPhysical ? physical : virtual;
    }

    /** How well its answers are founded. */
    public Evidence evidence() {
        return evidence;
    }

    /** On what. */
    public String source() {
        return source;
    }

    /** Who asks when it is done in the operating system of {@code function}: Dom0, where that is the physical one. */
    public static Caller caller(NicSettings nic, String function) {
        return nic.vsi(function).settings().physical() ? Caller.PRIVILEGED_DOMAIN : new Caller.Guest(function);
    }

    /**
     * Asks for something from inside the operating system of {@code function}.
     *
     * @return the NIC afterwards; no other function is otherwise than before
     * @throws Refused when it may not, the drivers refuse it, or it finds no place in a table that functions share
     */
    public static NicSettings ask(NicSettings nic, String function, GuestRequest request) {
        request.resource().ifPresent(resource -> nic.authorise(caller(nic, function), Act.USE, resource, function));
        return of(nic.device()).carryOut(nic, nic.vsi(function), request);
    }

    private NicSettings carryOut(NicSettings nic, Vsi vsi, GuestRequest request) {
        KernelChecks.check(vsi, request);
        if (request instanceof GuestRequest.Mtu mtu && (mtu.octets() < leastMtu || mtu.octets() > mostMtu)) {
            throw new Refused("an MTU of " + mtu.octets() + ", expected " + leastMtu + " to " + mostMtu + " (EINVAL)");
        }
        if (vsi.settings().physical()) {
            return nic.with(vsi.name(), before -> DirectGuest.granted(before, request));
        }
        return switch (this) {
            case IGBVF, IXGBEVF -> byMailbox(nic, vsi).carryOut(request);
            case VXGE -> virtualPath(nic, vsi, request);
            case MACVLAN, IDEAL -> direct(nic, vsi, request);
        };
    }

    /** The least MTU that it takes, octets. */
    public int leastMtu() {
        return leastMtu;
    }

    /** The greatest. */
    public int mostMtu() {
        return mostMtu;
    }

    /** Whether it asks by mailbox. */
    public boolean hasMailbox() {
        return this == IGBVF || this == IXGBEVF;
    }

    /**
     * What the guest of {@code function} does when the physical function's driver pings it without the right to send, as
     * after a change that it is to notice, or has been reset: it resets its function and asks for all that it had once more.
     * A function without a mailbox, or that is down, does nothing; one that gets no answer has given up afterwards.
     *
     * @param reset whether the physical function was reset; otherwise it pinged
     */
    public static NicSettings renegotiated(NicSettings nic, String function, boolean reset) {
        GuestDriver driver = of(nic.device());
        Vsi vsi = nic.vsi(function);
        if (!driver.hasMailbox() || vsi.settings().physical()) {
            return nic;
        }
        try {
            return driver.byMailbox(nic, vsi).renegotiated(reset);
        } catch (Refused refused) {
            return refused.left().orElse(nic);
        }
    }

    private MailboxGuest byMailbox(NicSettings nic, Vsi vsi) {
        return this == IGBVF
                ? new MailboxGuest(nic, vsi, IgbDriver::answer, MailboxGuest.Dialect.IGBVF)
                : new MailboxGuest(nic, vsi, IxgbeDriver::answer, MailboxGuest.Dialect.IXGBEVF);
    }

    private static NicSettings direct(NicSettings nic, Vsi vsi, GuestRequest request) {
        if (request instanceof GuestRequest.OfVlan && vsi.settings().portVlan() != 0) {
            throw new Refused("the administrator put the function in a port VLAN");
        }
        return nic.with(vsi.name(), before -> DirectGuest.granted(before, request));
    }

    private static NicSettings virtualPath(NicSettings nic, Vsi vsi, GuestRequest request) {
        boolean manages = nic.privileges()
                .sharing()
                .rights(vsi.name(), vsi.settings().physical())
                .contains(AccessRight.needed(Resource.PROMISCUITY));
        if (request instanceof GuestRequest.Promiscuous asked && asked.on() && !manages) {
            throw new Refused("vxge answers yes and does nothing: promiscuity is for who manages the device");
        }
        return direct(nic, vsi, request);
    }

    /** What Linux itself checks, whatever the driver. */
    private static final class KernelChecks {
        static void check(Vsi vsi, GuestRequest request) {
            List<Long> further = vsi.addresses().isEmpty()
                    ? List.of()
                    : vsi.addresses().subList(1, vsi.addresses().size());
            if (request instanceof GuestRequest.SetAddress set) {
                require(Mac.isStation(set.mac()), Mac.format(set.mac()) + " is no station's address (EADDRNOTAVAIL)");
            } else if (request instanceof GuestRequest.AddAddress add) {
                require(Mac.isStation(add.mac()), Mac.format(add.mac()) + " is no station's address (EINVAL)");
                require(!vsi.addresses().isEmpty(), vsi.name() + " has no address yet");
                require(!vsi.addresses().contains(add.mac()), Mac.format(add.mac()) + " is there already (EEXIST)");
            } else if (request instanceof GuestRequest.RemoveAddress remove) {
                require(further.contains(remove.mac()), Mac.format(remove.mac()) + " is not there (ENOENT)");
            } else if (request instanceof GuestRequest.JoinGroup join) {
                require(Mac.isGroup(join.group()), Mac.format(join.group()) + " is no group address (EINVAL)");
                require(!vsi.groups().contains(join.group()), Mac.format(join.group()) + " is there already (EEXIST)");
            } else if (request instanceof GuestRequest.LeaveGroup leave) {
                require(vsi.groups().contains(leave.group()), Mac.format(leave.group()) + " is not there (ENOENT)");
            } else if (request instanceof GuestRequest.JoinVlan join) {
                require(join.vid() >= 1 && join.vid() <= 4094, "VLAN " + join.vid() + ", expected 1 to 4094 (ERANGE)");
                require(
                        vsi.settings().vlans().any() || !vsi.settings().vlans().contains(join.vid()),
                        "VLAN " + join.vid() + " is there already (EEXIST)");
            } else if (request instanceof GuestRequest.LeaveVlan leave) {
                require(vsi.settings().vlans().contains(leave.vid()), "VLAN " + leave.vid() + " is not there (ENODEV)");
            }
        }

        private static void require(boolean fits, String otherwise) {
            if (!fits) {
                throw new Refused(otherwise);
            }
        }
    }
}
