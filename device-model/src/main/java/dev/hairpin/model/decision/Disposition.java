package dev.hairpin.model.decision;

/** What became of a frame at one place, in one word. The list is closed: whatever a stage decides is one of these. */
public enum Disposition {
    /** The edge relay sent it to stations of its own only; the wire did not see it. */
    SWITCHED_LOCALLY,
    /** The edge relay sent it out of the uplink only. */
    SENT_UP,
    /** The edge relay sent copies to stations of its own and out of the uplink. */
    REPLICATED,
    /** The edge relay gave a frame from the uplink to one or more of its stations. */
    DELIVERED,
    /** The bridge sent it out of the one port behind which it knows the destination. */
    FORWARDED,
    /** The bridge sent it back, and only back, out of the port it came in by: reflective relay. */
    REFLECTED,
    /** The bridge sent copies out of all ports that the frame may leave by. */
    FLOODED,
    /** It left by no port; the reason is with it. */
    DROPPED
}
