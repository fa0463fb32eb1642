package dev.hairpin.model.bridge;

/** Whether there is a multicast router behind a port, which then gets all groups (RFC 4541 2.1.1). */
public enum RouterPort {
    /** Never; not even when a query comes from there. */
    NEVER,
    /** For some time after a query came from there. */
    QUERIED,
    /** Always. */
    ALWAYS
}
