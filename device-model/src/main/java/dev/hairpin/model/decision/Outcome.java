package dev.hairpin.model.decision;

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
    private static final DropReason[] NO_REASONS = {};

    private final int ingress;
    private final Rule rule;
    private final int[] egress;
    private final int[] droppedPort;
    private final DropReason[] droppedReason;

    /** Takes the arrays over: they must not change afterwards. Ports ascend. */
    public Outcome(int ingress, Rule rule, int[] egress, int[] droppedPort, DropReason[] droppedReason) {
        if (droppedPort.length != droppedReason.length || egress.length + droppedPort.length == 0) {
            throw new IllegalArgumentException("an outcome has copies, or as many reasons as copies dropped");
        }
        this.ingress = ingress;
        this.rule = rule;
        this.egress = egress;
        this.droppedPort = droppedPort;
        this.droppedReason = droppedReason;
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

    /** Names of the egress ports, joined by spaces; empty when there are none. */
    public String egressText(List<String> ports) {
        StringBuilder text = new StringBuilder();
        for (int port : egress) {
            text.append(text.isEmpty() ? "" : " ").append(ports.get(port));
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
                && Arrays.equals(droppedPort, that.droppedPort)
                && Arrays.equals(droppedReason, that.droppedReason);
    }

    @Override
    public int hashCode() {
        int hash = 31 * ingress + rule.ordinal();
        hash = 31 * hash + Arrays.hashCode(egress);
        hash = 31 * hash + Arrays.hashCode(droppedPort);
        for (DropReason reason : droppedReason) {
            hash = 31 * hash + reason.ordinal();
        }
        return hash;
    }

    @Override
    public String toString() {
        return ingress + " " + rule + " -> " + Arrays.toString(egress) + " dropped " + Arrays.toString(droppedPort)
                + " " + Arrays.toString(droppedReason);
    }
}
