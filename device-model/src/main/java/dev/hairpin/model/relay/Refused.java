package dev.hairpin.model.relay;

/** What was asked for cannot be had on this device; the message says what and why. */
public final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String why;

    public Refused(String why) {
        super(why);
        this.why = why;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
