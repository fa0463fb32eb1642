package dev.hairpin.pcap;

import java.io.IOException;

/**
 * A file that is no capture of Ethernet frames which can be read here: another container, another link type, or too short
 * to be either. Its message is one line that says so.
 */
public final class CaptureRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Damage damage;

    CaptureRefused(Damage damage) {
        super(damage.toString());
        this.damage = damage;
    }

    /** File, place, what was found and what was expected. */
    public Damage damage() {
        return damage;
    }
}
