package dev.hairpin.model.relay;

import dev.hairpin.model.decision.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a function as a whole. While it lasts, every frame that the edge relay gets from the function and every
 * copy that it has for it is lost, and no other function's. What was in its rings before stays there.
 */
public enum Trouble {
    /** Nothing. */
    NONE(null),
    /**
     * It is being reset: queues are disabled (82576 and 82599 FLR; X3100 {@code rx_vp_reset_discarded_frms}, where other
     * vpaths are undisturbed).
     */
    RESETTING(DropReason.FUNCTION_RESET),
    /** Its rings cannot be read or written: a poisoned or failed read (X3100 transfer codes 1 and 2). */
    DMA_ERROR(DropReason.DMA_ERROR),
    /** Its memory in the NIC has a double bit error. */
    ECC_ERROR(DropReason.ECC_ERROR),
    /** It is gone from PCI: all registers read as ones. */
    REMOVED(DropReason.DEVICE_REMOVED),
    /** Its driver misused its rings, so the physical function's has switched it off (ixgbe {@code check_mdd_event}). */
    MALICIOUS(DropReason.MALICIOUS_DRIVER);

    private final @Nullable DropReason reason;

    Trouble(@Nullable DropReason reason) {
        this.reason = reason;
    }

    /** Why frames are lost; null when none are. */
    @Nullable
    DropReason reason() {
        return reason;
    }
}
