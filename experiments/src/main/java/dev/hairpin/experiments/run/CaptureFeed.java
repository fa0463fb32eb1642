package dev.hairpin.experiments.run;

import dev.hairpin.experiments.placement.CapturedTimes;
import dev.hairpin.experiments.placement.FrameSelection;
import dev.hairpin.experiments.placement.Placement;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.topology.SeekableFeed;
import dev.hairpin.model.topology.Waves;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.CaptureReader;

/** Feeds a capture: each frame once, at its station's port, at its captured time. */
public final class CaptureFeed implements SeekableFeed {
    private final CaptureReader reader;
    private final Slab slab;
    private final Placement placement;
    private final FrameSelection filter;
    private final CapturedTimes times = new CapturedTimes();
    private final Waves waves;
    private final int framesPerWave;
    private final Progress progress;
    private boolean more;

    /**
     * @param filter frames it does not take stay out
     * @param framesPerWave where waves are cut; of no consequence but for speed and memory
     */
    public CaptureFeed(
            Capture capture, Placement placement, FrameSelection filter, int framesPerWave, Progress progress) {
        this.reader = capture.frames();
        this.slab = capture.slab();
        this.placement = placement;
        this.filter = filter;
        this.waves = new Waves(placement.vsis().size() + placement.externalPorts());
        this.framesPerWave = framesPerWave;
        this.progress = progress;
        this.more = reader.next();
    }

    @Override
    public Batch[] next() {
        while (more && waves.frames() < framesPerWave) {
            take();
            more = reader.next();
        }
        progress.at(waves.entered(), more ? reader.offset() : slab.size());
        return waves.cut(!more);
    }

    @Override
    public Position position() {
        return waves.position();
    }

    /** The clock sees the frames before, too. */
    @Override
    public void seek(Position position) {
        while (more && reader.number() <= position.number()) {
            times.time(reader.number(), reader.time());
            more = reader.next();
        }
        waves.seek(position);
    }

    @Override
    public Slab slab() {
        return slab;
    }

    /** Frames that have entered so far. */
    public long entered() {
        return waves.entered();
    }

    private void take() {
        // The clock sees every frame, taking part or not: what it clamps must not depend on the filter.
        long time = times.time(reader.number(), reader.time());
        if (!filter.takes(reader)) {
            return;
        }
        int port = placement.port(slab, reader);
        if (port != Placement.NOT_ENTERING) {
            waves.add(slab, reader.offset(), reader.captured(), reader.length(), time, reader.number(), port);
        }
    }
}
