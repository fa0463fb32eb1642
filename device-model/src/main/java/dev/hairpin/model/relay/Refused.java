package dev.hairpin.model.relay;

/** What was asked for cannot be had on this device; the message says what and why. */
public final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
        super(message);
    }
}
