package dev.hairpin.experiments.topology;

import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.ReceiveRing;
import dev.hairpin.model.ring.Rss;
import dev.hairpin.model.ring.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * {@code ethtool -G}, {@code -C}, {@code -L}, {@code -X} and {@code -N}: what a function's driver sets of its rings. What it
 * does with a number is that of igbvf and ixgbevf in Linux 6.18 ({@code igbvf_set_ringparam}, {@code ixgbevf_set_ringparam},
 * {@code igbvf_set_coalesce}, {@code ixgbevf_set_coalesce}); neither has the other operations, and vxge has none.
 *
 * <p>Frames that are in a ring when it changes stay in it, where a real driver stops its queues and loses them.
 */
final class EthtoolCommand {
    private static final String OPTIONS = "-G, -C, -L, -X or -N";
    private static final int FEWEST_DESCRIPTORS = 64;
    private static final int MOST_DESCRIPTORS = 4_096;
    private static final int DESCRIPTORS_AT_A_TIME = 8;
    private static final long NANOS_A_MICROSECOND = 1_000;

    private final Words words;

    private EthtoolCommand(Words words) {
        this.words = words;
    }

    /**
     * Reads on behind {@code ethtool}.
     *
     * @param place where it is said: a guest has one function, which is {@code eth0} to it
     * @param functions that can be named on the host
     */
    static Change read(Words words, Place place, Map<String, Place> functions) throws ChangeInvalid {
        EthtoolCommand command = new EthtoolCommand(words);
        String option = words.take(List.of("-G", "-C", "-L", "-X", "-N"), OPTIONS);
        Place at = place;
        if (place.isGuest()) {
            words.take(List.of(GuestCommand.DEVICE), GuestCommand.DEVICE + ", which the function is to its guest");
        } else {
            List<String> known = Place.functions(functions);
            at = functions.getOrDefault(words.take(known, "a function: " + String.join(", ", known)), place);
        }
        BiFunction<GuestDriver, HostSide.Function, HostSide.Function> change = switch (option) {
            case "-G" -> command.rings();
            case "-C" -> command.interrupts();
            case "-L" -> command.channels();
            case "-X" -> command.table();
            default -> command.hashing();
        };
        words.end("the end of the line");
        String function = at.function();
        return new Change.AtNic(at.nic(), before -> changed(before, function, change));
    }

    private static NicSettings changed(
            NicSettings before, String function, BiFunction<GuestDriver, HostSide.Function, HostSide.Function> change) {
        GuestDriver driver = GuestDriver.of(before.device());
        if (driver == GuestDriver.VXGE || driver == GuestDriver.MACVLAN) {
            throw new Refused(driver.word(false) + " has no operation for rings (EOPNOTSUPP)");
        }
        return before.withRings(function, rings -> change.apply(driver, rings));
    }

    /** Only the ideal device has it. */
    private static void ideal(GuestDriver driver, String what) {
        if (driver != GuestDriver.IDEAL) {
            throw new Refused(driver.word(false) + " has no operation for " + what + " (EOPNOTSUPP)");
        }
    }

    private BiFunction<GuestDriver, HostSide.Function, HostSide.Function> rings() throws ChangeInvalid {
        int rx = 0;
        int tx = 0;
        do {
            if (words.take(List.of("rx", "tx"), "rx or tx").equals("rx")) {
                rx = words.takeNumber("descriptors");
            } else {
                tx = words.takeNumber("descriptors");
            }
        } while (!words.atEnd());
        int receives = rx;
        int sends = tx;
        return (driver, rings) -> {
            HostSide.Function next = rings;
            if (receives > 0) {
                int buffers = descriptors(driver, receives);
                ReceiveRing.Settings now = rings.receives();
                next = next.with(
                        new ReceiveRing.Settings(buffers, now.rate(), now.itr(), Math.min(now.refill(), buffers)));
            }
            if (sends > 0) {
                Share now = rings.sends();
                next = next.with(new Share(
                        descriptors(driver, sends), now.weight(), now.priority(), now.minRate(), now.maxRate()));
            }
            return next;
        };
    }

    /** A driver gives as many as it can, where the tool would ask for more than there may be. */
    private static int descriptors(GuestDriver driver, int asked) {
        if (driver == GuestDriver.IDEAL) {
            return asked;
        }
        if (asked > MOST_DESCRIPTORS) {
            throw new Refused(asked + " descriptors, expected at most " + MOST_DESCRIPTORS + " (EINVAL)");
        }
        int more = Math.max(asked, FEWEST_DESCRIPTORS) + DESCRIPTORS_AT_A_TIME - 1;
        return more - more % DESCRIPTORS_AT_A_TIME;
    }

    private BiFunction<GuestDriver, HostSide.Function, HostSide.Function> interrupts() throws ChangeInvalid {
        words.take(List.of("rx-usecs"), "rx-usecs");
        int micros = words.takeNumber("microseconds");
        return (driver, rings) -> {
            ReceiveRing.Settings now = rings.receives();
            long itr = micros(driver, micros) * NANOS_A_MICROSECOND;
            return rings.with(new ReceiveRing.Settings(now.buffers(), now.rate(), itr, now.refill()));
        };
    }

    private static long micros(GuestDriver driver, int asked) {
        boolean igbvf = driver == GuestDriver.IGBVF;
        // For igbvf 2 and 3, for ixgbevf 1 let it find a time by itself.
        boolean adaptive = igbvf ? asked == 2 || asked == 3 : driver == GuestDriver.IXGBEVF && asked == 1;
        if (adaptive) {
            throw new Refused("moderation that adapts itself, which is not modelled");
        }
        boolean possible = igbvf ? asked == 0 || (asked >= 10 && asked <= 10_000) : asked <= 1_022;
        if (driver != GuestDriver.IDEAL && !possible) {
            throw new Refused(asked + " us, expected " + (igbvf ? "0 or 10 to 10000" : "0 to 1022") + " (EINVAL)");
        }
        // What igbvf writes into EITR for 0.
        return igbvf && asked == 0 ? 1 : asked;
    }

    private BiFunction<GuestDriver, HostSide.Function, HostSide.Function> channels() throws ChangeInvalid {
        words.take(List.of("combined"), "combined");
        int queues = words.takeNumber("a number of queues");
        return (driver, rings) -> {
            ideal(driver, "the number of queues");
            if (queues < 1 || queues > HostSide.Function.MOST_QUEUES) {
                throw new Refused(queues + " queues, expected 1 to " + HostSide.Function.MOST_QUEUES + " (EINVAL)");
            }
            Rss.Settings now = rings.rss();
            return new HostSide.Function(
                    queues,
                    rings.receives(),
                    new Rss.Settings(now.key(), Rss.Settings.of(queues).table(), now.udp()),
                    rings.sends());
        };
    }

    /** {@code equal N}, {@code weight W0 W1 ...}, {@code default} and {@code hkey KEY}. */
    private BiFunction<GuestDriver, HostSide.Function, HostSide.Function> table() throws ChangeInvalid {
        String kind = words.take(List.of("equal", "weight", "default", "hkey"), "equal, weight, default or hkey");
        String key =
                kind.equals("hkey") ? words.take("40 octets such as 6d:5a:...").replace(":", "") : "";
        List<Integer> numbers = new ArrayList<>();
        if (kind.equals("equal")) {
            numbers.add(words.takeNumber("a number of queues"));
        } else if (kind.equals("weight")) {
            do {
                numbers.add(words.takeNumber("a weight"));
            } while (!words.atEnd());
        }
        return (driver, rings) -> {
            ideal(driver, "the indirection table");
            Rss.Settings now = rings.rss();
            if (kind.equals("hkey")) {
                return rings.with(key(key, now));
            }
            List<Integer> table = switch (kind) {
                case "equal" -> equal(numbers.get(0), rings.queues());
                case "weight" -> weighted(numbers, rings.queues());
                default -> Rss.Settings.of(rings.queues()).table();
            };
            return rings.with(new Rss.Settings(now.key(), table, now.udp()));
        };
    }

    private static Rss.Settings key(String key, Rss.Settings now) {
        try {
            return new Rss.Settings(key, now.table(), now.udp());
        } catch (IllegalArgumentException wrong) {
            throw new Refused(wrong.getMessage() + " (EINVAL)");
        }
    }

    private static List<Integer> equal(int rings, int queues) {
        if (rings < 1 || rings > queues) {
            throw new Refused("a table over " + rings + " of " + queues + " queues (EINVAL)");
        }
        return Rss.Settings.of(rings).table();
    }

    /** Each ring as many entries as its weight has of all, in the order of the rings, as ethtool shares them out. */
    private static List<Integer> weighted(List<Integer> weights, int queues) {
        int sum = weights.stream().mapToInt(Integer::intValue).sum();
        if (weights.size() > queues || sum == 0 || sum > Rss.ENTRIES) {
            throw new Refused(
                    "weights " + weights + " for " + queues + " queues and " + Rss.ENTRIES + " entries (EINVAL)");
        }
        int[] table = new int[Rss.ENTRIES];
        int ring = -1;
        int until = 0;
        for (int entry = 0; entry < table.length; entry++) {
            while (entry >= Rss.ENTRIES * until / sum) {
                until += weights.get(++ring);
            }
            table[entry] = ring;
        }
        return IntStream.of(table).boxed().toList();
    }

    /** {@code rx-flow-hash udp4 sdfn}, or {@code sd} without the ports. */
    private BiFunction<GuestDriver, HostSide.Function, HostSide.Function> hashing() throws ChangeInvalid {
        words.take(List.of("rx-flow-hash"), "rx-flow-hash");
        words.take(List.of("udp4", "udp6"), "udp4 or udp6, of which the model has one setting");
        boolean ports = words.take(List.of("sd", "sdfn"), "sd or sdfn").equals("sdfn");
        return (driver, rings) -> {
            ideal(driver, "what is hashed");
            Rss.Settings now = rings.rss();
            return rings.with(new Rss.Settings(now.key(), now.table(), ports));
        };
    }
}
