package dev.hairpin.model.topology;

import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.reserved;
import static dev.hairpin.model.testkit.Frame.station;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.offload.Offloads;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.Pcie;
import dev.hairpin.model.ring.ReceiveRing;
import dev.hairpin.model.ring.Rss;
import dev.hairpin.model.ring.Share;
import dev.hairpin.model.ring.Stall;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.wire.Bond;
import dev.hairpin.model.wire.FlowControl;
import dev.hairpin.model.wire.Selection;
import dev.hairpin.model.wire.TrafficClasses;
import dev.hairpin.model.wire.WireSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Settings and traffic by chance: all that can happen to a frame should happen in a few hundred of these. */
record LanCase(LanSettings settings, List<Frame> sent) {
    private static final int GROUPS = 4;
    private static final int OUTSIDE = 1_000;
    private static final int NOWHERE = 5_000;

    /** Bridging only. */
    static LanCase bridging(Dice dice, int frames) {
        long ageing = dice.pick(Limits.DEFAULT_AGEING, 1_000L);
        return of(
                dice,
                frames,
                new Limits(Server.UNLIMITED, Integer.MAX_VALUE, Server.UNLIMITED, Integer.MAX_VALUE, 0, 0, ageing));
    }

    /** With latencies, rates and queues that overflow. */
    static LanCase contended(Dice dice, int frames) {
        return of(
                dice,
                frames,
                new Limits(
                        dice.pick(Server.UNLIMITED, 10_000_000_000L, 3_333_333_333L, 50_000_000L),
                        dice.pick(1, 2, 8, Integer.MAX_VALUE),
                        dice.pick(Server.UNLIMITED, 25_781_250_000L, 1_000_000_000L, 50_000_000L),
                        dice.pick(1, 2, 8, Integer.MAX_VALUE),
                        dice.pick(0L, 1L, 300L),
                        dice.pick(0L, 1L, 2_000L),
                        dice.pick(Limits.DEFAULT_AGEING, 1_000L)));
    }

    /** With rings that fill, a scheduler that chooses and a narrow slot besides; a ring of each kind for each function. */
    static LanCase crowded(Dice dice, int frames) {
        LanCase contended = contended(dice, frames);
        LanSettings settings = contended.settings;
        List<LanNic> nics = settings.nics().stream()
                .map(nic -> crowded(dice, nic, contended.sent))
                .toList();
        return new LanCase(new LanSettings(nics, settings.bridge(), settings.known()), contended.sent);
    }

    /** Rings may change while frames are under way; the slot stays. */
    private static LanNic crowded(Dice dice, LanNic nic, List<Frame> sent) {
        int functions = nic.settings().vsis().size();
        NicSettings settings = nic.settings().with(host(dice, functions));
        List<Timed<NicSettings>> changes = new ArrayList<>();
        int frame = 0;
        for (int change = dice.pick(0, 0, 1, 3); change > 0; change--) {
            frame = dice.between(frame, sent.size() - 1);
            HostSide next = host(dice, functions);
            changes.add(new Timed<>(
                    sent.get(frame).time(),
                    "rings",
                    "",
                    settings.with(new HostSide(settings.host().pcie(), next.rate(), next.functions()))));
        }
        NicSettings last =
                changes.isEmpty() ? settings : changes.get(changes.size() - 1).settings();
        HostSide going = new HostSide(
                last.host().pcie(),
                last.host().rate(),
                last.host().functions().stream()
                        .map(function -> function.with(Stall.NONE))
                        .toList());
        changes.add(new Timed<>(sent.get(sent.size() - 1).time(), "over", "", settings.with(going)));
        return nic.with(changes).with(settings);
    }

    /** Likewise, where functions have frames segmented, some by an MSS that the device has no place for. */
    static LanCase segmenting(Dice dice, int frames) {
        LanCase crowded = dice.percent(70) ? crowded(dice, frames) : contended(dice, frames);
        LanSettings settings = crowded.settings;
        List<LanNic> nics =
                settings.nics().stream().map(nic -> segmenting(dice, nic)).toList();
        List<Frame> sent = crowded.sent.stream()
                .map(frame -> dice.percent(40)
                        ? frame.octets(dice.between(14, dice.pick(1_514, 9_000, 60_000)))
                                .withTcp()
                        : frame)
                .toList();
        return new LanCase(new LanSettings(nics, settings.bridge(), settings.known()), sent);
    }

    private static LanNic segmenting(Dice dice, LanNic nic) {
        int most = dice.pick(500, 65_535);
        List<Offloads> offloads =
                nic.settings().vsis().stream().map(vsi -> offloads(dice)).toList();
        UnaryOperator<NicSettings> segmenting =
                settings -> segmenting(settings.on(settings.device().with(Choice.MOST_MSS, most)), offloads);
        return nic.with(segmenting.apply(nic.settings()))
                .with(nic.changes().stream()
                        .map(change -> change.with(segmenting.apply(change.settings())))
                        .toList());
    }

    private static NicSettings segmenting(NicSettings settings, List<Offloads> offloads) {
        List<HostSide.Function> functions = new ArrayList<>();
        for (int function = 0; function < offloads.size(); function++) {
            HostSide.Function before = settings.host().functions().get(function);
            functions.add(new HostSide.Function(
                    before.queues(),
                    before.receives(),
                    before.rss(),
                    before.sends(),
                    offloads.get(function),
                    before.stall()));
        }
        return settings.with(
                new HostSide(settings.host().pcie(), settings.host().rate(), functions));
    }

    private static Offloads offloads(Dice dice) {
        boolean tso = dice.percent(70);
        return new Offloads(
                tso,
                tso,
                dice.percent(50),
                dice.percent(50),
                dice.percent(50),
                dice.pick(576, 1_500, 9_000),
                dice.pick(0, 0, 400, 1_000));
    }

    private static HostSide host(Dice dice, int count) {
        List<HostSide.Function> functions = new ArrayList<>();
        for (int function = 0; function < count; function++) {
            long most = dice.pick(Server.UNLIMITED, 2_000_000_000L, 100_000_000L);
            functions.add(new HostSide.Function(
                            1,
                            new ReceiveRing.Settings(
                                    dice.pick(2, 8, ReceiveRing.UNLIMITED),
                                    dice.pick(Server.UNLIMITED, 1_000_000_000L, 50_000_000L),
                                    dice.pick(0, 2_000, 100_000),
                                    dice.pick(1, 2)),
                            Rss.Settings.of(1),
                            new Share(
                                    dice.pick(1, 3, Integer.MAX_VALUE),
                                    dice.pick(1, 2, 7),
                                    dice.pick(0, 0, 1),
                                    Math.min(most, dice.pick(0L, 50_000_000L)),
                                    most))
                    .with(dice.pick(
                            List.of(Stall.NONE, Stall.NONE, Stall.NONE, Stall.NONE, Stall.RECEIVES, Stall.SENDS))));
        }
        Pcie pcie = dice.pick(
                List.of(Pcie.UNLIMITED, new Pcie(1, 1, 128, dice.pick(2, 5)), new Pcie(2, 8, 256, Integer.MAX_VALUE)));
        return new HostSide(pcie, dice.pick(Server.UNLIMITED, 10_000_000_000L, 333_333_333L), functions);
    }

    /** With wires in classes that are paused and fail, and a rate that makes frames wait; the bridge has ports enough. */
    static LanCase wired(Dice dice, int frames) {
        LanCase contended = contended(dice, frames);
        LanSettings settings = contended.settings;
        List<BridgePort> ports = new ArrayList<>(settings.bridge().settings().ports());
        List<LanNic> nics = new ArrayList<>();
        for (LanNic nic : settings.nics()) {
            Bond.Mode mode = dice.pick(List.of(Bond.Mode.values()));
            List<Integer> ends = new ArrayList<>(nic.bridgePorts());
            if (mode == Bond.Mode.ACTIVE_BACKUP) {
                ends.add(ports.size());
                ports.add(BridgePort.named("backup" + ends.get(0)).withReflects(dice.percent(50)));
            }
            nics.add(wired(dice, nic, mode, ends, contended.sent));
        }
        BridgeSettings bridge = settings.bridge().settings().withPorts(ports);
        List<Frame> tagged = contended.sent.stream()
                .map(frame -> frame.length() < 18 || dice.percent(30)
                        ? frame
                        : frame.tagged(VlanTag.TPID_C, dice.below(8) << 13))
                .toList();
        return new LanCase(
                new LanSettings(
                        nics, new LanBridge(bridge, List.of(), settings.bridge().latency()), settings.known()),
                tagged);
    }

    private static LanNic wired(Dice dice, LanNic nic, Bond.Mode mode, List<Integer> ends, List<Frame> sent) {
        List<Bond.Member> members = new ArrayList<>(List.of(new Bond.Member("u0", true)));
        if (mode != Bond.Mode.NONE) {
            members.add(new Bond.Member("u1", true));
        }
        WireSettings now = new WireSettings(classes(dice), FlowControl.HEEDED, new Bond(mode, members));
        NicSettings first = nic.settings().with(now);
        List<Timed<NicSettings>> changes = new ArrayList<>();
        int frame = 0;
        for (int change = dice.between(1, 6); change > 0; change--) {
            frame = dice.between(frame, sent.size() - 1);
            now = switch (dice.below(3)) {
                case 0 -> now.with(classes(dice));
                case 1 ->
                    now.with(
                            dice.percent(50)
                                    ? now.flow().pause(dice.pick(0L, 1L))
                                    : now.flow().pause(dice.below(8), dice.pick(0L, 1L)));
                default -> now.with(now.bond().with(dice.pick(List.of("u0", "u1")), dice.percent(50)));
            };
            changes.add(new Timed<>(sent.get(frame).time(), "wires", "", first.with(now)));
        }
        changes.add(new Timed<>(
                sent.get(sent.size() - 1).time() + 1, "nothing is held", "", first.with(now.with(FlowControl.HEEDED))));
        return new LanNic(
                first,
                changes,
                ends,
                dice.pick(Server.UNLIMITED, 1_000_000_000L, 50_000_000L),
                dice.pick(1, 2, 8, Integer.MAX_VALUE),
                nic.relayLatency());
    }

    private static TrafficClasses classes(Dice dice) {
        List<Integer> classOf = new ArrayList<>();
        for (int priority = 0; priority < 8; priority++) {
            classOf.add(dice.below(4));
        }
        return new TrafficClasses(
                classOf,
                Stream.of(0, 1, 2, 3, 4, 5, 6, 7)
                        .map(tc -> tc < 2 ? Selection.ETS : Selection.STRICT)
                        .toList(),
                dice.pick(List.of(List.of(60, 40, 0, 0, 0, 0, 0, 0), List.of(0, 100, 0, 0, 0, 0, 0, 0))));
    }

    private static LanCase of(Dice dice, int frames, Limits limits) {
        LanSettings settings = dice.percent(60) ? oneNic(dice, limits) : severalNics(dice, limits);
        List<Frame> sent = new ArrayList<>();
        long time = dice.pick(0L, 1_700_000_000_000_000_000L);
        long number = 0;
        int pace = dice.pick(0, 1, 50, 1_500);
        for (int row = 0; row < frames; row++) {
            time += dice.percent(40) ? 0 : dice.between(0, pace);
            number += dice.between(1, 3);
            sent.add(sent(dice, settings, frame(number).at(time)));
        }
        return new LanCase(settings, sent);
    }

    private static LanSettings oneNic(Dice dice, Limits limits) {
        List<Vsi> vsis = vsis(dice, 0, dice.between(1, 9));
        int externals = dice.between(0, 9);
        Mode mode = dice.pick(List.of(Mode.values()));
        return new LanSettings(
                mode,
                dice.percent(60),
                vsis,
                externals,
                known(dice, Collections.nCopies(vsis.size(), 0), 1, externals),
                limits);
    }

    /** Each in a mode of its own; the bridge reflects towards some. */
    private static LanSettings severalNics(Dice dice, Limits limits) {
        List<LanNic> nics = new ArrayList<>();
        List<BridgePort> ports = new ArrayList<>();
        List<Integer> nicOf = new ArrayList<>();
        int count = dice.between(2, 3);
        for (int nic = 0; nic < count; nic++) {
            List<Vsi> vsis = vsis(dice, nicOf.size(), dice.between(1, 4));
            nicOf.addAll(Collections.nCopies(vsis.size(), nic));
            Mode mode = dice.pick(List.of(Mode.values()));
            nics.add(LanNic.of(NicSettings.of("nic" + nic, mode, vsis), List.of(), nic, limits));
            ports.add(BridgePort.named("p" + nic).withReflects(dice.percent(60)));
        }
        int externals = dice.between(0, 4);
        for (int external = 0; external < externals; external++) {
            ports.add(BridgePort.named(Lan.external(external)));
        }
        return new LanSettings(
                nics,
                new LanBridge(BridgeSettings.of(ports).withAgeing(limits.ageing()), List.of(), limits.bridgeLatency()),
                known(dice, nicOf, count, externals));
    }

    /** VF 0 on, whose addresses are those of the {@code first} function of the LAN and the ones after it. */
    private static List<Vsi> vsis(Dice dice, int first, int count) {
        List<Vsi> vsis = new ArrayList<>();
        for (int vf = 0; vf < count; vf++) {
            vsis.add(vsi(dice, "vf" + vf, first + vf));
        }
        return vsis;
    }

    private static Vsi vsi(Dice dice, String name, int vf) {
        List<Long> addresses = new ArrayList<>();
        for (int address = dice.between(1, 3); address > 0; address--) {
            addresses.add(local(vf, address));
        }
        List<Long> groups = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            if (dice.percent(30)) {
                groups.add(group(group));
            }
        }
        return new Vsi(name, addresses, groups, dice.percent(20));
    }

    /** @param nicOf of each function, whose port has the same number */
    private static Learned known(Dice dice, List<Integer> nicOf, int nics, int externals) {
        TreeMap<Long, Integer> known = new TreeMap<>();
        if (dice.percent(50)) {
            for (int vf = 0; vf < nicOf.size(); vf++) {
                known.put(local(vf, 1), nicOf.get(vf));
            }
            for (int external = 0; external < externals; external++) {
                known.put(outside(external, 1), nics + external);
            }
            known.put(station(NOWHERE), dice.below(nics + externals));
        }
        long seen = dice.pick(0L, 1_700_000_000_000_000_000L);
        return new Learned(
                known.keySet().stream().mapToLong(Long::longValue).toArray(),
                known.values().stream().mapToInt(Integer::intValue).toArray(),
                known.keySet().stream().mapToLong(address -> seen).toArray());
    }

    private static Frame sent(Dice dice, LanSettings settings, Frame blank) {
        int vfs = functions(settings);
        int port = dice.below(vfs + settings.externalPorts());
        long own = port < vfs ? local(port, dice.between(1, 3)) : outside(port - vfs, dice.between(1, 2));
        long source = dice.percent(85) ? own : dice.pick(address(dice, settings), group(0), 0L, Mac.BROADCAST);
        int length = dice.percent(95) ? dice.between(14, 1_514) : dice.between(12, 13);
        return blank.by(port).from(source).to(destination(dice, settings, own)).octets(length);
    }

    private static long destination(Dice dice, LanSettings settings, long own) {
        int kind = dice.below(100);
        if (kind < 60) {
            return address(dice, settings);
        }
        if (kind < 75) {
            return Mac.BROADCAST;
        }
        if (kind < 90) {
            return group(dice.below(GROUPS + 1));
        }
        return kind < 95 ? reserved(dice.below(0x12)) : own;
    }

    /** A station in the NIC, outside, or nowhere; registered or not. */
    private static long address(Dice dice, LanSettings settings) {
        return dice.pick(
                local(dice.below(functions(settings)), dice.between(1, 3)),
                outside(dice.below(settings.externalPorts() + 1), dice.between(1, 2)),
                station(NOWHERE + dice.below(2)));
    }

    private static int functions(LanSettings settings) {
        return settings.nics().stream()
                .mapToInt(nic -> nic.settings().vsis().size())
                .sum();
    }

    private static long local(int vf, int address) {
        return station(10 * vf + address);
    }

    private static long outside(int external, int address) {
        return station(OUTSIDE + 10 * external + address);
    }
}
