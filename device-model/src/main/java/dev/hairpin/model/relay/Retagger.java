package dev.hairpin.model.relay;

import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;

/**
 * The outermost tag of a frame within an edge relay: what it came with, what the relay made of it, and what a copy has to
 * change to leave as it must.
 *
 * @param arrived the tag it came with
 * @param tag the tag it has now
 * @param pushed whether that was put before the one it came with, and not in its place
 * @param vid the VLAN it is in, or {@link EdgeTable#NO_VLAN}
 */
record Retagger(int arrived, int tag, boolean pushed, int vid) {
    /** A frame as it came. */
    static Retagger of(int tag) {
        return new Retagger(tag, tag, false, EdgeTable.vlan(tag));
    }

    /**
     * Put in a port VLAN: an untagged frame and one that keeps its own tag get its tag, a priority tag becomes it and keeps
     * its priority (802.1Q-2022 6.9.1).
     */
    Retagger inPortVlan(int portVlan, int priority) {
        boolean priorityTagged = VlanTag.tpid(arrived) == VlanTag.TPID_C && VlanTag.vid(arrived) == 0;
        return priorityTagged
                ? new Retagger(arrived, VlanTag.withVid(arrived, portVlan), false, portVlan)
                : new Retagger(arrived, VlanTag.of(VlanTag.TPID_C, (priority << 13) | portVlan), true, portVlan);
    }

    /** As a policy sets VLAN and priority; a frame without a C-tag gets one. */
    Retagger set(Verdict verdict) {
        return set(verdict.vid(), verdict.pcp());
    }

    /** In VLAN {@code vid}, 0 for no other, and of priority {@code pcp}, -1 for no other. */
    Retagger set(int vid, int pcp) {
        if (vid == 0 && pcp < 0) {
            return this;
        }
        boolean tagged = VlanTag.tpid(tag) == VlanTag.TPID_C;
        int changed = tagged ? tag : VlanTag.of(VlanTag.TPID_C, 0);
        changed = vid == 0 ? changed : VlanTag.withVid(changed, vid);
        changed = pcp < 0 ? changed : VlanTag.withPcp(changed, pcp);
        return new Retagger(arrived, changed, pushed || !tagged, EdgeTable.vlan(changed));
    }

    /** For a copy that leaves with its tag. */
    long keep() {
        if (pushed) {
            return TagChange.push(tag);
        }
        return tag == arrived ? TagChange.KEEP : TagChange.replace(tag);
    }

    /** For a copy that leaves without it. */
    long strip() {
        return pushed ? TagChange.KEEP : TagChange.POP;
    }

    /** By how many octets a change makes a frame longer. */
    static int longer(long change) {
        return switch ((int) (change >>> 32)) {
            case 1 -> -4;
            case 2 -> 4;
            default -> 0;
        };
    }
}
