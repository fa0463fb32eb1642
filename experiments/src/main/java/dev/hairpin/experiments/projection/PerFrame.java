package dev.hairpin.experiments.projection;

import dev.hairpin.model.frame.FrameNumber;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.agrona.collections.Long2LongHashMap;

/**
 * A number for each frame, by identity: 0 unless it was set. Frames of the capture are many and dense, so they have an array;
 * segments that a NIC made have a map, see {@link FrameNumber}.
 */
public final class PerFrame {
    private int[] captured = new int[1024];
    private long lastCaptured;
    private final Long2LongHashMap segments = new Long2LongHashMap(Long.MIN_VALUE);

    /** Of frame {@code number}. */
    public int get(long number) {
        if (FrameNumber.isSegment(number)) {
            long known = segments.get(number);
            return known == Long.MIN_VALUE ? 0 : (int) known;
        }
        return number < captured.length ? captured[(int) number] : 0;
    }

    /** Sets that of frame {@code number}. */
    public void set(long number, int value) {
        if (FrameNumber.isSegment(number)) {
            segments.put(number, value);
            return;
        }
        if (number >= captured.length) {
            captured = Arrays.copyOf(captured, Math.max((int) number + 1, 2 * captured.length));
        }
        captured[(int) number] = value;
        lastCaptured = Math.max(lastCaptured, number);
    }

    /** Adds to that of frame {@code number}. */
    public void add(long number, int more) {
        set(number, get(number) + more);
    }

    /** The greatest number of a captured frame that was set. */
    public long lastCaptured() {
        return lastCaptured;
    }

    /** All segments that were set, in the order of frames. */
    public long[] segments() {
        long[] numbers = new long[segments.size()];
        int[] next = {0};
        segments.forEachLong((number, value) -> numbers[next[0]++] = FrameNumber.order(number));
        Arrays.sort(numbers);
        for (int segment = 0; segment < numbers.length; segment++) {
            numbers[segment] = FrameNumber.ofOrder(numbers[segment]);
        }
        return numbers;
    }

    /** Gives every captured frame up to the last of either, set or not, and every segment of either, in the order of frames. */
    static void forEach(PerFrame one, PerFrame other, LongConsumer take) {
        long[] segments = one.segments();
        PerFrame missing = new PerFrame();
        for (long segment : other.segments()) {
            if (!one.segments.containsKey(segment)) {
                missing.set(segment, 1);
            }
        }
        if (missing.segments.size() > 0) {
            for (long segment : segments) {
                missing.set(segment, 1);
            }
            segments = missing.segments();
        }
        int next = 0;
        long last = Math.max(one.lastCaptured, other.lastCaptured);
        for (long frame = 1; frame <= last || next < segments.length; frame++) {
            if (frame <= last) {
                take.accept(frame);
            }
            while (next < segments.length && FrameNumber.frame(segments[next]) == frame) {
                take.accept(segments[next++]);
            }
        }
    }
}
