package dev.hairpin.experiments.placement;

/** What a station looks like, going by what it sends. */
public enum Looks {
    /** A host: nothing speaks against it. */
    HOST("host"),
    /** A router: it sends for others, or speaks to routers. */
    GATEWAY("gateway"),
    /** A bridge or switch: it speaks to its neighbours on the wire. */
    SWITCH("switch");

    private final String word;

    Looks(String word) {
        this.word = word;
    }

    /** In lower case. */
    public String word() {
        return word;
    }
}
