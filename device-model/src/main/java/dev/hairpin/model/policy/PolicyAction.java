package dev.hairpin.model.policy;

/** What a rule of a policy does with a frame. */
public sealed interface PolicyAction {
    /** As in a topology file: {@code redirect vf3}. */
    String text();

    /** Whether later rules are not met. */
    default boolean ends() {
        return true;
    }

    /** Forward it as the relay's mode has it. */
    record Permit() implements PolicyAction {
        @Override
        public String text() {
            return "permit";
        }
    }

    /** Drop it, reason ACL. */
    record Drop() implements PolicyAction {
        @Override
        public String text() {
            return "drop";
        }
    }

    /** Send it out of {@code port} and nowhere else, whatever its destination. */
    record Redirect(String port) implements PolicyAction {
        @Override
        public String text() {
            return "redirect " + port;
        }
    }

    /** At an edge relay as a VEPA would: up. At a bridge: back out of the port of arrival, reflective relay or not. */
    record Hairpin() implements PolicyAction {
        @Override
        public String text() {
            return "hairpin";
        }
    }

    /** As a VEB would; for edge relays only. */
    record SwitchLocally() implements PolicyAction {
        @Override
        public String text() {
            return "switch-locally";
        }
    }

    /** One copy more as the frame is at this point, out of {@code port}, unless one leaves there anyway. */
    record Mirror(String port) implements PolicyAction {
        @Override
        public String text() {
            return "mirror " + port;
        }

        @Override
        public boolean ends() {
            return false;
        }
    }

    /** From here on it belongs to VLAN {@code vid}, 1 to 4094, and is tagged so where it leaves tagged. */
    record SetVlan(int vid) implements PolicyAction {
        public SetVlan {
            if (vid < 1 || vid > 4094) {
                throw new IllegalArgumentException("found VLAN " + vid + ", expected 1 to 4094");
            }
        }

        @Override
        public String text() {
            return "set-vlan " + vid;
        }

        @Override
        public boolean ends() {
            return false;
        }
    }

    /** Its priority code point becomes {@code pcp}, 0 to 7; a frame without a tag gets a priority tag. */
    record SetPriority(int pcp) implements PolicyAction {
        public SetPriority {
            if (pcp < 0 || pcp > 7) {
                throw new IllegalArgumentException("found priority " + pcp + ", expected 0 to 7");
            }
        }

        @Override
        public String text() {
            return "set-priority " + pcp;
        }

        @Override
        public boolean ends() {
            return false;
        }
    }

    /**
     * Draws its length from a token bucket; when that has too little, it is dropped, reason RATE_LIMIT.
     *
     * @param bitsPerSecond by which it fills, at least 1
     * @param burstOctets that it holds, 1 to {@link #MOST_OCTETS}; it is full at the start
     */
    record RateLimit(long bitsPerSecond, long burstOctets) implements PolicyAction {
        /** More a bucket cannot hold: its level is counted in bits times 10^9. */
        public static final long MOST_OCTETS = 1_000_000_000L;

        public RateLimit {
            if (bitsPerSecond < 1 || burstOctets < 1) {
                throw new IllegalArgumentException("found " + bitsPerSecond + " bit/s and a burst of " + burstOctets
                        + " octets, expected 1 or more");
            }
            if (burstOctets > MOST_OCTETS) {
                throw new IllegalArgumentException(
                        "found a burst of " + burstOctets + " octets, expected " + MOST_OCTETS + " at most");
            }
        }

        @Override
        public String text() {
            return "rate-limit " + bitsPerSecond + "bit burst " + burstOctets;
        }

        @Override
        public boolean ends() {
            return false;
        }
    }
}
