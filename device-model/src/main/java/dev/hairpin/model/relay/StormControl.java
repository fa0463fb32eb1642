package dev.hairpin.model.relay;

import dev.hairpin.model.frame.Mac;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of what goes to many may enter by a port: for each kind of frame that has one, a token bucket, full at the start.
 * What finds too little in it is dropped, reason STORM. A model of what vendors call so; no standard has it.
 *
 * @param levels by kind of frame; other kinds pass
 */
public record StormControl(Map<Kind, Level> levels) {
    /** Everything passes. */
    public static final StormControl OFF = new StormControl(Map.of());

    /** A kind of frame that goes to many. */
    public enum Kind {
        BROADCAST,
        /** To any other group. */
        MULTICAST,
        /** Unicast to an address that the relay does not know. */
        UNKNOWN_UNICAST;

        /** Of a destination, {@code known} telling whether the relay knows it; null for what goes to one station. */
        static @Nullable Kind of(long destination, boolean known) {
            if (Mac.isGroup(destination)) {
                return destination == Mac.BROADCAST ? BROADCAST : MULTICAST;
            }
            return known ? null : UNKNOWN_UNICAST;
        }
    }

    public StormControl {
        Map<Kind, Level> sorted = new EnumMap<>(Kind.class);
        sorted.putAll(levels);
        levels = Collections.unmodifiableMap(sorted);
    }

    /** With a level for that kind. */
    public StormControl with(Kind kind, Level level) {
        Map<Kind, Level> more = new EnumMap<>(Kind.class);
        more.putAll(levels);
        more.put(kind, level);
        return new StormControl(more);
    }

    /**
     * A bucket.
     *
     * @param octets whether octets are counted, or frames
     * @param perSecond by which it fills: bits or frames a second, at least 1
     * @param burst that it holds: octets or frames, 1 to {@link #MOST}
     */
    public record Level(boolean octets, long perSecond, long burst) {
        /** More a bucket cannot hold. */
        public static final long MOST = 1_000_000_000L;

        public Level {
            if (perSecond < 1 || burst < 1 || burst > MOST) {
                throw new IllegalArgumentException("found a level of " + perSecond + " a second and a burst of " + burst
                        + ", expected 1 or more, and a burst of " + MOST + " at most");
            }
        }

        /** So many frames a second, and at once as many as come in a second. */
        public static Level frames(long perSecond) {
            return new Level(false, perSecond, Math.min(MOST, Math.max(1, perSecond)));
        }

        /** So many bits a second, and at once as many octets as come in a second. */
        public static Level bits(long perSecond) {
            return new Level(true, perSecond, Math.min(MOST, Math.max(1, perSecond / 8)));
        }

        /** The same with another burst: octets or frames. */
        public Level withBurst(long value) {
            return new Level(octets, perSecond, value);
        }

        /** What the bucket holds, in tokens. */
        long full() {
            return octets ? 8 * burst : burst;
        }

        /** What a frame takes out of it, in tokens: bits or one. */
        long tokens(int length) {
            return octets ? 8L * length : 1;
        }

        /** As in a topology file. */
        @Override
        public String toString() {
            return octets ? perSecond + "bit burst " + burst + "B" : perSecond + "pps burst " + burst;
        }
    }
}
