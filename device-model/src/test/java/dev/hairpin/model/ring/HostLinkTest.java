package dev.hairpin.model.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostLinkTest {
    private static final int FRAMES = 64;

    @Test
    void leavesEachCopyWithTheRingOfItsFunction() {
        Rss.Settings four = Rss.Settings.of(4);
        Rss.Settings last = new Rss.Settings(Rss.KEY, Collections.nCopies(128, 2), false);
        HostSide host = new HostSide(
                Pcie.UNLIMITED,
                Server.UNLIMITED,
                List.of(function(4, four), function(1, Rss.Settings.of(1)), function(3, last)));
        Burst copies = copies(host.functions().size());
        Batch[] out = RingStage.towardsHost("pcie.rx", List.of("vf0", "vf1", "vf2"), Steps.always(host))
                .emitted(Decided.nothing(0), new Batch(0, copies, Batch.NEVER, Batch.NEVER, true));
        Rss rss = new Rss(four);
        int[] met = new int[4];
        for (int frame = 0; frame < FRAMES; frame++) {
            assertThat(out[0].burst().port(frame)).isEqualTo(rss.ring(copies, 3 * frame));
            assertThat(out[1].burst().port(frame)).isZero();
            assertThat(out[2].burst().port(frame)).isEqualTo(2);
            met[out[0].burst().port(frame)]++;
        }
        assertThat(met).doesNotContain(0);
    }

    @Test
    void dropsTheCopyThatTheDeviceHasNoRoomFor() {
        HostSide host = new HostSide(
                new Pcie(1, 1, 128, 2), Server.UNLIMITED, Collections.nCopies(3, HostSide.Function.UNLIMITED));
        RingStage stage = RingStage.towardsHost("pcie.rx", List.of("vf0", "vf1", "vf2"), Steps.always(host));
        Decided event = stage.decide(new Batch(0, copies(3), Batch.NEVER, Batch.NEVER, true));
        // All three copies of frame 1 come at one time; two find room
        assertThat(event.number(0)).isEqualTo(1);
        assertThat(stage.outcomes().get(event.outcome(0)))
                .isEqualTo(Outcome.dropCopy(2, Rule.TAIL_DROP, 2, DropReason.PCIE_QUEUE_FULL));
    }

    private static HostSide.Function function(int queues, Rss.Settings rss) {
        return new HostSide.Function(queues, ReceiveRing.Settings.NONE, rss, Share.EQUAL);
    }

    /** Frames of IPv4 from 10.0.0.n to 10.n.0.1, a copy of each for every function. */
    private static Burst copies(int functions) {
        BurstBuilder frames = new BurstBuilder(FRAMES);
        StringBuilder octets = new StringBuilder();
        for (int frame = 0; frame < FRAMES; frame++) {
            String n = HexFormat.of().toHexDigits((byte) frame);
            octets.append("0200000000020200000000010800" + "450000140000000040010000" + "0a0000")
                    .append(n)
                    .append("0a")
                    .append(n)
                    .append("0001");
        }
        Slab slab = Slab.of(HexFormat.of().parseHex(octets));
        for (int frame = 0; frame < FRAMES; frame++) {
            EthernetHeader.read(slab, 34L * frame, 34, 60, 100L * frame, frame + 1, 0, frames);
        }
        Burst each = frames.build();
        BurstBuilder copies = new BurstBuilder(FRAMES * functions);
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int function = 0; function < functions; function++) {
                copies.add(each, frame, each.time(frame), function);
            }
        }
        return copies.build();
    }
}
