package dev.hairpin.model.link;

import dev.hairpin.model.decision.Decided;
import java.util.List;

/** A stage that decides nothing and takes a fixed time, or none: a cable, a port without a queue. */
public final class PassThrough extends Stage {
    private final String port;
    private final long latencyNanos;

    /** @param port the name of the port it stands for */
    public PassThrough(String name, String port, long latencyNanos) {
        this(name, port, 1, latencyNanos);
    }

    /** Likewise, where {@code links} come together in one port. */
    public PassThrough(String name, String port, int links, long latencyNanos) {
        super(name, new int[links], 1);
        this.port = port;
        this.latencyNanos = latencyNanos;
    }

    @Override
    public List<String> ports() {
        return List.of(port);
    }

    @Override
    public Keeping keeping() {
        return Keeping.NONE;
    }

    @Override
    public Decided decide(Batch arrived) {
        return Decided.nothing(arrived.wave());
    }

    @Override
    public void apply(Decided event) {}

    @Override
    public Batch[] emitted(Decided event, Batch arrived) {
        if (latencyNanos == 0) {
            return new Batch[] {arrived};
        }
        return new Batch[] {arrived.with(arrived.burst().later(latencyNanos), latencyNanos)};
    }
}
