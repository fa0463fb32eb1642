package dev.hairpin.model.ring;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.link.LossyStage;
import dev.hairpin.model.link.Passing;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.offload.Segmenter;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A part of the NIC's data path: the transmit rings of all functions with the scheduler behind them, the way to the host, or
 * the receive rings of one function. Settings hold for frames that come from their time on.
 */
public final class RingStage extends LossyStage {
    private RingStage(
            String name, int inputs, int outputs, List<String> ports, Passing state, IntFunction<Outcome> dropped) {
        super(name, inputs, outputs, ports, state, dropped);
    }

    /**
     * The transmit rings of a NIC, one of each function. Input {@code j} is what the guest of function {@code j} sends; what
     * leaves by the one output bears that number as its port.
     *
     * @param host whose offloads stay as they are at the start
     * @param mostMss the greatest MSS that the device segments by
     */
    public static RingStage sending(String name, List<String> functions, Steps<HostSide> host, int mostMss) {
        Segmenter segmenter = new Segmenter(
                host.now().functions().stream().map(HostSide.Function::offloads).toList(), mostMss);
        Passing rings = new TransmitRings(host);
        int count = functions.size();
        return new RingStage(
                name,
                count,
                1,
                functions,
                segmenter.isOff() ? rings : new SegmentingRings(rings, segmenter, count),
                kind -> kind < count
                        ? Outcome.drop(kind, Rule.NIC_TX_RING, DropReason.TX_RING_FULL)
                        : Outcome.drop(kind - count, Rule.NIC_ILLEGAL_MSS, DropReason.ILLEGAL_MSS));
    }

    /** The way to the host: copies with the function they go to come by one link, and go by one to each, with their ring. */
    public static RingStage towardsHost(String name, List<String> functions, Steps<HostSide> host) {
        return new RingStage(
                name,
                1,
                functions.size(),
                functions,
                new HostLink(host),
                function -> Outcome.dropCopy(function, Rule.TAIL_DROP, function, DropReason.PCIE_QUEUE_FULL));
    }

    /**
     * The receive rings of a function. A frame comes with the number of its ring as its port; each ring goes by the name of the
     * function.
     */
    public static RingStage receiving(String name, String function, Steps<HostSide.Function> rings) {
        return new RingStage(
                name,
                1,
                1,
                Collections.nCopies(HostSide.Function.mostQueues(rings), function),
                new ReceiveRings(rings),
                ring -> Outcome.dropCopy(ring, Rule.TAIL_DROP, ring, DropReason.NO_RX_BUFFER));
    }
}
