package dev.hairpin.model.wire;

/**
 * What is set of a NIC's wires at one time, beside their rate and queue.
 *
 * @param classes in which frames wait for the wire
 * @param flow what the peer holds back
 * @param bond how several wires are one
 */
public record WireSettings(TrafficClasses classes, FlowControl flow, Bond bond) {
    /** One wire, one class, nothing held back. */
    public static final WireSettings PLAIN = new WireSettings(TrafficClasses.ONE, FlowControl.HEEDED, Bond.NONE);

    /** The same with other classes. */
    public WireSettings with(TrafficClasses others) {
        return new WireSettings(others, flow, bond);
    }

    /** The same with other flow control. */
    public WireSettings with(FlowControl other) {
        return new WireSettings(classes, other, bond);
    }

    /** The same with other members, or other states of them. */
    public WireSettings with(Bond other) {
        return new WireSettings(classes, flow, other);
    }

    /** Whether a queue before one wire does all that is asked for. */
    boolean isPlain() {
        return classes.equals(TrafficClasses.ONE) && flow.holds() == 0 && bond.mode() == Bond.Mode.NONE;
    }
}
