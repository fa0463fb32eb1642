package dev.hairpin.model.relay;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice;

/**
 * The copies of one frame at an edge relay: what holds for every copy, whichever rule made it. To a station it passes if the
 * station receives at all and not less than the frame's length, and loses the tag of that station's port VLAN; to the
 * uplink it passes if the wire is up.
 */
final class Deliveries {
    private final EdgeTable table;
    private final Verdict verdict;
    private final int ingress;
    private final Retagger tag;
    private final int octets;
    private final boolean group;
    private final Copies copies = new Copies();

    /**
     * @param octets as the frame arrived
     * @param group whether its destination is a group
     */
    Deliveries(EdgeTable table, Verdict verdict, int ingress, Retagger tag, int octets, boolean group) {
        this.table = table;
        this.verdict = verdict;
        this.ingress = ingress;
        this.tag = tag;
        this.octets = octets;
        this.group = group;
    }

    /** A copy for a port. */
    Deliveries to(int port) {
        if (port == table.uplink) {
            if (table.nic.uplinkUp()) {
                copies.send(port, tag.keep());
            } else {
                copies.drop(port, DropReason.LINK_DOWN);
            }
            return this;
        }
        VsiSettings station = table.settings(port);
        boolean strips = station.portVlan() > 0
                && station.portVlan() == tag.vid()
                && (!group || table.nic.is(Choice.STRIPS_GROUP_COPIES));
        long change = strips ? tag.strip() : tag.keep();
        if (!station.up() || !station.rxEnabled()) {
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

    /** Whether there is no copy, not even a dropped one. */
    boolean isEmpty() {
        return copies.isEmpty();
    }

    /** These copies, and those that the policy mirrors. */
    Outcome by(Rule rule) {
        to(verdict.mirrors());
        return copies.outcome(ingress, rule, verdict.rules());
    }

    /** No copies but those that the policy mirrors. */
    Outcome dropped(Rule rule, DropReason reason) {
        copies.drop(Outcome.NO_PORT, reason);
        return by(rule);
    }
}
