package dev.hairpin.experiments.linux;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.Component;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.Vsi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is built twice, once of the kernel's devices and once of the model's stages.
 *
 * @param mode of the edge relay; none for a bridge without a NIC
 * @param ports of the bridge; where there is a NIC, the first is the one towards it. At the
 *     last no frame is sent, and whatever is flooded arrives
 * @param functions of the NIC
 * @param known what the bridge knows at the start
 * @param rounds the commands before each round of frames
 * @param needs what not every kernel has
 */
record SetUp(
        String name,
        Optional<Mode> mode,
        List<Port> ports,
        List<Vsi> functions,
        List<Known> known,
        List<List<Command>> rounds,
        Set<Feature> needs) {
    static final String UPLINK = "uplink";

    static final long ALL_HOSTS = 0x0100_5E00_0001L;

    /** Joined by vf1. */
    static final long GROUP = 0x0100_5E01_0203L;

    /** Joined by vf1 and vf2. */
    static final long SHARED_GROUP = 0x3333_0000_00FBL;

    /** Joined by nobody. */
    static final long LONELY_GROUP = 0x0100_5E7F_0005L;

    /** Joined by nobody; its last four octets are those of {@link #GROUP}. */
    static final long ALIKE_GROUP = 0x3333_5E01_0203L;

    /** Joined by nobody, and not that of an IP group. */
    static final long PLAIN_GROUP = 0x0300_0000_0007L;

    /** 01-80-C2-00-00-00, the first of the reserved group addresses. */
    static final long RESERVED = 0x0180_C200_0000L;

    /** A station at any end; it and the two addresses behind it are those of entries made by hand. */
    static final long WANDERER = 0x0200_0000_0A00L;

    private static final int FUNCTIONS = 4;
    private static final int STATIONS = 3;

    /** What a kernel, or how it was built, may lack. */
    enum Feature {
        VLAN_FILTERING,
        MAB,
        FDB_MAX_LEARNED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Port(String name, boolean reflects) {}

    record Known(long address, int port) {}

    /** A NIC of four functions as the relay, and a bridge. */
    static SetUp lan(String name, Mode mode, boolean reflects) {
        return lan(
                name,
                mode,
                reflects,
                List.of(
                        new Vsi("vf0", List.of(function(0)), List.of(), false),
                        new Vsi("vf1", List.of(function(1)), List.of(GROUP, SHARED_GROUP), false),
                        new Vsi("vf2", List.of(function(2)), List.of(SHARED_GROUP), false),
                        new Vsi("vf3", List.of(function(3)), List.of(), true)));
    }

    /** A NIC of these functions, {@code vf0} on, and a bridge. */
    static SetUp lan(String name, Mode mode, boolean reflects, List<Vsi> functions) {
        List<Port> ports = new ArrayList<>(List.of(new Port(UPLINK, reflects)));
        IntStream.rangeClosed(0, STATIONS).forEach(k -> ports.add(new Port("ext" + k, false)));
        return new SetUp(
                name,
                Optional.of(mode),
                ports,
                functions,
                List.of(),
                List.of(List.of()),
                EnumSet.noneOf(Feature.class));
    }

    /** A bridge alone. */
    static SetUp bridge(String name, boolean reflects) {
        List<Port> ports = IntStream.rangeClosed(0, STATIONS + 1)
                .mapToObj(k -> new Port("p" + k, reflects && k < FUNCTIONS && k % 2 == 0))
                .toList();
        return new SetUp(
                name, Optional.empty(), ports, List.of(), List.of(), List.of(List.of()), EnumSet.noneOf(Feature.class));
    }

    /** With these commands before the first frame, before those of a second round, and so on. */
    @SafeVarargs
    final SetUp rounds(List<Command>... commands) {
        List<List<Command>> all = new ArrayList<>();
        for (List<Command> round : commands) {
            all.add(round);
        }
        return new SetUp(name, mode, ports, functions, known, all, needs);
    }

    SetUp needing(Feature... features) {
        return new SetUp(name, mode, ports, functions, known, rounds, EnumSet.copyOf(List.of(features)));
    }

    /** With a bridge that knows all stations. */
    SetUp warm() {
        List<Known> all = new ArrayList<>();
        for (String end : senders()) {
            all.add(new Known(own(end), Math.max(0, port(end))));
        }
        return new SetUp(name, mode, ports, functions, all, rounds, needs);
    }

    /** The address of function {@code i}. */
    static long function(int i) {
        return 0x0200_0000_0100L + i;
    }

    /** Ends at which frames are sent. */
    List<String> senders() {
        return Stream.concat(functions.stream().map(Vsi::name), ports.stream().map(Port::name))
                .filter(end -> !end.equals(UPLINK) && !end.equals(watch()))
                .toList();
    }

    /** The port at which nobody sends. */
    String watch() {
        return ports.get(ports.size() - 1).name();
    }

    /** The address of the station at an end. */
    long own(String end) {
        int port = port(end);
        return port < 0 ? function(end.charAt(2) - '0') : 0x0200_0000_0200L + port;
    }

    /** The number of the bridge's port {@code end}, or -1 for a function. */
    private int port(String end) {
        return IntStream.range(0, ports.size())
                .filter(k -> ports.get(k).name().equals(end))
                .findFirst()
                .orElse(-1);
    }

    /** Whether there is a NIC in that mode. */
    boolean is(Mode wanted) {
        return mode.equals(Optional.of(wanted));
    }

    /** Whose address it is among the functions. */
    Optional<String> owner(long address) {
        return functions.stream()
                .filter(vsi -> vsi.addresses().contains(address))
                .map(Vsi::name)
                .findFirst();
    }

    /** With the groups that functions turned out to listen to. */
    SetUp listening(List<Vsi> listening) {
        return new SetUp(name, mode, ports, listening, known, rounds, needs);
    }

    /** What the bridge knows at the start, as the model has it. */
    Learned learned() {
        long[] seen = new long[known.size()];
        Arrays.fill(seen, 0);
        return new Learned(
                known.stream().mapToLong(Known::address).toArray(),
                known.stream().mapToInt(Known::port).toArray(),
                seen);
    }

    /** The model's bridge, where there is no NIC, in each round. */
    List<BridgeSettings> bridges() {
        BridgeSettings settings = BridgeSettings.of(ports.stream()
                        .map(port -> BridgePort.named(port.name()).withReflects(port.reflects()))
                        .toList())
                .withComponent(Component.LINUX);
        List<BridgeSettings> all = new ArrayList<>();
        for (List<Command> commands : rounds) {
            for (Command command : commands) {
                settings = command.bridge().apply(settings);
            }
            all.add(settings);
        }
        return all;
    }

    /** The model's functions in each round. */
    List<List<Vsi>> functionsByRound() {
        List<Vsi> now = functions;
        List<List<Vsi>> all = new ArrayList<>();
        for (List<Command> commands : rounds) {
            for (Command command : commands) {
                now = now.stream().map(command::applied).toList();
            }
            all.add(now);
        }
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
