package dev.hairpin.model.relay;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.station;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.testkit.Frame;
import java.util.ArrayList;
import java.util.List;

/** Puts frames through one relay, as a shell does. */
public final class Relaying {
    private final Relay relay;
    private long wave;

    public Relaying(Relay relay) {
        this.relay = relay;
    }

    /** Stations {@code vf0} on, of which station {@code j} has the address {@code station(j)}. */
    static List<Vsi> vfs(int count) {
        List<Vsi> vsis = new ArrayList<>();
        for (int vf = 0; vf < count; vf++) {
            vsis.add(vf(vf, station(vf)));
        }
        return vsis;
    }

    /** A station that listens to every group. */
    static Vsi vf(int number, Long... addresses) {
        return new Vsi("vf" + number, List.of(addresses), List.of(), true);
    }

    /** A station that listens to some groups. */
    static Vsi listening(int number, Long... groups) {
        return new Vsi("vf" + number, List.of(station(number)), List.of(groups), false);
    }

    public static Batch wave(long wave, Frame... frames) {
        return new Batch(wave, burst(frames), Batch.NEVER, Batch.NEVER, false);
    }

    /** What is decided of a frame, in a wave of its own. */
    public Outcome decide(Frame frame) {
        return relay.outcomes().get(pass(frame).outcome(0));
    }

    /** One wave: decided and applied. */
    public Decided pass(Frame... frames) {
        Decided event = relay.decide(wave(wave++, frames));
        relay.apply(event);
        return event;
    }

    /** What leaves because of a wave, by output. */
    public List<List<Frame>> emitted(Frame... frames) {
        Batch arrived = wave(wave++, frames);
        Decided event = relay.decide(arrived);
        relay.apply(event);
        List<List<Frame>> outputs = new ArrayList<>();
        for (Batch output : relay.emitted(event, arrived)) {
            outputs.add(Frame.frames(output.burst()));
        }
        return outputs;
    }
}
