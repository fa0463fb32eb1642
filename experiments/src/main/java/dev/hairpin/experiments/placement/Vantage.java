package dev.hairpin.experiments.placement;

import dev.hairpin.model.frame.Mac;

/**
 * Where a capture was taken. What is local to a NIC can only be told from a capture that sees the stations speak to each
 * other.
 *
 * @param kind of place
 * @param share frames that have the busiest station at one end
 * @param unicast frames between stations
 * @param busiest that station, or zero
 * @param evidence a sentence
 */
public record Vantage(Kind kind, long share, long unicast, long busiest, String evidence) {
    private static final int NEARLY_ALL_PERCENT = 95;

    /** Kinds of places. */
    public enum Kind {
        /** The capture has no unicast frames that could tell. */
        UNTOLD("unknown"),
        /** At the port of one station. */
        ONE_PORT("one station's port"),
        /** Between two stations. */
        PAIR("a pair of stations"),
        /** On a LAN where several speak to each other, or at a mirror of one. */
        LAN("a LAN or a mirror of it");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As it is printed. */
        public String words() {
            return words;
        }
    }

    static Vantage of(long unicast, int stations, long busiest, long most, long other) {
        if (unicast == 0) {
            return new Vantage(Kind.UNTOLD, 0, 0, 0, "no frame goes from one station to another");
        }
        if (stations <= 2) {
            String ends = Mac.format(Math.min(busiest, other))
                    + (busiest == other ? "" : " and " + Mac.format(Math.max(busiest, other)));
            return new Vantage(Kind.PAIR, most, unicast, busiest, "all unicast frames have no other ends than " + ends);
        }
        String share =
                Wording.percent(most, unicast) + " of unicast frames have " + Mac.format(busiest) + " at one end";
        if (most * 100.0 >= unicast * (double) NEARLY_ALL_PERCENT) {
            return new Vantage(
                    Kind.ONE_PORT, most, unicast, busiest, share + ": the local share is an artefact of this");
        }
        return new Vantage(
                Kind.LAN,
                most,
                unicast,
                busiest,
                "unicast between " + Wording.number(stations) + " stations, the busiest, " + Mac.format(busiest)
                        + ", at one end of " + Wording.percent(most, unicast));
    }
}
