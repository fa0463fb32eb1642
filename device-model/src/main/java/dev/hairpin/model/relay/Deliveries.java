package dev.hairpin.model.relay;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice;

/**
 * The copies of one frame at an edge relay: what holds for every copy, whichever rule made it. To a station it passes if its
 * function is in no trouble and the station receives at all and not less than the frame's length, and loses the tag of that
 * station's port VLAN; to the uplink it passes if the wire is up and the frame did not come from there.
 */
final class Deliveries {
    private final EdgeTable table;
    private final Verdict verdict;
    private final int ingress;
    private final Retagger classified;
    private final Retagger tag;
    private final int octets;
    private final boolean group;
    private final Copies copies = new Copies();

    /**
     * @param classified the frame as it was admitted, before the policy
     * @param octets as the frame arrived
     * @param group whether its destination is a group
     */
    Deliveries(EdgeTable table, Verdict verdict, int ingress, Retagger classified, int octets, boolean group) {
        this.table = table;
        this.verdict = verdict;
        this.ingress = ingress;
        this.classified = classified;
        this.tag = classified.set(verdict);
        this.octets = octets;
        this.group = group;
    }

    /** A copy for a port. */
    Deliveries to(int port) {
        return to(port, tag);
    }

    private Deliveries to(int port, Retagger tagged) {
        if (port == table.uplink) {
            if (ingress == table.uplink) {
                copies.drop(port, DropReason.NO_TRANSIT);
            } else if (table.nic.hasLink()) {
                copies.send(port, tagged.keep());
            } else {
                copies.drop(port, DropReason.LINK_DOWN);
            }
            return this;
        }
        VsiSettings station = table.settings(port);
        boolean strips = station.portVlan() > 0
                && station.portVlan() == tagged.vid()
                && (!group || table.nic.is(Choice.STRIPS_GROUP_COPIES));
        long change = strips ? tagged.strip() : tagged.keep();
        DropReason trouble = station.trouble().reason();
        if (trouble != null) {
            copies.drop(port, trouble);
        } else if (!station.up() || !station.rxEnabled()) {
            copies.drop(port, DropReason.RX_DISABLED);
        } else if (octets + Retagger.longer(change) > station.longestFrame()) {
            copies.drop(port, DropReason.RX_OVERSIZE);
        } else {
            copies.send(port, change);
        }
        return this;
    }

    /** A copy for each of these. */
    Deliveries to(int[] ports) {
        for (int port : ports) {
            to(port);
        }
        return this;
    }

    /** The copy for {@code port} is dropped. */
    void drop(int port, DropReason reason) {
        copies.drop(port, reason);
    }

    /** The VLAN that the frame is in behind the policy, or {@link EdgeTable#NO_VLAN}. */
    int vid() {
        return tag.vid();
    }

    /** Whether there is no copy, not even a dropped one. */
    boolean isEmpty() {
        return copies.isEmpty();
    }

    /** These copies, and those that the policy mirrors. */
    Outcome by(Rule rule) {
        for (Verdict.Mirror mirror : verdict.mirrors()) {
            to(mirror.port(), classified.set(mirror.vid(), mirror.pcp()));
        }
        return copies.outcome(ingress, rule, verdict.rules());
    }

    /** No copies but those that the policy mirrors. */
    Outcome dropped(Rule rule, DropReason reason) {
        copies.drop(Outcome.NO_PORT, reason);
        return by(rule);
    }
}
