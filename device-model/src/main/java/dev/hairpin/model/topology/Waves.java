package dev.hairpin.model.topology;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Batch;
import java.util.Arrays;

/** Cuts the frames that enter a topology into waves and makes the promises that go with them. */
public final class Waves {
    /** All frames of the wave at hand, with the source port; the ports' bursts share their headers. */
    private final BurstBuilder entering = new BurstBuilder(0);

    private final BurstBuilder[] ports;
    private long wave;
    private long lastTime = Long.MIN_VALUE;
    private long lastNumber;
    private long entered;

    /** @param ports how many source ports */
    public Waves(int ports) {
        this.ports = new BurstBuilder[ports];
        Arrays.setAll(this.ports, port -> new BurstBuilder(0));
    }

    /** Frames in the wave at hand. */
    public int frames() {
        return entering.size();
    }

    /** Adds a frame that enters at {@code port}. Neither time nor number may go back, and the number must not repeat. */
    public void add(Slab slab, long offset, int captured, int length, long time, long number, int port) {
        if (time < lastTime || number <= lastNumber || number > FrameNumber.MOST_FRAMES) {
            throw new IllegalArgumentException(
                    "frame " + number + " at " + time + " after frame " + lastNumber + " at " + lastTime);
        }
        EthernetHeader.read(slab, offset, captured, length, time, number, port, entering);
        lastTime = time;
        lastNumber = number;
        entered++;
    }

    /** How far it is. Behind a {@link #cut}. */
    public SeekableFeed.Position position() {
        return new SeekableFeed.Position(wave - 1, entered, lastTime, lastNumber);
    }

    /** Goes on from where another was. Before the first frame. */
    public void seek(SeekableFeed.Position position) {
        wave = position.wave() + 1;
        entered = position.frames();
        lastTime = position.time();
        lastNumber = position.number();
    }

    /** Frames so far. */
    public long entered() {
        return entered;
    }

    /** The wave at hand, by source port; the next one begins. */
    public Batch[] cut(boolean last) {
        Burst burst = entering.build();
        for (int row = 0; row < burst.size(); row++) {
            ports[burst.port(row)].add(burst, row, burst.time(row), 0);
        }
        Batch[] batches = new Batch[ports.length];
        for (int port = 0; port < ports.length; port++) {
            batches[port] = last
                    ? new Batch(wave, ports[port].build(), Batch.NEVER, Batch.NEVER, true)
                    : new Batch(wave, ports[port].build(), lastTime, lastNumber + 1, false);
        }
        wave++;
        return batches;
    }
}
