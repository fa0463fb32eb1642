package dev.hairpin.model.decision;

import dev.hairpin.model.frame.TagChange;
import java.util.Arrays;
import java.util.List;

/**
 * All that was decided about a frame at a stage, but for the frame and the time: by which port it came, under which rule,
 * by which ports copies leave, and which copies were dropped. Few exist in a run, however many frames it has; a decision
 * refers to one by number, see {@link Outcomes}.
 *
 * <p>A frame that leaves by no port has exactly one reason: either one dropped copy or more tell it, or the only entry of
 * the dropped has the port {@link #NO_PORT}.
 */
public final class Outcome {
    /** In place of a port: the frame as a whole. */
    public static final int NO_PORT = -1;

    private static final int[] NONE = {};
    private static final long[] NO_CHANGES = {};
    private static final DropReason[] NO_REASONS = {};

    private final int ingress;
    private final Rule rule;
    private final int[] egress;
    private final int[] droppedPort;
    private final DropReason[] droppedReason;

    /** By copy, see {@link TagChange}; empty when every copy keeps its tag. */
    private final long[] change;

    /** Numbers, from 1, of the rules of the relay's policy that had a part in it; see {@link #policyRule}. */
    private final int[] policyRules;

    /** Of copies that keep their tags, and without a policy. Takes the arrays over: they must not change afterwards. */
    public Outcome(int ingress, Rule rule, int[] egress, int[] droppedPort, DropReason[] droppedReason) {
        this(ingress, rule, egress, NO_CHANGES, droppedPort, droppedReason, NONE);
    }

    /**
     * Takes the arrays over: they must not change afterwards. Ports ascend.
     *
     * @param change of the tag of each copy, see {@link TagChange}; empty when all keep it
     * @param policyRules numbers, from 1, of the rules of the relay's policy that had a part in it, ascending
     */
    public Outcome(
            int ingress,
            Rule rule,
            int[] egress,
            long[] change,
            int[] droppedPort,
            DropReason[] droppedReason,
            int[] policyRules) {
        if (change.length != 0 && change.length != egress.length) {
            throw new IllegalArgumentException(change.length + " changes of tag for " + egress.length + " copies");
        }
        if (droppedPort.length != droppedReason.length || egress.length + droppedPort.length == 0) {
            throw new IllegalArgumentException("an outcome has copies, or as many reasons as copies dropped");
        }
        this.ingress = ingress;
        this.rule = rule;
        this.egress = egress;
        this.droppedPort = droppedPort;
        this.droppedReason = droppedReason;
        this.change = Arrays.stream(change).allMatch(one -> one == TagChange.KEEP) ? NO_CHANGES : change;
        this.policyRules = policyRules;
    }

    /** Copies leave by {@code egress}. */
    public static Outcome forward(int ingress, Rule rule, int... egress) {
        return new Outcome(ingress, rule, egress, NONE, NO_REASONS);
    }

    /** The frame as a whole goes no further. */
    public static Outcome drop(int ingress, Rule rule, DropReason reason) {
        return dropCopy(ingress, rule, NO_PORT, reason);
    }

    /** The only copy there would have been, to {@code port}, goes no further. */
    public static Outcome dropCopy(int ingress, Rule rule, int port, DropReason reason) {
        return new Outcome(ingress, rule, NONE, new int[] {port}, new DropReason[] {reason});
    }

    public int ingress() {
        return ingress;
    }

    public Rule rule() {
        return rule;
    }

    /** How many copies leave. */
    public int copies() {
        return egress.length;
    }

    /** The port of copy {@code i}. */
    public int egress(int i) {
        return egress[i];
    }

    /** What is done to the tag of copy {@code i}, see {@link TagChange}. */
    public long change(int i) {
        return change.length == 0 ? TagChange.KEEP : change[i];
    }

    /** Whether any copy leaves with another tag than the frame came with. */
    public boolean retags() {
        return change.length > 0;
    }

    /** How many rules of the relay's policy had a part in it. */
    public int policyRules() {
        return policyRules.length;
    }

    /** The number, from 1, of the {@code i}-th of them in the policy of that time. */
    public int policyRule(int i) {
        return policyRules[i];
    }

    /** How many copies were dropped, the frame as a whole counting as one. */
    public int drops() {
        return droppedPort.length;
    }

    /** The port of dropped copy {@code i}, or {@link #NO_PORT}. */
    public int droppedPort(int i) {
        return droppedPort[i];
    }

    /** Why copy {@code i} was dropped. */
    public DropReason droppedReason(int i) {
        return droppedReason[i];
    }

    /** The disposition of the frame. Of a replication that nobody listens to, the copy sent up is left. */
    public Disposition disposition() {
        if (egress.length == 0) {
            return Disposition.DROPPED;
        }
        return rule.disposition() == Disposition.REPLICATED && egress.length == 1
                ? Disposition.SENT_UP
                : rule.disposition();
    }

    /**
     * Names of the egress ports, joined by spaces; empty when there are none. Where a copy leaves with its tag changed, the
     * change follows the name, as in {@code vf1 uplink+8100:10.5}.
     */
    public String egressText(List<String> ports) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < egress.length; i++) {
            text.append(text.isEmpty() ? "" : " ").append(ports.get(egress[i])).append(TagChange.text(change(i)));
        }
        return text.toString();
    }

    /** Dropped copies as {@code vf0:SOURCE_PRUNED vf5:NO_RX_BUFFER}, the frame as a whole as {@code -:REASON}. */
    public String droppedText(List<String> ports) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < droppedPort.length; i++) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(droppedPort[i] == NO_PORT ? "-" : ports.get(droppedPort[i]))
                    .append(':')
                    .append(droppedReason[i]);
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Outcome that
                && ingress == that.ingress
                && rule == that.rule
                && Arrays.equals(egress, that.egress)
                && Arrays.equals(change, that.change)
                && Arrays.equals(policyRules, that.policyRules)
                && Arrays.equals(droppedPort, that.droppedPort)
                && Arrays.equals(droppedReason, that.droppedReason);
    }

    @Override
    public int hashCode() {
        int hash = 31 * ingress + rule.ordinal();
        hash = 31 * hash + Arrays.hashCode(egress);
        hash = 31 * hash + Arrays.hashCode(change);
        hash = 31 * hash + Arrays.hashCode(policyRules);
        hash = 31 * hash + Arrays.hashCode(droppedPort);
        for (DropReason reason : droppedReason) {
            hash = 31 * hash + reason.ordinal();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder().append(ingress).append(' ').append(rule).append(" ->");
        for (int i = 0; i < egress.length; i++) {
            text.append(' ').append(egress[i]).append(TagChange.text(change(i)));
        }
        text.append(" dropped ")
                .append(Arrays.toString(droppedPort))
                .append(' ')
                .append(Arrays.toString(droppedReason));
        return policyRules.length == 0
                ? text.toString()
                : text.append(" by policy ")
                        .append(Arrays.toString(policyRules))
                        .toString();
    }
}
