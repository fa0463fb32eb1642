package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.topology.Change;
import dev.hairpin.experiments.topology.ChangeGrammar;
import dev.hairpin.experiments.topology.ChangeInvalid;
import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.privilege.Holder;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.Pcie;
import dev.hairpin.model.ring.ReceiveRing;
import dev.hairpin.model.ring.Rss;
import dev.hairpin.model.ring.Share;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanBridge;
import dev.hairpin.model.topology.LanNic;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.Rig;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Waves;
import dev.hairpin.persistence.stage.StageJournal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** One of them, by its seed: a NIC of four functions, a dozen operations and some frames meanwhile. */
final class OperationSequence {
    private static final int FUNCTIONS = 4;
    private static final int OPERATIONS = 12;
    private static final int FRAMES = 40;
    private static final int OCTETS = 60;

    private static final List<String> IN_A_GUEST = List.of(
            "ip link set dev eth0 address 02:00:00:00:00:0%d",
            "ip link set dev eth0 down",
            "ip link set dev eth0 up",
            "ip link set dev eth0 promisc on",
            "ip link set dev eth0 allmulticast on",
            "ip link set dev eth0 mtu 1%d00",
            "ip maddr add 01:00:5e:00:00:0%d dev eth0",
            "ip link add link eth0 name eth0.1%1$d type vlan id 1%1$d",
            "ip link del eth0.1%d",
            "bridge fdb add 02:00:00:00:00:1%d dev eth0",
            "ethtool -G eth0 rx 6%d",
            "ethtool -C eth0 rx-usecs 1%d",
            "ip link set dev nic0 vf %d trust on",
            "bridge link set dev nic0 hwmode vepa");

    private static final List<String> ABOVE = List.of(
            "ip link set dev nic0 vf %d trust on",
            "ip link set dev nic0 vf %d spoofchk on",
            "ip link set dev nic0 vf %d vlan 1%1$d",
            "ip link set dev nic0 vf %d mac 02:00:00:00:00:2%1$d",
            "ip link set dev nic0 vf %d state disable",
            "ip link set dev nic0 vf %d max_tx_rate 1%1$d",
            "ip link set dev nic0 down",
            "ip link set dev nic0 up",
            "bridge link set dev nic0 hwmode veb",
            "ethtool -G vf%d rx 3 tx 2",
            "privilege nic0 mac managed",
            "privilege nic0 vlan guest",
            "privilege nic0 vlan chassis",
            "privilege nic0 bandwidth chassis");

    private static final List<String> FAULTS =
            List.of("flr", "dma-error", "ecc-error", "removed", "malicious", "rx-stall", "tx-stall", "over");

    private final SplittableRandom chance;
    private final boolean contended;
    private final NicSettings start;
    private final BridgeSettings bridge;
    private final List<Said> said = new ArrayList<>();
    private final Slab slab;
    private final long[] times = new long[FRAMES];
    private final int[] sources = new int[FRAMES];
    private int refused;
    private int granted;

    /** An operation; {@code struck} is the function of a fault, otherwise empty. */
    private record Said(long time, String line, String struck) {}

    /** What came of it: by frame, the ends that got it. */
    record Came(Runs.Digest digest, Map<Long, List<String>> received, long dropped) {}

    OperationSequence(String device, long seed) {
        this.chance = new SplittableRandom(seed);
        this.contended = chance.nextBoolean();
        this.start = nic(device);
        this.bridge = BridgeSettings.of(List.of(
                BridgePort.named(Lan.BRIDGE_UPLINK).withReflects(true).withLearns(false),
                BridgePort.named("ext0").withLearns(false)));
        this.slab = frames();
        operations();
    }

    private NicSettings nic(String device) {
        List<Vsi> vsis = new ArrayList<>();
        for (int vf = 0; vf < FUNCTIONS; vf++) {
            vsis.add(new Vsi(
                    "vf" + vf,
                    List.of(Made.station(vf + 1)),
                    List.of(),
                    VsiSettings.DEFAULT.withVlans(chance.nextBoolean() ? VlanSet.ANY : VlanSet.of(11))));
        }
        Mode mode = chance.nextBoolean() ? Mode.VEB : Mode.VEPA;
        NicSettings nic = NicSettings.of("nic0", mode, vsis)
                .on(Devices.named(device).orElseThrow().with(Choice.ADDRESSES, 9));
        for (Resource resource : Resource.values()) {
            if (chance.nextInt(7) == 0) {
                nic = nic.leaving(
                        nic.privileges().with(resource, chance.nextBoolean() ? Holder.MANAGED : Holder.CHASSIS));
            }
        }
        return contended ? nic.with(narrow()) : nic;
    }

    /** Rings that fill. */
    private HostSide narrow() {
        List<HostSide.Function> functions = new ArrayList<>();
        for (int vf = 0; vf < FUNCTIONS; vf++) {
            functions.add(new HostSide.Function(
                    1,
                    new ReceiveRing.Settings(2 + chance.nextInt(6), 100_000_000, chance.nextInt(3) * 10_000L, 2),
                    Rss.Settings.of(1),
                    new Share(1 + chance.nextInt(4), 1 + chance.nextInt(3), chance.nextInt(2), 0, 400_000_000)));
        }
        return new HostSide(new Pcie(1, 1, 128, 2 + chance.nextInt(6)), Server.UNLIMITED, functions);
    }

    private Slab frames() {
        ByteBuffer octets = ByteBuffer.allocate(FRAMES * OCTETS);
        long time = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            time += chance.nextInt(4_000);
            times[frame] = time;
            sources[frame] = chance.nextInt(FUNCTIONS + 1);
            int kind = chance.nextInt(8);
            long to = kind == 0
                    ? Mac.BROADCAST
                    : kind == 1 ? 0x0100_5e00_0000L + chance.nextInt(FUNCTIONS) : Made.station(address());
            long from = Made.station(chance.nextInt(5) == 0 ? address() : sources[frame] + 1);
            octets.position(frame * OCTETS);
            octets.putLong(to << 16 | from >>> 32).putInt((int) from);
            if (chance.nextInt(4) == 0) {
                octets.putInt(0x8100_0000 | 10 + chance.nextInt(FUNCTIONS));
            }
            octets.putShort((short) 0x9000);
        }
        return Slab.of(octets.array());
    }

    /** Of a function at first, of one perhaps later, or of the station outside. */
    private int address() {
        int function = chance.nextInt(FUNCTIONS);
        return switch (chance.nextInt(8)) {
            case 0 -> 0x10 + function;
            case 1 -> 0x20 + function;
            default -> 1 + chance.nextInt(FUNCTIONS + 1);
        };
    }

    private void operations() {
        int span = (int) times[FRAMES - 1] + 1;
        Set<String> struck = new HashSet<>();
        for (int operation = 0; operation < OPERATIONS; operation++) {
            long time = chance.nextInt(span);
            int function = chance.nextInt(FUNCTIONS);
            switch (chance.nextInt(8)) {
                case 0, 1 -> {
                    String name = "vf" + function;
                    struck.add(name);
                    said.add(new Said(time, "fault " + name + " " + any(FAULTS), name));
                }
                case 2, 3 -> said.add(new Said(time, any(ABOVE).formatted(function), ""));
                case 4 -> said.add(new Said(time, "in chassis " + any(ABOVE).formatted(function), ""));
                default ->
                    said.add(new Said(
                            time,
                            "in vf" + chance.nextInt(FUNCTIONS) + " "
                                    + any(IN_A_GUEST).formatted(function),
                            ""));
            }
        }
        said.sort(Comparator.comparingLong(Said::time));
        struck.forEach(name -> said.add(new Said(span, "fault " + name + " over", name)));
    }

    /** Where nobody is to wait for anybody else no ring is made short: in one that is, a frame takes another's place. */
    private String any(List<String> lines) {
        List<String> fit = contended
                ? lines
                : lines.stream().filter(line -> !line.startsWith("ethtool -G")).toList();
        return fit.get(chance.nextInt(fit.size()));
    }

    int refused() {
        return refused;
    }

    int granted() {
        return granted;
    }

    /** Runs it in the Rig, where no frame may be unaccounted for. */
    Came inRig() {
        refused = 0;
        granted = 0;
        return inRig(lan(true));
    }

    private Came inRig(LanSettings lan) {
        Topology topology = Lan.of(lan);
        Accounts accounts = new Accounts(topology.sinks(), FRAMES);
        new Rig(topology, accounts, accounts).run(feed(FRAMES));
        for (long frame = 1; frame <= FRAMES; frame++) {
            assertThat(accounts.underWay(frame))
                    .as("copies of frame %d that neither arrived nor were dropped", frame)
                    .isZero();
        }
        return new Came(accounts.digest(), accounts.received(), accounts.dropped());
    }

    /** The same in actors. */
    Runs.Digest inActors(Path folder) throws Exception {
        ActorRun.run(
                Lan.of(lan(true)),
                feed(7),
                (end, burst) -> {},
                folder.resolve(StageJournal.FOLDER),
                new Means(2, 3, false));
        return Runs.journal(folder);
    }

    /** Without the faults all others get and send what they did, where nobody waits for anybody else. */
    void othersAreUndisturbed(Came came) {
        if (contended) {
            return;
        }
        Set<String> struck = new HashSet<>();
        said.forEach(one -> struck.add(one.struck));
        Came well = inRig(lan(false));
        for (long frame = 1; frame <= FRAMES; frame++) {
            if (!struck.contains("vf" + sources[(int) frame - 1])) {
                assertThat(others(came, frame, struck))
                        .as("frame %d, %s are struck", frame, struck)
                        .isEqualTo(others(well, frame, struck));
            }
        }
    }

    private static List<String> others(Came came, long frame, Set<String> struck) {
        return came.received.getOrDefault(frame, List.of()).stream()
                .filter(end -> !struck.contains(end))
                .sorted()
                .toList();
    }

    private LanSettings lan(boolean faults) {
        List<Timed<NicSettings>> changes = new ArrayList<>();
        ChangeGrammar grammar = new ChangeGrammar(List.of(start), bridge, new NoPolicies());
        NicSettings now = start;
        for (Said one : said) {
            if (faults || one.struck.isEmpty()) {
                Timed<NicSettings> change = said(one, grammar, now);
                changes.add(change);
                now = change.settings();
            }
        }
        LanNic nic = new LanNic(start, changes, List.of(0), Server.UNLIMITED, Integer.MAX_VALUE, 0);
        return new LanSettings(List.of(nic), new LanBridge(bridge, List.of(), 0), Decided.Learned.NOTHING);
    }

    private Timed<NicSettings> said(Said one, ChangeGrammar grammar, NicSettings before) {
        try {
            Change.AtNic change = (Change.AtNic) grammar.read(one.line);
            NicSettings after = change.effect().apply(before);
            granted += after.equals(before) ? 0 : 1;
            nothingIsCrossed(one, before, after);
            return new Timed<>(one.time, one.line, "", after);
        } catch (Refused refusal) {
            refused++;
            NicSettings left = refusal.left().orElse(before);
            nothingIsCrossed(one, before, left);
            return new Timed<>(one.time, one.line, String.valueOf(refusal.getMessage()), left);
        } catch (ChangeInvalid wrong) {
            throw new AssertionError(one.line, wrong);
        }
    }

    /** What changed is what who said it may change: told from the settings alone, not as {@code Privileges} has it. */
    private static void nothingIsCrossed(Said one, NicSettings before, NicSettings after) {
        if (!one.struck.isEmpty() || one.line.startsWith("in chassis ")) {
            return;
        }
        boolean guest = one.line.startsWith("in ");
        String own = guest ? one.line.split(" ", -1)[1] : "";
        Set<Resource> changed = new HashSet<>();
        note(before.mode() != after.mode() || !before.policy().equals(after.policy()), Resource.DEVICE, changed);
        note(before.uplinkUp() != after.uplinkUp(), Resource.LINK, changed);
        for (int port = 0; port < FUNCTIONS; port++) {
            Vsi was = before.vsis().get(port);
            Vsi is = after.vsis().get(port);
            HostSide.Function rings = before.host().functions().get(port);
            HostSide.Function now = after.host().functions().get(port);
            assertThat(guest && !was.name().equals(own) && !(was.equals(is) && rings.equals(now)))
                    .as("'%s' changes %s", one.line, was.name())
                    .isFalse();
            note(!rings.sends().equals(now.with(ring(rings, now)).sends()), Resource.BANDWIDTH, changed);
            boolean renewed = one.line.endsWith(" up") || one.line.endsWith(" down") || !guest;
            note(!renewed && !was.addresses().equals(is.addresses()), Resource.MAC, changed);
            note(!renewed && !was.settings().vlans().equals(is.settings().vlans()), Resource.VLAN, changed);
            note(was.settings().portVlan() != is.settings().portVlan(), Resource.VLAN, changed);
        }
        for (Resource resource : changed) {
            Holder holder = before.privileges().holder(resource);
            assertThat(guest ? holder == Holder.GUEST : holder != Holder.CHASSIS)
                    .as("'%s' changes %s, which is left to %s", one.line, resource, holder)
                    .isTrue();
        }
    }

    /** The share that there is now, with the ring that there was: rings are the guest's own. */
    private static Share ring(HostSide.Function rings, HostSide.Function now) {
        Share share = now.sends();
        return new Share(rings.sends().ring(), share.weight(), share.priority(), share.minRate(), share.maxRate());
    }

    private static void note(boolean differs, Resource resource, Set<Resource> changed) {
        if (differs) {
            changed.add(resource);
        }
    }

    private Feed feed(int framesPerWave) {
        Waves waves = new Waves(FUNCTIONS + 1);
        int[] next = {0};
        return () -> {
            for (int frame = 0; frame < framesPerWave && next[0] < FRAMES; frame++) {
                int at = next[0]++;
                waves.add(slab, (long) at * OCTETS, OCTETS, OCTETS, times[at], at + 1, sources[at]);
            }
            Batch[] wave = waves.cut(next[0] == FRAMES);
            return wave;
        };
    }

    private static final class NoPolicies implements ChangeGrammar.Policies {
        @Override
        public Collection<String> names() {
            return List.of();
        }

        @Override
        public Policy of(String name, String relay) {
            return Policy.NONE;
        }
    }
}
