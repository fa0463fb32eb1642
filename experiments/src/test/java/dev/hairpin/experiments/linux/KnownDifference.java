package dev.hairpin.experiments.linux;

import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Mac;
import java.util.List;

/** Where the kernel does otherwise than the model, on purpose. Each has to be seen in every run of the comparison. */
enum KnownDifference {
    RESERVED_00_FLOODED(
            "With its spanning tree off, the kernel's bridge floods 01-80-C2-00-00-00 as multicast. The model's is"
                    + " a C-VLAN component, which relays it under no circumstances.",
            Rule.BR_RESERVED) {
        @Override
        boolean explains(Compared frame, String end, int more) {
            return frame.ruled(Rule.BR_RESERVED) && more == 1 && frame.probe().destination() == SetUp.RESERVED;
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
                    && more > 0
                    && frame.setUp().functions().stream()
                            .filter(vsi ->
                                    vsi.name().equals(end) && !vsi.groups().contains(group))
                            .anyMatch(vsi ->
                                    vsi.groups().stream().anyMatch(joined -> (int) (long) joined == (int) group));
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
