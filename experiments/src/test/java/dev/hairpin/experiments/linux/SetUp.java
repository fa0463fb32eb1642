package dev.hairpin.experiments.linux;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.Vsi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is built twice, once of the kernel's devices and once of the model's stages.
 *
 * @param mode of the edge relay; none for a bridge without a NIC
 * @param ports of the bridge; where there is a NIC, the first is the one towards it. The last belongs to the sentinels:
 *     no frame is sent there, and whatever is flooded arrives
 * @param functions of the NIC
 * @param known what the bridge knows at the start
 */
record SetUp(String name, Optional<Mode> mode, List<Port> ports, List<Vsi> functions, List<Known> known) {
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

    /** 01-80-C2-00-00-00, the first of the reserved group addresses. */
    static final long RESERVED = 0x0180_C200_0000L;

    private static final int FUNCTIONS = 4;
    private static final int STATIONS = 3;

    record Port(String name, boolean reflects) {}

    record Known(long address, int port) {}

    static List<SetUp> all() {
        return List.of(
                lan("VEB", Mode.VEB, false, false),
                lan("VEB, the bridge reflects", Mode.VEB, true, false),
                lan("VEPA", Mode.VEPA, true, false),
                lan("VEPA, the bridge knows all stations", Mode.VEPA, true, true),
                lan("VEPA, the bridge does not reflect", Mode.VEPA, false, false),
                bridge("bridge", false, false),
                bridge("bridge, two ports reflect", true, false),
                bridge("bridge, two ports reflect, it knows all stations", true, true));
    }

    private static SetUp lan(String name, Mode mode, boolean reflects, boolean warm) {
        List<Port> ports = new ArrayList<>(List.of(new Port(UPLINK, reflects)));
        IntStream.rangeClosed(0, STATIONS).forEach(k -> ports.add(new Port("ext" + k, false)));
        List<Vsi> functions = List.of(
                new Vsi("vf0", List.of(function(0)), List.of(), false),
                new Vsi("vf1", List.of(function(1)), List.of(GROUP, SHARED_GROUP), false),
                new Vsi("vf2", List.of(function(2)), List.of(SHARED_GROUP), false),
                new Vsi("vf3", List.of(function(3)), List.of(), true));
        SetUp cold = new SetUp(name, Optional.of(mode), ports, functions, List.of());
        return warm ? cold.warm() : cold;
    }

    private static SetUp bridge(String name, boolean reflects, boolean warm) {
        List<Port> ports = IntStream.rangeClosed(0, STATIONS + 1)
                .mapToObj(k -> new Port("p" + k, reflects && k < FUNCTIONS && k % 2 == 0))
                .toList();
        SetUp cold = new SetUp(name, Optional.empty(), ports, List.of(), List.of());
        return warm ? cold.warm() : cold;
    }

    private SetUp warm() {
        List<Known> all = new ArrayList<>();
        for (String end : senders()) {
            all.add(new Known(own(end), Math.max(0, port(end))));
        }
        return new SetUp(name, mode, ports, functions, all);
    }

    private static long function(int i) {
        return 0x0200_0000_0100L + i;
    }

    /** Ends at which frames are sent. */
    List<String> senders() {
        return Stream.concat(functions.stream().map(Vsi::name), ports.stream().map(Port::name))
                .filter(end -> !end.equals(UPLINK) && !end.equals(watch()))
                .toList();
    }

    /** The port that sends sentinels. */
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
        return new SetUp(name, mode, ports, listening, known);
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

    @Override
    public String toString() {
        return name;
    }
}
