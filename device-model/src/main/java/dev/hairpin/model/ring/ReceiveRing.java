package dev.hairpin.model.ring;

import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Times;
import java.util.List;

/**
 * One receive ring and the driver of the guest behind it, in virtual time.
 *
 * <p>The guest gives the ring {@code buffers}. A frame takes one when it is written; none left, and it is lost. Where the
 * guest sleeps, a frame asks for an interrupt, which comes at once or, where one came less than {@code itr} ago, when that
 * time is over: EITR of 82576 and 82599, where causes that come meanwhile merge into one. The guest then polls: it takes
 * frames at its rate, those too that come meanwhile, until the ring is empty (NAPI; that it does so in turns of 64 takes no
 * time and changes nothing). It gives buffers back {@code refill} at a time, and the rest when it goes to sleep: 16 at a time
 * in {@code igb_clean_rx_irq} and {@code ixgbe_clean_rx_irq}.
 *
 * <p>All of that follows from frames that came before, so when a frame arrives it is known when the guest takes it. Mutable;
 * two that have seen the same arrivals are equal in all they will answer. Times are nanoseconds and do not go back.
 */
public final class ReceiveRing {
    /** Of a ring that has always a buffer. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private final boolean counts;
    private Settings settings;
    private Server guest;

    /** The guest takes nothing before this. */
    private long stalledUntil = Long.MIN_VALUE;

    /** When the guest takes the frames whose buffers are not back. */
    private Times taken = new Times();

    /** When the last interrupt came, and when the guest has nothing left to poll. */
    private long interrupted = Long.MIN_VALUE / 2;

    private long awakeUntil = Long.MIN_VALUE;

    /** A ring whose buffers are all there, and whose settings stay. */
    public ReceiveRing(Settings settings) {
        this(settings, settings.loses());
    }

    /** @param counts whether it is ever asked for free buffers */
    ReceiveRing(Settings settings, boolean counts) {
        this.settings = settings;
        this.counts = counts;
        this.guest = new Server(settings.rate(), Integer.MAX_VALUE, 0, 0);
    }

    /**
     * What a guest has set.
     *
     * @param buffers that it gives the ring: descriptors, but for the one that 82576 and 82599 cannot use, because head and
     *     tail would be equal; {@link #UNLIMITED} for always one
     * @param rate at which the guest takes frames once it polls, bits a second, or {@link Server#UNLIMITED}
     * @param itr nanoseconds from one interrupt to the next, at least
     * @param refill buffers that the guest gives back at a time
     */
    public record Settings(int buffers, long rate, long itr, int refill) {
        /** Takes every frame at once. */
        public static final Settings NONE = new Settings(UNLIMITED, Server.UNLIMITED, 0, 1);

        public Settings {
            if (buffers < 1 || rate < 1 || itr < 0 || refill < 1 || refill > buffers) {
                throw new IllegalArgumentException("a receive ring of " + buffers + " buffers, given back " + refill
                        + " at a time, " + itr + " ns from interrupt to interrupt, " + rate + " bit/s");
            }
        }

        /** Whether frames reach the guest as they come. */
        public boolean takesNoTime() {
            return rate == Server.UNLIMITED && itr == 0;
        }

        /** Whether it may lose a frame. */
        public boolean loses() {
            return buffers != UNLIMITED && !takesNoTime();
        }
    }

    /** Another that has seen the same arrivals. */
    public ReceiveRing copy() {
        ReceiveRing copy = new ReceiveRing(settings, counts);
        copy.stalledUntil = stalledUntil;
        copy.guest = guest.copy();
        copy.taken = taken.copy();
        copy.interrupted = interrupted;
        copy.awakeUntil = awakeUntil;
        return copy;
    }

    /**
     * From now on with other settings, and standing still until {@code stalled}, which may be {@link Batch#NEVER}; when the guest takes
     * what is in the ring stays as it was told.
     */
    void under(Settings others, long stalled) {
        settings = others;
        stalledUntil = stalled;
        guest = guest.at(others.rate());
    }

    /** The guest's clock, its interrupts, and when it takes which frame, for {@link #restore}. */
    List<long[]> state() {
        return List.of(guest.state(), new long[] {interrupted, awakeUntil}, taken.toArray());
    }

    /** Goes on from where another was. Before the first frame. */
    void restore(List<long[]> state) {
        guest.restore(state.get(0));
        interrupted = state.get(1)[0];
        awakeUntil = state.get(1)[1];
        for (long until : state.get(2)) {
            taken.add(until);
        }
    }

    /** Buffers that the ring has for a frame that arrives at {@code now}. */
    public int free(long now) {
        if (awakeUntil <= now) {
            taken.remove(taken.size());
        }
        while (taken.size() >= settings.refill() && taken.get(settings.refill() - 1) <= now) {
            taken.remove(settings.refill());
        }
        return settings.buffers() - taken.size();
    }

    /** Takes a frame of {@code octets} in, whether there is a buffer or not, and tells when the guest takes it. */
    public long take(long now, int octets) {
        long from = now;
        if (now > awakeUntil) {
            interrupted = Math.max(now, interrupted + settings.itr());
            from = interrupted;
        }
        if (stalledUntil == Batch.NEVER) {
            // It is in the guest's memory and stays there, with its buffer.
            awakeUntil = Batch.NEVER;
            if (counts) {
                taken.add(Batch.NEVER);
            }
            return now;
        }
        long at = guest.serve(Math.max(from, stalledUntil), octets);
        awakeUntil = at;
        if (counts) {
            taken.add(at);
        }
        return at;
    }

    /** No later frame reaches the guest before this. */
    public long earliest() {
        return awakeUntil == Batch.NEVER ? Long.MIN_VALUE : awakeUntil;
    }
}
