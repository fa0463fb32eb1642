package dev.hairpin.model.privilege;

import java.util.Set;

/**
 * Rights that the X3100 gives a function ({@code __vxge_hw_device_access_rights_get}, vxge of Linux 4.9). Which a function
 * has follows from what it is, not from who holds it.
 */
public enum AccessRight {
    /** To use its virtual path: addresses, VLANs, statistics, reset. Every function has it. */
    VPATH,
    /** To manage a virtual hierarchy. */
    SRPCIM,
    /** To manage the device. */
    MRPCIM;

    /**
     * The rights of a function.
     *
     * @param first whether it is function 0 of its hierarchy, or the physical function
     * @param base whether the hierarchy is the first, or the only one
     */
    public static Set<AccessRight> of(boolean first, boolean base) {
        if (!first) {
            return Set.of(VPATH);
        }
        return base ? Set.of(VPATH, SRPCIM, MRPCIM) : Set.of(VPATH, SRPCIM);
    }

    /** The right that changing a resource needs; promiscuity is for who manages the device. */
    public static AccessRight needed(Resource resource) {
        return switch (resource) {
            case MAC, VLAN, FUNCTION -> VPATH;
            case PROMISCUITY, BANDWIDTH, DEVICE, LINK -> MRPCIM;
        };
    }
}
