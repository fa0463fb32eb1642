package dev.hairpin.model.bridge;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Batch;
import java.util.HexFormat;

/** A bridge that gets frames as octets, one in a wave, each at its time. */
final class Packets {
    final Bridge bridge;
    private long number;

    Packets(Bridge bridge) {
        this.bridge = bridge;
    }

    /** What becomes of that frame; octets in hex, blanks between them as one likes. */
    Outcome decide(long time, int port, String octets) {
        byte[] frame = HexFormat.of().parseHex(octets.replaceAll("\\s", ""));
        BurstBuilder builder = new BurstBuilder(1);
        EthernetHeader.read(Slab.of(frame), 0, frame.length, frame.length, time, ++number, port, builder);
        Burst burst = builder.build();
        var event = bridge.decide(new Batch(number, burst, time, 0, false));
        bridge.apply(event);
        return bridge.outcomes().get(event.outcome(0));
    }
}
