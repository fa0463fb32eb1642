package dev.hairpin.experiments.topology;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.Pcie;
import dev.hairpin.model.ring.ReceiveRing;
import dev.hairpin.model.ring.Rss;
import dev.hairpin.model.ring.Share;
import java.util.List;
import java.util.Optional;

/** Reads what lies between the edge relay of a NIC and its guests: rings, shares and PCI Express. */
final class RingReader {
    private static final String PCIE = "an object such as { generation = 2, lanes = 8, payload = 256 }";
    private static final int MOST_WEIGHT = 1_000;
    private static final int MOST_PRIORITY = 16;

    private RingReader() {}

    /** The rings of a function. */
    static HostSide.Function function(Block block) {
        int queues = block.get("queues", 1, entry -> entry.number(1, HostSide.Function.MOST_QUEUES, 1));
        int buffers = block.get("ring", ReceiveRing.UNLIMITED, Entry::count);
        long rate = block.get("rate", Server.UNLIMITED, entry -> entry.quantity(Quantities::rate, Server.UNLIMITED));
        long itr = block.get("itr", 0L, entry -> entry.quantity(Quantities::time, 0));
        int refill = block.get("refill", 1, Entry::count);
        boolean udp = block.get("rss-udp", false, entry -> entry.isSwitch(false));
        int ring = block.get("tx-ring", Integer.MAX_VALUE, Entry::count);
        int weight = block.get("weight", 1, entry -> entry.number(1, MOST_WEIGHT, 1));
        int priority = block.get("priority", 0, entry -> entry.number(0, MOST_PRIORITY, 0));
        long least = block.get("min-rate", 0L, entry -> entry.quantity(Quantities::rate, 0));
        long most =
                block.get("max-rate", Server.UNLIMITED, entry -> entry.quantity(Quantities::rate, Server.UNLIMITED));
        if (queues == 1) {
            block.ifPresent("rss-udp", entry -> entry.warn("means nothing with one queue"));
        }
        return block.build(() -> new HostSide.Function(
                        queues,
                        new ReceiveRing.Settings(buffers, rate, itr, refill),
                        new Rss.Settings(Rss.KEY, Rss.Settings.of(queues).table(), udp),
                        new Share(ring, weight, priority, least, most),
                        OffloadReader.read(block)))
                .orElse(HostSide.Function.UNLIMITED);
    }

    /** What all functions of a NIC share. */
    static HostSide host(Block block, List<HostSide.Function> functions) {
        Pcie pcie = block.find("pcie")
                .flatMap(entry -> entry.block(PCIE))
                .flatMap(RingReader::pcie)
                .orElse(Pcie.UNLIMITED);
        long rate = block.get("tx-rate", Server.UNLIMITED, entry -> entry.quantity(Quantities::rate, Server.UNLIMITED));
        return new HostSide(pcie, rate, functions);
    }

    private static Optional<Pcie> pcie(Block block) {
        int generation = block.get("generation", 3, entry -> entry.number(1, 3, 3));
        int lanes = block.get("lanes", 8, entry -> entry.number(1, 16, 8));
        int payload = block.get("payload", 256, entry -> entry.number(128, 512, 256));
        int buffer = block.get("buffer", Integer.MAX_VALUE, Entry::count);
        block.done();
        return block.build(() -> new Pcie(generation, lanes, payload, buffer));
    }
}
