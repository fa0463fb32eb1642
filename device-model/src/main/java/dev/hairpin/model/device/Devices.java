package dev.hairpin.model.device;

import static dev.hairpin.model.decision.Evidence.ASSUMED;
import static dev.hairpin.model.decision.Evidence.CODE;
import static dev.hairpin.model.decision.Evidence.DOCUMENT;
import static dev.hairpin.model.decision.Evidence.EMULATOR;
import static dev.hairpin.model.decision.Evidence.INFERRED;
import static dev.hairpin.model.decision.Evidence.KERNEL;
import static dev.hairpin.model.device.Choice.*;

import dev.hairpin.model.decision.Evidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The devices there are. X550, i40e, mlx5, S-channels and port extenders (802.1BR) have their place here and no table yet. */
public final class Devices {
    /** The standard's ideal: an edge relay as 802.1Q has it. */
    public static final Device IEEE = ieee();

    private static final Device I82576 = i82576();
    private static final List<Device> ALL = List.of(IEEE, I82576, i82599(), x3100(), macvlan());

    private Devices() {}

    /** All of them, the standard first. */
    public static List<Device> all() {
        return ALL;
    }

    /** The device of that name. */
    public static Optional<Device> named(String name) {
        return ALL.stream().filter(device -> device.name().equals(name)).findFirst();
    }

    private static Device ieee() {
        String assumption = "the standard leaves it to the device";
        return new Table("ieee", "an edge relay as IEEE 802.1Q-2022 has it, without limits")
                .say(CHECKS_SOURCE, true, DOCUMENT, "802.3 clause 3.2.3: a source is an individual address")
                .say(MAC_CONTROL, MacControl.ENDS, DOCUMENT, "802.3 Annex 31B; 802.1Q-2022 table 8-1")
                .say(FILTERS_RESERVED, true, DOCUMENT, "802.1Q-2022 8.6.3, table 8-1")
                .say(SELF_ADDRESSED, Echo.NEVER, DOCUMENT, "802.1Q-2022 8.6.1: not by the port of arrival")
                .say(GROUP_ECHO, Echo.NEVER, DOCUMENT, "802.1Q-2022 8.6.1: not by the port of arrival")
                .say(OUTSIDE_VLAN, OutsideVlan.SENT_UP, INFERRED, "802.1Q-2022 8.8: each VLAN has its own addresses")
                .say(FILTERS_INGRESS_VLAN, true, DOCUMENT, "802.1Q-2022 8.6.2")
                .say(TAGGED_ON_PORT_VLAN, TaggedOnPortVlan.DROPPED, DOCUMENT, "802.1Q-2022 6.9: untagged frames only")
                .say(STRIPS_GROUP_COPIES, true, DOCUMENT, "802.1Q-2022 8.8.2: the untagged set of the VLAN")
                .say(
                        LOCAL_TO_PROMISCUOUS,
                        false,
                        INFERRED,
                        "802.1Q-2022 5.24.1: an edge relay does not flood to stations")
                .say(XCAST_TRUSTED, Xcast.PROMISC, ASSUMED, assumption)
                .say(XCAST_UNTRUSTED, Xcast.PROMISC, ASSUMED, assumption)
                .say(MULTICAST_FILTER, MulticastFilter.EXACT, DOCUMENT, "802.1Q-2022 8.8.4")
                .say(SHARED_ADDRESSES, false, DOCUMENT, "802.1Q-2022 8.8.1: one port for an individual address")
                .say(PRUNING, Pruning.ALL_ADDRESSES, DOCUMENT, "802.1Qbg: filtering by source address and VID")
                .say(DEFAULT_STATION, true, DOCUMENT, "802.1Q-2022 5.24.1: promiscuous station-facing port")
                .say(PF_EXEMPT, false, ASSUMED, assumption)
                .say(STATION_MODES, false, DOCUMENT, "802.1Qbg: a relay has one mode")
                .say(LONGEST_FRAME, UNLIMITED, ASSUMED, assumption)
                .say(MOST_MSS, UNLIMITED, ASSUMED, assumption)
                .unlimited(assumption)
                .say(CLASSES, 8, DOCUMENT, "802.1Q-2022 8.6.6: one to eight")
                .device();
    }

    private static Device i82576() {
        String filter = "QEMU's 82576, receive_assign";
        return new Table("82576", "Intel 82576, 1 GbE, 8 pools")
                .say(CHECKS_SOURCE, false, INFERRED, filter + ": no such check; left to anti-spoofing")
                .say(MAC_CONTROL, MacControl.AS_ANY, INFERRED, filter + ": no such check; left to anti-spoofing")
                .say(FILTERS_RESERVED, false, INFERRED, filter + ": a group address as any other")
                .say(SELF_ADDRESSED, Echo.BY_LOOPBACK, CODE, "igb: DTXSWC.LLE, clear unless set")
                .say(
                        GROUP_ECHO,
                        Echo.BY_LOOPBACK,
                        ASSUMED,
                        "DTXSWC.LLE exists for it; QEMU does not leave the sender out")
                .say(OUTSIDE_VLAN, OutsideVlan.DROPPED, EMULATOR, filter + ": send-to-wire is cleared before")
                .say(FILTERS_INGRESS_VLAN, false, EMULATOR, "QEMU's 82576: on transmit by anti-spoofing only")
                .say(TAGGED_ON_PORT_VLAN, TaggedOnPortVlan.STACKED, EMULATOR, "QEMU's 82576: VMVIR inserts always")
                .say(STRIPS_GROUP_COPIES, true, ASSUMED, "RPLOLR.STRVLAN, one bit for all: assumed set")
                .say(LOCAL_TO_PROMISCUOUS, true, EMULATOR, filter + ": the unicast table counts for local frames")
                .say(XCAST_TRUSTED, Xcast.ALLMULTI, ASSUMED, "igb: unicast promiscuity only by the unicast table")
                .say(XCAST_UNTRUSTED, Xcast.MULTI, ASSUMED, "as ixgbe")
                .say(MULTICAST_FILTER, MulticastFilter.SHARED_HASH, EMULATOR, filter + ": MTA and ROMPE")
                .say(SHARED_ADDRESSES, true, EMULATOR, filter + ": every matching register counts")
                .say(PRUNING, Pruning.NOTHING, ASSUMED, "igb knows no VEPA; nothing of it in igbvf")
                .say(DEFAULT_STATION, true, EMULATOR, filter + ": VT_CTL default pool")
                .say(PF_EXEMPT, true, CODE, "igb: the PF's bits are cleared in DTXSWC")
                .say(STATION_MODES, false, CODE, "igb")
                .say(LONGEST_FRAME, 9728, EMULATOR, "RLPML, default 0x2600")
                .say(STATIONS, 8, CODE, "igb: 8 pools")
                .say(ADDRESSES, 24, ASSUMED, "24 receive address registers")
                .say(VLANS, 32, CODE, "igb: 32 entries of VLVF")
                .say(GROUPS, 30, CODE, "igb: 30 hashes a VF")
                .say(MIRRORS, 4, CODE, "e1000: 4 rules of VMRCTL")
                .say(MOST_MSS, 65_535, CODE, "igb: 16 bits of a context descriptor, E1000_ADVTXD_MSS_SHIFT")
                .say(CLASSES, 1, CODE, "igb: no dcbnl operations")
                .say(STATIONS_OF_4_CLASSES, 8, INFERRED, "one class, whatever is asked for")
                .say(STATIONS_OF_8_CLASSES, 8, INFERRED, "one class, whatever is asked for")
                .device();
    }

    private static Device i82599() {
        return new Table("82599", "Intel 82599, 10 GbE, 64 pools")
                .as(I82576, INFERRED, "82576 has the same filter: ")
                .say(SELF_ADDRESSED, Echo.BY_LOOPBACK, CODE, "ixgbe: VMTXSW")
                .say(GROUP_ECHO, Echo.BY_LOOPBACK, ASSUMED, "VMTXSW exists for it")
                .say(STRIPS_GROUP_COPIES, true, ASSUMED, "RPLOLR.STRVLAN, one bit for all: assumed set")
                .say(LOCAL_TO_PROMISCUOUS, true, CODE, "ixgbe: VMOLR.UPE")
                .say(XCAST_TRUSTED, Xcast.ALLMULTI, CODE, "ixgbe: PROMISC needs a newer MAC than 82599")
                .say(XCAST_UNTRUSTED, Xcast.MULTI, CODE, "ixgbe_update_vf_xcast_mode: silently downgraded")
                .say(MULTICAST_FILTER, MulticastFilter.SHARED_HASH, CODE, "ixgbe: MTA and VMOLR.ROMPE")
                .say(SHARED_ADDRESSES, true, CODE, "ixgbe: MPSAR, a bitmap of pools for each address")
                .say(PRUNING, Pruning.DRIVER_PRIMARY, CODE, "ixgbevf_clean_rx_irq")
                .say(PF_EXEMPT, false, CODE, "ixgbe: PFVFSPOOF is set for VFs; the PF's own bits as any")
                .say(STATION_MODES, false, CODE, "ixgbe")
                .say(LONGEST_FRAME, 9728, ASSUMED, "as 82576")
                .say(STATIONS, 64, CODE, "ixgbe: 64 pools")
                .say(ADDRESSES, 128, ASSUMED, "128 receive address registers")
                .say(VLANS, 64, CODE, "ixgbe: 64 entries of VLVF")
                .say(GROUPS, 30, CODE, "ixgbe: 30 hashes a VF")
                .say(MIRRORS, 4, CODE, "ixgbe: 4 rules of MRCTL")
                .say(MOST_MSS, 65_535, CODE, "ixgbe: 16 bits of a context descriptor, IXGBE_ADVTXD_MSS_SHIFT")
                .say(CLASSES, 8, CODE, "ixgbe: MAX_TRAFFIC_CLASS")
                .say(STATIONS_OF_4_CLASSES, 32, CODE, "ixgbe_set_dcb_sriov_queues: 32 pools")
                .say(STATIONS_OF_8_CLASSES, 16, CODE, "ixgbe_set_dcb_sriov_queues: 16 pools")
                .device();
    }

    private static Device x3100() {
        String nothing = "nothing found about it; as the standard has it";
        return new Table("x3100", "Neterion X3100, 10 GbE, 17 virtual paths")
                .as(IEEE, ASSUMED, "")
                .say(FILTERS_INGRESS_VLAN, false, ASSUMED, "the VID table is told of for receiving")
                .say(OUTSIDE_VLAN, OutsideVlan.DROPPED, ASSUMED, "nothing found about it; as Intel's")
                .say(STRIPS_GROUP_COPIES, false, CODE, "vxge documentation: stripped unless the switch replicated it")
                .say(LOCAL_TO_PROMISCUOUS, false, ASSUMED, nothing)
                .say(XCAST_TRUSTED, Xcast.PROMISC, CODE, "vxge: for the privileged function")
                .say(XCAST_UNTRUSTED, Xcast.ALLMULTI, CODE, "vxge: others' request for promiscuity does nothing")
                .say(DEFAULT_STATION, true, CODE, "vxge: catch basin virtual path")
                .say(LONGEST_FRAME, 9618, CODE, "vxge: MTU of 9,600 at most, with header and tag")
                .say(STATIONS, 17, CODE, "vxge: 17 virtual paths")
                .say(GROUPS, 30, ASSUMED, "vxge: 30 addresses in the driver's list")
                .say(MOST_MSS, 16_383, CODE, "vxge: bits 34 to 47 of a TxD, VXGE_HW_FIFO_TXD_LSO_MSS")
                .say(CLASSES, 1, CODE, "vxge: no dcbnl operations")
                .device();
    }

    private static Device macvlan() {
        String measured = "macvlan, measured";
        return new Table("linux-macvlan", "Linux's macvlan devices on one lower device")
                .as(IEEE, INFERRED, "macvlan does nothing about it: ")
                .say(CHECKS_SOURCE, false, KERNEL, measured)
                .say(MAC_CONTROL, MacControl.SENT_UP, KERNEL, measured)
                .say(FILTERS_RESERVED, false, KERNEL, measured)
                .say(SELF_ADDRESSED, Echo.ALWAYS, KERNEL, measured)
                .say(GROUP_ECHO, Echo.NEVER, KERNEL, measured)
                .say(LOCAL_TO_PROMISCUOUS, false, KERNEL, measured)
                .say(FILTERS_INGRESS_VLAN, false, KERNEL, measured)
                .say(
                        MULTICAST_FILTER,
                        MulticastFilter.EXACT,
                        INFERRED,
                        "its 256 bits are mixed by chance at every boot")
                .say(SHARED_ADDRESSES, false, CODE, "macvlan_open: EBUSY")
                .say(PRUNING, Pruning.GROUP_FRAMES, KERNEL, measured)
                .say(DEFAULT_STATION, false, CODE, "what nobody has goes to the lower device's own host")
                .say(STATION_MODES, true, KERNEL, measured)
                .device();
    }

    /** A table being written. */
    private static final class Table {
        private final String name;
        private final String title;
        private final Map<Choice<?>, Device.Answer> answers = new LinkedHashMap<>();

        Table(String name, String title) {
            this.name = name;
            this.title = title;
        }

        <T> Table say(Choice<T> choice, T value, Evidence evidence, String source) {
            answers.put(choice, new Device.Answer(value, evidence, source));
            return this;
        }

        /** As another device, unless said otherwise: no better founded than {@code evidence}. */
        Table as(Device other, Evidence evidence, String why) {
            for (Choice<?> choice : Choice.all()) {
                Device.Answer answer = other.answer(choice);
                Evidence weaker = answer.evidence().compareTo(evidence) > 0 ? answer.evidence() : evidence;
                answers.put(choice, new Device.Answer(answer.value(), weaker, why + answer.source()));
            }
            return this;
        }

        Table unlimited(String source) {
            for (Choice<Integer> table : List.of(
                    STATIONS, ADDRESSES, VLANS, GROUPS, MIRRORS, STATIONS_OF_4_CLASSES, STATIONS_OF_8_CLASSES)) {
                say(table, UNLIMITED, ASSUMED, source);
            }
            return this;
        }

        Device device() {
            Map<Choice<?>, Device.Answer> ordered = new LinkedHashMap<>();
            for (Choice<?> choice : Choice.all()) {
                Device.Answer answer = answers.get(choice);
                if (answer != null) {
                    ordered.put(choice, answer);
                }
            }
            return new Device(name, title, ordered);
        }
    }
}
