package dev.hairpin.model.frame;

/**
 * The identity of a frame, as a {@code long}. A frame of the capture is its number there, from 1. What a NIC makes of it where
 * it segments (TSO) are frames of their own: segment 3 of frame 12 is written {@code 12.3}, segments count from 1.
 *
 * <p>A segment's identity says by itself which octets it has, so that journal and capture are enough to make it again: the
 * frame in bits 0 to 30, the MSS by which it was cut in bits 32 to 47, whether it is the last in bit 48, and the segment in
 * bits 49 to 62. Journals hold these numbers; the encoding is durable. Whoever looks a frame up in the capture asks for
 * {@link #frame}, and whoever orders frames for {@link #order}.
 */
public final class FrameNumber {
    /** The greatest number of a captured frame. */
    public static final long MOST_FRAMES = Integer.MAX_VALUE;

    /** The greatest MSS. */
    public static final int MOST_MSS = 0xFFFF;

    /** More segments are not made of one frame. */
    public static final int MOST_SEGMENTS = (1 << 14) - 1;

    private static final int MSS_SHIFT = 32;
    private static final int LAST_SHIFT = 48;
    private static final int SEGMENT_SHIFT = 49;

    private FrameNumber() {}

    /**
     * A segment.
     *
     * @param frame of the capture
     * @param segment from 1
     * @param mss octets of payload that every segment has but the last
     * @param last whether none follows
     */
    public static long segment(long frame, int segment, int mss, boolean last) {
        if (frame < 1 || frame > MOST_FRAMES || segment < 1 || segment > MOST_SEGMENTS || mss < 1 || mss > MOST_MSS) {
            throw new IllegalArgumentException("segment " + segment + " of frame " + frame + ", MSS " + mss);
        }
        return ((long) segment << SEGMENT_SHIFT) | (last ? 1L << LAST_SHIFT : 0) | ((long) mss << MSS_SHIFT) | frame;
    }

    /** Whether it is a segment, and not a frame as captured. */
    public static boolean isSegment(long number) {
        return number > MOST_FRAMES;
    }

    /** The captured frame that it is, or is a part of. */
    public static long frame(long number) {
        return number & MOST_FRAMES;
    }

    /** Which segment, from 1; 0 of a frame as captured. */
    public static int segment(long number) {
        return (int) (number >>> SEGMENT_SHIFT);
    }

    /** The MSS by which it was cut; of a segment. */
    public static int mss(long number) {
        return (int) (number >>> MSS_SHIFT) & MOST_MSS;
    }

    /** Whether no segment follows; of a segment. */
    public static boolean isLast(long number) {
        return ((number >>> LAST_SHIFT) & 1) == 1;
    }

    /** A key that grows with the captured frame and then with the segment. */
    public static long order(long number) {
        return Long.rotateLeft(number, MSS_SHIFT);
    }

    /** The number whose {@link #order} is {@code order}. */
    public static long ofOrder(long order) {
        return Long.rotateRight(order, MSS_SHIFT);
    }

    /** As printed: {@code 12} or {@code 12.3}. */
    public static String text(long number) {
        return isSegment(number) ? frame(number) + "." + segment(number) : Long.toString(number);
    }
}
