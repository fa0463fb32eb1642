package dev.hairpin.experiments.placement;

import dev.hairpin.pcap.CaptureReader;

/** Which frames of a capture take part. Asked once for each frame, in file order. */
@FunctionalInterface
public interface FrameSelection {
    /** All of them. */
    FrameSelection ALL = frame -> true;

    /** Whether the frame that the reader stands on takes part. */
    boolean takes(CaptureReader frame);
}
