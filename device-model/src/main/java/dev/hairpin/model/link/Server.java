package dev.hairpin.model.link;

import java.util.stream.LongStream;

/**
 * A resource that serves frames one after the other, first in first out, in virtual time: a wire, a bus, a ring. It has
 * the closed form
 *
 * <pre>departure = max(arrival, previous departure) + service,   service = bits / rate</pre>
 *
 * and is exact: the fraction of a nanosecond that a service leaves is carried to the next frame of a busy period, and only
 * the departure that is told is rounded, upwards.
 *
 * <p>A frame that finds {@code places} frames in the system, the one in service included, is refused. Mutable; two servers
 * that have seen the same arrivals are equal in all they will answer.
 */
public final class Server {
    /** The rate of a server that takes no time. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final long NANOS = 1_000_000_000L;

    private final long bitsPerSecond;
    private final int places;
    private final int overheadOctets;
    private final int leastOctets;

    /** Departures of the frames in the system. */
    private Times departures = new Times();

    private long busyUntil = Long.MIN_VALUE;
    private long fraction;

    /**
     * @param bitsPerSecond rate, or {@link #UNLIMITED}
     * @param places frames that may be in the system at a time, or {@link Integer#MAX_VALUE} for any number
     * @param leastOctets a shorter frame is served as if it had so many
     * @param overheadOctets added to every frame
     */
    public Server(long bitsPerSecond, int places, int leastOctets, int overheadOctets) {
        if (bitsPerSecond <= 0 || places <= 0) {
            throw new IllegalArgumentException("a server of " + bitsPerSecond + " bit/s and " + places + " places");
        }
        this.bitsPerSecond = bitsPerSecond;
        this.places = places;
        this.leastOctets = leastOctets;
        this.overheadOctets = overheadOctets;
    }

    /**
     * An Ethernet wire: frames without FCS are padded to 60 octets, and 4 of FCS, 8 of preamble and 12 of gap come to each
     * (802.3 clause 4).
     */
    public static Server wire(long bitsPerSecond, int places) {
        return new Server(bitsPerSecond, places, 60, 4 + 8 + 12);
    }

    /** A server that takes no time and refuses nobody. */
    public static Server unlimited() {
        return new Server(UNLIMITED, Integer.MAX_VALUE, 0, 0);
    }

    /** Another server that has seen the same arrivals. */
    public Server copy() {
        Server copy = new Server(bitsPerSecond, places, leastOctets, overheadOctets);
        copy.departures = departures.copy();
        copy.busyUntil = busyUntil;
        copy.fraction = fraction;
        return copy;
    }

    /** Another that has seen the same arrivals and goes on at another rate: what is in service departs as it was told. */
    public Server at(long rate) {
        if (rate == bitsPerSecond) {
            return this;
        }
        Server other = new Server(rate, places, leastOctets, overheadOctets);
        other.departures = departures.copy();
        other.busyUntil = fraction == 0 ? busyUntil : busyUntil + 1;
        return other;
    }

    /** Its clock and the departures of the frames in the system, for {@link #restore}. */
    public long[] state() {
        return LongStream.concat(LongStream.of(busyUntil, fraction), LongStream.of(departures.toArray()))
                .toArray();
    }

    /** Goes on from where another of the same kind was. Before the first frame. */
    public void restore(long[] state) {
        busyUntil = state[0];
        fraction = state[1];
        for (int at = 2; at < state.length; at++) {
            departures.add(state[at]);
        }
    }

    /** Whether it takes no time: frames depart as they arrive. */
    public boolean takesNoTime() {
        return bitsPerSecond == UNLIMITED;
    }

    /** Whether it may refuse a frame. */
    public boolean refuses() {
        return places != Integer.MAX_VALUE && !takesNoTime();
    }

    /** Whether a frame that arrives at {@code arrival} finds a place. Arrivals must not go back in time. */
    public boolean hasPlace(long arrival) {
        while (departures.size() > 0 && departures.get(0) <= arrival) {
            departures.remove(1);
        }
        return departures.size() < places;
    }

    /**
     * Whether so many frames, the first of which arrives at {@code arrival}, find places however close they come. Changes
     * nothing.
     */
    public boolean hasPlaces(int frames, long arrival) {
        int gone = 0;
        while (gone < departures.size() && departures.get(gone) <= arrival) {
            gone++;
        }
        return frames <= places - departures.size() + gone;
    }

    /** Serves a frame of {@code octets} and tells when it departs, in nanoseconds. */
    public long serve(long arrival, int octets) {
        if (takesNoTime()) {
            busyUntil = Math.max(busyUntil, arrival);
            return busyUntil;
        }
        long start = busyUntil;
        long carried = fraction;
        if (arrival >= busyUntil + (carried > 0 ? 1 : 0)) {
            start = arrival;
            carried = 0;
        }
        long bits = 8 * ((long) Math.max(octets, leastOctets) + overheadOctets);
        // A capture may claim a frame of 2^31 octets, and the product then needs all 64 bits.
        long work = carried + bits * NANOS;
        long nanos = Long.divideUnsigned(work, bitsPerSecond);
        busyUntil = start + nanos;
        fraction = work - nanos * bitsPerSecond;
        long departure = fraction == 0 ? busyUntil : busyUntil + 1;
        if (refuses()) {
            departures.add(departure);
        }
        return departure;
    }

    /** No departure will be told that is before this. */
    public long earliest() {
        return busyUntil;
    }
}
