package dev.hairpin.model.mailbox;

/**
 * How long a guest's driver waits for an answer: it looks {@link #TRIES} times, {@link #EACH_NANOS} apart, and then takes no
 * more messages until its function is reset (igbvf and ixgbevf {@code mbx.c}: the time-out becomes 0).
 */
public final class Patience {
    /** E1000_VF_MBX_INIT_TIMEOUT, IXGBE_VF_MBX_INIT_TIMEOUT. */
    public static final int TRIES = 2_000;
    /** E1000_VF_MBX_INIT_DELAY, IXGBE_VF_MBX_INIT_DELAY. */
    public static final long EACH_NANOS = 500_000;

    private Patience() {}

    /**
     * Looks at a mailbox until a message is there.
     *
     * @return nanoseconds until it was seen, or until the driver gave up
     */
    public static Wait await(Mailbox mailbox) {
        for (int tried = 0; tried < TRIES; tried++) {
            if ((mailbox.readVirtual() & Mailbox.V_STATUS) != 0) {
                return new Wait(true, tried * EACH_NANOS);
            }
        }
        return new Wait(false, TRIES * EACH_NANOS);
    }

    /**
     * How a wait has ended.
     *
     * @param answered whether a message was there
     * @param nanos how long it took
     */
    public record Wait(boolean answered, long nanos) {}
}
