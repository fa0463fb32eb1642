package dev.hairpin.model.bridge;

/** Who runs the spanning tree protocol. The bridge itself does not: states of ports are given. */
public enum SpanningTree {
    /** Nobody. On Linux a port that is set to blocking then forwards again at once, and BPDUs are ordinary multicast. */
    OFF,
    /** A program beside the bridge, which gets the BPDUs and sets the states. */
    USER_SPACE
}
