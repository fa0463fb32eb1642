package dev.hairpin.model.topology;

import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** End to end: four VFs, two stations outside, every station known to the bridge from the start. */
class LanTest {
    private static final int VFS = 4;
    private static final int EXTERNALS = 2;
    private static final int EXT0 = VFS;
    private static final long OUTSIDE_0 = station(100);
    private static final Frame VF0_TO_VF1 =
            frame(1).from(station(0)).to(station(1)).by(0);
    private static final Frame VF0_BROADCAST = VF0_TO_VF1.broadcast();

    @Test
    void unicastBetweenVfsReachesTheSameStationByVepaAndReflectiveRelayAsByVeb() {
        List<Frame> all = new ArrayList<>();
        for (int from = 0; from < VFS; from++) {
            for (int to = 0; to < VFS; to++) {
                if (from != to) {
                    all.add(frame(1 + all.size())
                            .from(station(from))
                            .to(station(to))
                            .by(from));
                }
            }
        }
        RigRun veb = run(lan(Mode.VEB, false), all);
        RigRun vepa = run(lan(Mode.VEPA, true), all);
        for (Frame frame : all) {
            String receiver = "vf" + (frame.destination() - station(0));
            assertThat(veb.fate(frame.number())).containsExactly(receiver);
            assertThat(vepa.fate(frame.number())).containsExactly(receiver);
        }
    }

    @Test
    void unicastBetweenVfsReachesNobodyByVepaWhenTheBridgeDoesNotReflect() {
        assertThat(run(lan(Mode.VEPA, false), List.of(VF0_TO_VF1)).fate(1))
                .containsExactly("bridge -:HAIRPIN_DISABLED");
    }

    @Test
    void unicastBetweenVfsIsFloodedByABridgeThatKnowsNoneOfThem() {
        LanSettings cold = lan(Mode.VEPA, true, Learned.NOTHING, Limits.NONE);
        assertThat(run(cold, List.of(VF0_TO_VF1)).fate(1)).containsExactly("ext0", "ext1", "vf1");
    }

    @Test
    void broadcastReachesAllOthersOnceInBothModes() {
        assertThat(run(lan(Mode.VEB, false), List.of(VF0_BROADCAST)).fate(1))
                .containsExactly("ext0", "ext1", "vf1", "vf2", "vf3");
        assertThat(run(lan(Mode.VEPA, true), List.of(VF0_BROADCAST)).fate(1))
                .containsExactly("ext0", "ext1", "vepa.rx vf0:SOURCE_PRUNED", "vf1", "vf2", "vf3");
    }

    @Test
    void broadcastReachesOnlyStationsOutsideByVepaWhenTheBridgeDoesNotReflect() {
        assertThat(run(lan(Mode.VEPA, false), List.of(VF0_BROADCAST)).fate(1)).containsExactly("ext0", "ext1");
    }

    @Test
    void broadcastReachesVfsTwiceAndItsSenderOnceWhenAVebMeetsABridgeThatReflects() {
        assertThat(run(lan(Mode.VEB, true), List.of(VF0_BROADCAST)).fate(1))
                .containsExactly("ext0", "ext1", "vf0", "vf1", "vf1", "vf2", "vf2", "vf3", "vf3");
    }

    @Test
    void broadcastOfAStationThatIsNotRegisteredComesBackToTheVfItIsBehind() {
        assertThat(run(lan(Mode.VEPA, true), List.of(VF0_BROADCAST.from(station(77))))
                        .fate(1))
                .containsExactly("ext0", "ext1", "vf0", "vf1", "vf2", "vf3");
    }

    @Test
    void framesFromOutsideReachTheirVfInBothModes() {
        Frame inbound = frame(1).from(OUTSIDE_0).to(station(2)).by(EXT0);
        assertThat(run(lan(Mode.VEB, false), List.of(inbound)).fate(1)).containsExactly("vf2");
        assertThat(run(lan(Mode.VEPA, true), List.of(inbound)).fate(1)).containsExactly("vf2");
    }

    @Test
    void framesToTheOutsideReachTheirStationAndNoOther() {
        Frame outbound = frame(1).from(station(0)).to(OUTSIDE_0).by(0);
        assertThat(run(lan(Mode.VEB, false), List.of(outbound)).fate(1)).containsExactly("ext0");
        assertThat(run(lan(Mode.VEPA, true), List.of(outbound)).fate(1)).containsExactly("ext0");
    }

    @Test
    void multicastReachesListenersAndAllOutside() {
        List<Vsi> vsis = List.of(
                new Vsi("vf0", List.of(station(0)), List.of(), false),
                new Vsi("vf1", List.of(station(1)), List.of(group(1)), false),
                new Vsi("vf2", List.of(station(2)), List.of(group(2)), false));
        for (Mode mode : Mode.values()) {
            LanSettings lan = new LanSettings(mode, mode == Mode.VEPA, vsis, 1, Learned.NOTHING, Limits.NONE);
            assertThat(run(lan, List.of(VF0_TO_VF1.to(group(1)))).fate(1)).containsExactly("ext0", "vf1");
        }
    }

    @Test
    void aHairpinnedFrameTakesTheWireTwiceAndASwitchedOneNever() {
        // 672 bits at 1 Gbit/s, relay 100 ns each way, bridge 1,000 ns
        Limits limits = new Limits(1_000_000_000L, 100, Server.UNLIMITED, 100, 100, 1_000, Limits.DEFAULT_AGEING);
        RigRun veb = run(lan(Mode.VEB, false, known(), limits), List.of(VF0_TO_VF1.at(0)));
        assertThat(veb.received("vf1")).extracting(Frame::time).containsExactly(100L + 100);
        RigRun vepa = run(lan(Mode.VEPA, true, known(), limits), List.of(VF0_TO_VF1.at(0)));
        assertThat(vepa.received("vf1")).extracting(Frame::time).containsExactly(100L + 672 + 1_000 + 672 + 100);
    }

    @Test
    void aSlowVfBehindAFastSourceDropsForWantOfReceiveBuffersAndTheRunEnds() {
        List<Frame> sent = LongStream.rangeClosed(1, 2_000)
                .mapToObj(n -> frame(n).at(n)
                        .from(station(0))
                        .to(station(1))
                        .octets(1_500)
                        .by(0))
                .toList();
        for (int ring : new int[] {1, 2, 3, 8}) {
            for (Mode mode : Mode.values()) {
                Limits limits =
                        new Limits(Server.UNLIMITED, Integer.MAX_VALUE, 10_000_000L, ring, 0, 0, Limits.DEFAULT_AGEING);
                RigRun run = RigRun.inWavesOf(64, lan(mode, true, known(), limits), sent);
                // A frame takes 1.2 ms and all arrive within 2 us: the ring is filled once
                assertThat(run.received("vf1")).hasSize(ring);
                assertThat(run.dropped(DropReason.NO_RX_BUFFER)).isEqualTo(2_000 - ring);
            }
        }
    }

    @Test
    void aFullWireQueueDropsOnEitherSide() {
        Limits limits = new Limits(10_000_000L, 1, Server.UNLIMITED, Integer.MAX_VALUE, 0, 0, Limits.DEFAULT_AGEING);
        LanSettings lan = lan(Mode.VEB, false, known(), limits);
        Frame out = frame(1).from(station(0)).to(OUTSIDE_0).by(0);
        Frame in = frame(3).from(OUTSIDE_0).to(station(0)).by(EXT0);
        RigRun run = run(
                lan,
                List.of(
                        out,
                        frame(2).from(station(0)).to(OUTSIDE_0).by(0),
                        in,
                        frame(4).from(OUTSIDE_0).to(station(0)).by(EXT0)));
        assertThat(run.fate(1)).containsExactly("ext0");
        assertThat(run.fate(2)).containsExactly("uplink.tx uplink:QUEUE_FULL");
        assertThat(run.fate(3)).containsExactly("vf0");
        assertThat(run.fate(4)).containsExactly("br.uplink.out br.uplink:QUEUE_FULL");
    }

    @Test
    void aVfThatDropsDoesNotStallTheCopiesForOthers() {
        List<Frame> sent = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            sent.add(frame(number).from(station(0)).broadcast().octets(1_000).by(0));
        }
        Limits limits = new Limits(Server.UNLIMITED, Integer.MAX_VALUE, 10_000_000L, 5, 0, 0, Limits.DEFAULT_AGEING);
        RigRun run = run(lan(Mode.VEB, false, known(), limits), sent);
        assertThat(run.received("vf1")).hasSize(5);
        assertThat(run.received("ext0")).hasSize(20);
    }

    @Test
    void unicastBetweenTwoServersCrossesTheBridgeOnceInEitherMode() {
        // 672 bits at 1 Gbit/s on each wire, relay 100 ns each way, bridge 1,000 ns
        Limits limits = new Limits(1_000_000_000L, 100, Server.UNLIMITED, 100, 100, 1_000, Limits.DEFAULT_AGEING);
        for (Mode mode : Mode.values()) {
            RigRun run = run(twoServers(mode, limits), List.of(VF0_TO_VF1.at(0)));
            assertThat(run.fate(1)).containsExactly("right.vf0");
            assertThat(run.received("right.vf0"))
                    .extracting(Frame::time)
                    .containsExactly(100L + 672 + 1_000 + 672 + 100);
        }
    }

    @Test
    void aBroadcastReachesTheOtherServerByTheBridgeWhetherItReflectsOrNot() {
        LanSettings lan = twoServers(Mode.VEB, Limits.NONE);
        assertThat(run(lan, List.of(VF0_BROADCAST)).fate(1)).containsExactly("ext0", "right.vf0");
    }

    /** Station 0 in one, station 1 in the other. */
    private static LanSettings twoServers(Mode mode, Limits limits) {
        List<LanNic> nics = new ArrayList<>();
        for (String name : List.of("left", "right")) {
            Vsi vsi = new Vsi("vf0", List.of(station(nics.size())), List.of(), false);
            nics.add(LanNic.of(NicSettings.of(name, mode, List.of(vsi)), List.of(), nics.size(), limits));
        }
        Learned known = new Learned(new long[] {station(0), station(1)}, new int[] {0, 1}, new long[2]);
        return new LanSettings(
                nics, new LanBridge(BridgeSettings.of("p0", "p1", "ext0"), List.of(), limits.bridgeLatency()), known);
    }

    @Test
    void anEmptyCaptureIsARunToo() {
        RigRun run = run(lan(Mode.VEPA, true), List.of());
        assertThat(run.fates()).isEmpty();
    }

    @Test
    void linksLeadForwardAndEveryInputHasOne() {
        for (int externals : new int[] {0, 1, 5}) {
            LanSettings lan = new LanSettings(Mode.VEB, false, vsis(), externals, Learned.NOTHING, Limits.NONE);
            Topology topology = Lan.of(lan);
            Set<String> inputs = new HashSet<>();
            Consumer<Integer> taken = link -> {
                Topology.Link to = topology.links().get(link);
                assertThat(inputs.add(to.to() + "/" + to.input())).isTrue();
            };
            topology.feeds().forEach(taken);
            for (int stage = 0; stage < topology.stages().size(); stage++) {
                for (int link : topology.stages().get(stage).outputs()) {
                    int to = topology.links().get(link).to();
                    assertThat(to == Topology.OUTSIDE || to > stage).isTrue();
                    taken.accept(link);
                }
                assertThat(topology.stages().get(stage).make().get().outputs())
                        .isEqualTo(topology.stages().get(stage).outputs().size());
            }
            assertThat(inputs).hasSameSizeAs(topology.links());
            assertThat(topology.sources()).hasSize(VFS + externals).isEqualTo(topology.sinks());
        }
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertRefused(() -> new LanSettings(Mode.VEB, false, List.of(), 1, Learned.NOTHING, Limits.NONE));
        assertRefused(() -> new LanSettings(Mode.VEB, false, vsis(), -1, Learned.NOTHING, Limits.NONE));
        assertRefused(() -> lan(Mode.VEB, false, station(5), 3));
        assertRefused(() -> lan(Mode.VEB, false, station(5), -1));
        assertRefused(() -> lan(Mode.VEB, false, group(5), 1));
        assertRefused(() -> new Limits(1, 1, 1, 1, -1, 0, 0));
        assertRefused(() -> new Limits(1, 1, 1, 1, 0, -1, 0));
        assertRefused(() -> new Limits(1, 1, 1, 1, 0, 0, -1));
    }

    @Test
    void refusesStationsThatShareTheNameOfSomethingElse() {
        for (String taken : List.of("uplink", "bridge", "br.uplink", "veb", "vepa", "ext0", "vf0")) {
            List<Vsi> vsis = List.of(
                    new Vsi("vf0", List.of(station(0)), List.of(), true),
                    new Vsi(taken, List.of(station(1)), List.of(), true));
            assertThatThrownBy(() -> new LanSettings(Mode.VEB, false, vsis, 1, Learned.NOTHING, Limits.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(taken);
        }
    }

    @Test
    void refusesFramesThatGoBackInTimeOrNumber() {
        Waves waves = new Waves(1);
        Slab slab = Slab.of(frame(5).at(10).octets());
        waves.add(slab, 0, 14, 60, 10, 5, 0);
        assertRefused(() -> waves.add(slab, 0, 14, 60, 9, 6, 0));
        assertRefused(() -> waves.add(slab, 0, 14, 60, 10, 5, 0));
        waves.add(slab, 0, 14, 60, 10, 6, 0);
        assertThat(waves.frames()).isEqualTo(2);
    }

    private static void assertRefused(ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class);
    }

    private static RigRun run(LanSettings lan, List<Frame> sent) {
        RigRun run = RigRun.inWavesOf(3, lan, sent);
        assertThat(run.underWay())
                .allSatisfy((number, copies) -> assertThat(copies).isZero());
        return run;
    }

    private static LanSettings lan(Mode mode, boolean reflects) {
        return lan(mode, reflects, known(), Limits.NONE);
    }

    private static LanSettings lan(Mode mode, boolean reflects, long address, int port) {
        return lan(mode, reflects, new Learned(new long[] {address}, new int[] {port}, new long[1]), Limits.NONE);
    }

    private static LanSettings lan(Mode mode, boolean reflects, Learned known, Limits limits) {
        return new LanSettings(mode, reflects, vsis(), EXTERNALS, known, limits);
    }

    private static List<Vsi> vsis() {
        return IntStream.range(0, VFS)
                .mapToObj(vf -> new Vsi("vf" + vf, List.of(station(vf)), List.of(), true))
                .toList();
    }

    private static Learned known() {
        return new Learned(
                new long[] {station(0), station(1), station(2), station(3), OUTSIDE_0},
                new int[] {0, 0, 0, 0, 1},
                new long[5]);
    }
}
