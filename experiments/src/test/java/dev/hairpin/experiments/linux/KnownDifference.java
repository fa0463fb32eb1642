package dev.hairpin.experiments.linux;

import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import java.util.List;

/** Where the kernel does otherwise than the model, on purpose. Each has to be seen in every run of the comparison. */
enum KnownDifference {
    SOURCE_UNCHECKED(
            "macvlan takes any source address from its devices, group and zero included; the adjacent bridge stops"
                    + " them. The model's edge relay stops them itself, as a NIC's anti-spoofing would.",
            Rule.ER_INVALID_SA) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.ruled(Rule.ER_INVALID_SA) && more == 1 && frame.withinTheNic(end);
        }
    },
    PAUSE_SENT(
            "macvlan sends 01-80-C2-00-00-01 like any group address, and in mode bridge copies it unless its"
                    + " EtherType is 0x8808; the adjacent bridge stops it. In the model it ends in the edge relay: a"
                    + " NIC takes MAC Control from no function.",
            Rule.ER_PAUSE) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.ruled(Rule.ER_PAUSE) && more == 1 && frame.withinTheNic(end);
        }
    },
    RESERVED_SENT(
            "macvlan knows no reserved group addresses: it sends them up, where the bridge learns from them, and in"
                    + " mode bridge copies them to the devices that listen. In the model an edge relay is a C-VLAN"
                    + " component and relays none.",
            Rule.ER_RESERVED) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.ruled(Rule.ER_RESERVED)
                    && more == 1
                    && (frame.withinTheNic(end) || frame.probe().destination() == SetUp.RESERVED);
        }
    },
    RESERVED_00_FLOODED(
            "With its spanning tree off, the kernel's bridge floods 01-80-C2-00-00-00 as multicast. The model's is"
                    + " a C-VLAN component, which relays it under no circumstances.",
            Rule.BR_RESERVED) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.ruled(Rule.BR_RESERVED) && more == 1 && frame.probe().destination() == SetUp.RESERVED;
        }
    },
    SELF_DELIVERED(
            "macvlan in mode bridge hands a frame that a device addressed to itself back to it. The model drops it,"
                    + " as 82576 does unless local loopback is on for the function.",
            Rule.VEB_SELF_ADDRESSED) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.ruled(Rule.VEB_SELF_ADDRESSED) && more == 1 && frame.isFor(end);
        }
    },
    UNICAST_UNPRUNED(
            "macvlan prunes reflected group frames only: unicast that comes back with the receiver's own address as"
                    + " source is delivered. The model prunes whatever bears a station's own address.",
            Rule.VEPA_SOURCE_PRUNING) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.ruled(Rule.VEPA_SOURCE_PRUNING)
                    && more == 1
                    && frame.isFor(end)
                    && frame.probe().source() == frame.probe().destination();
        }
    },
    OWN_SOURCE_KEPT_OUT(
            "macvlan in mode bridge takes a group frame from the wire whose source is one of its devices for one"
                    + " that it has already copied, and gives it to none of them. In mode VEB the model prunes"
                    + " nothing, so that duplicates from a bridge that reflects though it should not show.",
            Rule.ER_UPLINK_BROADCAST,
            Rule.ER_UPLINK_MULTICAST) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.setUp().is(Mode.VEB)
                    && (frame.ruled(Rule.ER_UPLINK_BROADCAST) || frame.ruled(Rule.ER_UPLINK_MULTICAST))
                    && frame.setUp().owner(frame.probe().source()).isPresent()
                    && more == -1
                    && Compared.isFunction(end);
        }
    },
    FILTER_BY_FOUR_OCTETS(
            "macvlan's multicast filter has 256 bits, chosen by a hash of the last four octets: a group that ends as"
                    + " a joined one always passes, and by chance others. The model's filter is exact.",
            Rule.VEB_MULTICAST,
            Rule.ER_UPLINK_MULTICAST,
            Rule.VEPA_SOURCE_PRUNING) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            long group = frame.probe().destination();
            return Mac.isGroup(group)
                    && more == 1
                    && frame.setUp().functions().stream()
                            .filter(vsi ->
                                    vsi.name().equals(end) && !vsi.groups().contains(group))
                            .anyMatch(vsi ->
                                    vsi.groups().stream().anyMatch(joined -> (int) (long) joined == (int) group));
        }
    },
    MAC_CONTROL_NOT_COPIED(
            "macvlan copies no group frame of EtherType 0x8808, whatever its address; it does send it up. The model"
                    + " goes by the address.",
            Rule.VEB_BROADCAST,
            Rule.VEB_MULTICAST,
            Rule.ER_UPLINK_BROADCAST,
            Rule.ER_UPLINK_MULTICAST,
            Rule.VEPA_SOURCE_PRUNING) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.probe().types().equals(Probe.MAC_CONTROL)
                    && Mac.isGroup(frame.probe().destination())
                    && more < 0
                    && Compared.isFunction(end);
        }
    },
    CUT_BEHIND_TAG(
            "The kernel drops a tagged frame on arrival that ends less than two octets behind the EtherType of what"
                    + " the tag covers. To the model a runt is what has no whole Ethernet header, tagged or not.",
            Rule.ER_RUNT,
            Rule.BR_RUNT) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.probe().types().startsWith("8100") && frame.probe().length() < 20 && more == -1;
        }
    };

    private final String reason;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of constants
    private final List<Rule> rules;

    KnownDifference(String reason, Rule... rules) {
        this.reason = reason;
        this.rules = List.of(rules);
    }

    /** What the kernel does, and why the model does otherwise. */
    String reason() {
        return reason;
    }

    /** The rules of the model that the kernel does not follow here. */
    List<Rule> rules() {
        return rules;
    }

    /** Whether this is why the kernel brought {@code more} copies of a frame to {@code end} than the model. */
    abstract boolean explains(Compared frame, String end, int more);
}
