package dev.hairpin.model.relay;

import dev.hairpin.model.privilege.Denial;
import java.util.Optional;

/** What was asked for cannot be had on this device, or not by who asked; the message says what and why. */
public final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String why;
    private final transient Optional<Denial> denial;
    private final transient Optional<NicSettings> left;
    private final long after;

    private Refused(String why, Optional<Denial> denial, Optional<NicSettings> left, long after) {
        super(why);
        this.why = why;
        this.denial = denial;
        this.left = left;
        this.after = after;
    }

    public Refused(String why) {
        this(why, Optional.empty(), Optional.empty(), 0);
    }

    /** Who asked may not. */
    public Refused(Denial denial) {
        this(denial.text(), Optional.of(denial), Optional.empty(), 0);
    }

    /** The refusal leaves a NIC otherwise than it was: a driver undid something before it said no. */
    public Refused(String why, NicSettings left) {
        this(why, left, 0);
    }

    /**
     * Nobody has answered: so it is only after some time, and only if there is still no answer then.
     *
     * @param after nanoseconds
     */
    public Refused(String why, NicSettings left, long after) {
        this(why, Optional.empty(), Optional.of(left), after);
    }

    @Override
    public String getMessage() {
        return why;
    }

    /** The denial, where it was a matter of privilege. */
    public Optional<Denial> denial() {
        return denial;
    }

    /** What the NIC is left as, where that is otherwise than before. */
    public Optional<NicSettings> left() {
        return left;
    }

    /** After how many nanoseconds it is refused, if nothing changes until then; 0 for at once. */
    public long after() {
        return after;
    }
}
