package dev.hairpin.model.relay;

import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;

/** The outermost tag of a frame as the model has changed it so far; the tags below it are nobody's business. */
final class NaiveTags {
    private final int arrived;
    private boolean taken;
    private int added;

    /** As it arrived: a tag or {@link VlanTag#NONE}. */
    NaiveTags(int arrived) {
        this.arrived = arrived;
    }

    private NaiveTags(NaiveTags other) {
        this(other.arrived);
        taken = other.taken;
        added = other.added;
    }

    NaiveTags copy() {
        return new NaiveTags(this);
    }

    /** Whether the outermost tag is one that a C-VLAN component reads. */
    boolean tagged() {
        return VlanTag.tpid(outermost()) == 0x8100;
    }

    int outermost() {
        return added != VlanTag.NONE ? added : taken ? VlanTag.NONE : arrived;
    }

    void push(int vid, int priority) {
        if (added != VlanTag.NONE) {
            throw new IllegalStateException("the model puts on one tag only");
        }
        added = VlanTag.of(0x8100, priority << 13 | vid);
    }

    /** The VID of its tag; an untagged frame gets one of priority 0. */
    void vid(int vid) {
        if (tagged()) {
            replace(VlanTag.withVid(outermost(), vid));
        } else {
            push(vid, 0);
        }
    }

    /** The priority of its tag; an untagged frame gets a priority tag. */
    void priority(int priority) {
        if (tagged()) {
            replace(VlanTag.withPcp(outermost(), priority));
        } else {
            push(0, priority);
        }
    }

    /** Without the outermost tag. */
    void strip() {
        taken |= added == VlanTag.NONE;
        added = VlanTag.NONE;
    }

    private void replace(int tag) {
        taken |= added == VlanTag.NONE;
        added = tag;
    }

    long change() {
        if (added == VlanTag.NONE) {
            return taken ? TagChange.POP : TagChange.KEEP;
        }
        if (!taken) {
            return TagChange.push(added);
        }
        return added == arrived ? TagChange.KEEP : TagChange.replace(added);
    }

    /** By how many octets a copy is longer than the frame that arrived. */
    int longer() {
        return (added == VlanTag.NONE ? 0 : 4) - (taken ? 4 : 0);
    }
}
