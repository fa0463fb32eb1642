package dev.hairpin.experiments.placement;

/** A placement that was asked for and cannot be. Its message is one line: what was given, and what was expected. */
public final class PlacementRefused extends Exception {
    private static final long serialVersionUID = 1L;

    public PlacementRefused(String message) {
        super(message);
    }
}
