package dev.hairpin.pcap;

/**
 * How an interface of a capture counts time: in units of a negative power of ten or of two of a second, since the epoch
 * or since {@code offsetSeconds} after it. Options {@code if_tsresol} and {@code if_tsoffset} of pcapng.
 *
 * @param binary whether the unit is a power of two
 * @param exponent the unit is {@code 10^-exponent} or {@code 2^-exponent} seconds; 0 to 127
 * @param offsetSeconds seconds to be added
 */
public record TimeResolution(boolean binary, int exponent, long offsetSeconds) {
    /** Microseconds since the epoch, what pcapng has where nothing else is said. */
    public static final TimeResolution MICROSECONDS = new TimeResolution(false, 6, 0);

    /** Nanoseconds since the epoch. */
    public static final TimeResolution NANOSECONDS = new TimeResolution(false, 9, 0);

    private static final int GREATEST_EXPONENT = 127;
    private static final int NANO = 9;
    private static final long SECOND = 1_000_000_000L;

    /** 10 to the power of 0 to 19; the last is above {@link Long#MAX_VALUE} and meant unsigned. */
    private static final long[] TEN_TO = powersOfTen();

    /** Refuses an exponent that {@code if_tsresol} cannot express. */
    public TimeResolution {
        if (exponent < 0 || exponent > GREATEST_EXPONENT) {
            throw new IllegalArgumentException("exponent " + exponent + ": must be 0..127");
        }
    }

    /** As the octet of {@code if_tsresol} has it: the high bit says binary, the others are the exponent. */
    static TimeResolution ofOption(int octet, long offsetSeconds) {
        return new TimeResolution((octet & 0x80) != 0, octet & 0x7F, offsetSeconds);
    }

    /**
     * A time in nanoseconds since the epoch, exact but for what is below a nanosecond, which is cut off. What a long
     * cannot hold gives {@link Long#MAX_VALUE} or {@link Long#MIN_VALUE}.
     *
     * @param ticks units, unsigned
     */
    public long nanoseconds(long ticks) {
        if (!binary && exponent <= NANO && offsetSeconds == 0) {
            long unit = TEN_TO[NANO - exponent];
            if (unit == 1 && ticks >= 0) {
                return ticks;
            }
            long high = Math.multiplyHigh(ticks, unit);
            long nanos = ticks * unit;
            return ticks >= 0 && high == 0 && nanos >= 0 ? nanos : Long.MAX_VALUE;
        }
        return binary ? ofBinary(ticks) : ofDecimal(ticks);
    }

    private long ofDecimal(long ticks) {
        long seconds = 0;
        long rest = ticks;
        if (exponent < TEN_TO.length) {
            seconds = Long.divideUnsigned(ticks, TEN_TO[exponent]);
            rest = Long.remainderUnsigned(ticks, TEN_TO[exponent]);
        }
        if (exponent <= NANO) {
            return sum(seconds, rest * TEN_TO[NANO - exponent]);
        }
        int surplus = exponent - NANO;
        return sum(seconds, surplus < TEN_TO.length ? Long.divideUnsigned(rest, TEN_TO[surplus]) : 0);
    }

    private long ofBinary(long ticks) {
        long seconds = exponent < Long.SIZE ? ticks >>> exponent : 0;
        long rest = exponent < Long.SIZE ? ticks & ((1L << exponent) - 1) : ticks;
        // rest * 10^9 / 2^exponent; the product has up to 94 bits.
        long high = Math.multiplyHigh(rest, SECOND) + (rest < 0 ? SECOND : 0);
        long low = rest * SECOND;
        if (exponent >= Long.SIZE) {
            return sum(seconds, high >>> (exponent - Long.SIZE));
        }
        return sum(seconds, exponent == 0 ? 0 : high << (Long.SIZE - exponent) | low >>> exponent);
    }

    /**
     * @param seconds unsigned
     * @param nanos 0 to 999,999,999
     */
    private long sum(long seconds, long nanos) {
        long total = seconds + offsetSeconds;
        if (seconds < 0) {
            // From 2^63 on; only a negative offset can bring it back into range, and then without overflow.
            return offsetSeconds >= 0 || total < 0 ? Long.MAX_VALUE : saturated(total, nanos);
        }
        boolean overflow = offsetSeconds > 0 && total < 0;
        return overflow ? Long.MAX_VALUE : saturated(total, nanos);
    }

    private static long saturated(long seconds, long nanos) {
        if (seconds >= 0) {
            long high = Math.multiplyHigh(seconds, SECOND);
            long sum = seconds * SECOND + nanos;
            return high == 0 && seconds * SECOND >= 0 && sum >= 0 ? sum : Long.MAX_VALUE;
        }
        // Counted from the next full second back, both terms are negative or zero.
        long back = nanos - SECOND;
        long full = seconds + 1;
        long low = full * SECOND;
        boolean fits = full == 0 || (Math.multiplyHigh(full, SECOND) == -1 && low < 0);
        long sum = low + back;
        return fits && sum < 0 ? sum : Long.MIN_VALUE;
    }

    private static long[] powersOfTen() {
        long[] powers = new long[20];
        powers[0] = 1;
        for (int power = 1; power < powers.length; power++) {
            powers[power] = powers[power - 1] * 10;
        }
        return powers;
    }
}
