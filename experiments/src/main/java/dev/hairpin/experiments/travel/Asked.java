package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.topology.Nearest;
import dev.hairpin.model.topology.Lan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A command line of iproute2, ethtool or pciutils that shows something: what of it is understood, and what it shows of a state.
 * Words may be shortened as with iproute2 where that leaves no doubt: {@code ip -s l sh}. {@code in rc1} before it asks the
 * server of that root complex.
 */
public final class Asked {
    private static final String ALL =
            "bridge fdb|link|vlan|mdb [show], ip link [show], ethtool -S|-a|-g|-c|-x|-k|-i DEV, dcb ets show dev DEV, lspci";
    private static final List<String> TOOLS = List.of("bridge", "ip", "ethtool", "dcb", "lspci");

    private final Shows shows;
    private final Options options;

    /** What a command shows of a state. */
    @FunctionalInterface
    private interface Shows {
        Answer of(StateAt state, Options options) throws NotUnderstood;
    }

    private Asked(Shows shows, Options options) {
        this.shows = shows;
        this.options = options;
    }

    /** A command line that is none of those that are understood; the message says where and what was expected. */
    public static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1L;

        private final String what;

        NotUnderstood(String what) {
            super(what);
            this.what = what;
        }

        /** What was found and what was expected. */
        public String what() {
            return what;
        }
    }

    /** Reads a command line, tool first. */
    public static Asked of(List<String> words) throws NotUnderstood {
        Deque<String> rest = new ArrayDeque<>(words);
        String place = rest.size() > 1 && "in".equals(rest.peek()) ? words.get(1) : "";
        if (!place.isEmpty()) {
            rest.poll();
            rest.poll();
            if (!"lspci".equals(rest.peek())) {
                throw new NotUnderstood("found '" + String.join(" ", rest) + "' in " + place + ", expected lspci");
            }
        }
        String tool = rest.isEmpty() ? "" : rest.poll();
        return switch (tool) {
            case "bridge" -> shown(rest, List.of("fdb", "link", "vlan", "mdb"));
            case "ip" -> shown(rest, List.of("link"));
            case "ethtool" -> ethtool(rest);
            case "dcb" -> dcb(rest);
            case "lspci" -> functions(rest, place);
            default -> throw new NotUnderstood("found '" + tool + "', expected " + ALL + Nearest.hint(tool, TOOLS));
        };
    }

    /** Whether JSON is asked for. */
    public boolean json() {
        return options.json();
    }

    /** What is shown; to be asked of a state that has the device, if one is named. */
    public Answer of(StateAt state) throws NotUnderstood {
        if (options.device().isPresent()) {
            device(state, options.device().get());
        }
        return shows.of(state, options);
    }

    private static Asked functions(Deque<String> rest, String place) throws NotUnderstood {
        LspciShow lspci = LspciShow.of(rest);
        return new Asked((state, asked) -> lspci.of(state, place), Options.NONE);
    }

    private static Asked dcb(Deque<String> rest) throws NotUnderstood {
        List<String> words = new ArrayList<>(rest);
        if (words.size() != 4 || !words.subList(0, 3).equals(List.of("ets", "show", "dev"))) {
            throw new NotUnderstood("found 'dcb " + String.join(" ", words) + "', expected dcb ets show dev DEV");
        }
        String device = words.get(3);
        return new Asked(
                (state, asked) -> WireShow.classes(state, named(state, device)),
                new Options(false, false, false, Optional.of(device)));
    }

    private static Asked ethtool(Deque<String> rest) throws NotUnderstood {
        String option = rest.isEmpty() ? "" : rest.poll();
        String device = rest.isEmpty() ? "" : rest.poll();
        Shows shows = switch (option) {
            case "-S", "--statistics" -> (state, asked) -> StatisticsShow.of(state, named(state, device));
            case "-a", "--show-pause" -> (state, asked) -> WireShow.pauses(state, named(state, device));
            case "-g", "--show-ring" -> (state, asked) -> RingShow.rings(state, named(state, device));
            case "-c", "--show-coalesce" -> (state, asked) -> RingShow.interrupts(state, named(state, device));
            case "-x", "--show-rxfh-indir", "--show-rxfh" ->
                (state, asked) -> RingShow.hashing(state, named(state, device));
            case "-k", "--show-features", "--show-offload" ->
                (state, asked) -> FeatureShow.of(state, named(state, device));
            case "-i", "--driver" -> (state, asked) -> DriverShow.of(state, named(state, device));
            default -> throw unknown(option);
        };
        if (device.isEmpty() || !rest.isEmpty()) {
            throw unknown(option);
        }
        return new Asked(shows, new Options(false, false, false, Optional.of(device)));
    }

    private static NotUnderstood unknown(String option) {
        return new NotUnderstood("found 'ethtool " + option + "', expected ethtool -S|-a|-g|-c|-x|-k|-i DEV");
    }

    private static Asked shown(Deque<String> rest, List<String> objects) throws NotUnderstood {
        boolean details = false;
        boolean statistics = false;
        boolean json = false;
        while (!rest.isEmpty() && rest.peek().startsWith("-")) {
            String option = rest.poll().replaceFirst("^--?", "");
            if (isShort(option, "details")) {
                details = true;
            } else if (isShort(option, "statistics") || option.equals("stats")) {
                statistics = true;
            } else if (isShort(option, "json")) {
                json = true;
            } else {
                throw new NotUnderstood("found option -" + option + ", expected -d, -s or -j");
            }
        }
        String word = rest.isEmpty() ? "" : rest.poll();
        String object = objects.stream()
                .filter(one -> isShort(word, one))
                .findFirst()
                .orElseThrow(() -> new NotUnderstood("found '" + word + "', expected " + ALL));
        if (!rest.isEmpty() && (isShort(rest.peek(), "show") || isShort(rest.peek(), "list"))) {
            rest.poll();
        }
        Options options = new Options(details, statistics, json, device(rest, object, objects.size() == 1));
        return new Asked(show(object, objects.size() == 1), options);
    }

    private static boolean isShort(String word, String whole) {
        return !word.isEmpty() && whole.startsWith(word);
    }

    /** The device that is named; {@code br} names the bridge, which is the only one. */
    private static Optional<String> device(Deque<String> rest, String object, boolean bare) throws NotUnderstood {
        Optional<String> device = Optional.empty();
        while (!rest.isEmpty()) {
            String word = rest.poll();
            boolean named = word.equals("dev") || word.equals("brport") || (word.equals("br") && object.equals("fdb"));
            if (!named && !(bare && rest.isEmpty())) {
                throw new NotUnderstood("found '" + word + "', expected dev NAME"
                        + (object.equals("fdb") ? " or br " + Lan.BRIDGE : ""));
            }
            if (named && rest.isEmpty()) {
                throw new NotUnderstood("found nothing behind " + word + ", expected a name");
            }
            String name = named ? rest.poll() : word;
            if (word.equals("br") && !name.equals(Lan.BRIDGE)) {
                throw new NotUnderstood("found bridge " + name + ", expected " + Lan.BRIDGE);
            }
            if (!word.equals("br") && !(object.equals("mdb") && name.equals(Lan.BRIDGE))) {
                device = Optional.of(name);
            }
        }
        return device;
    }

    private static Shows show(String object, boolean ip) {
        return switch (object) {
            case "fdb" -> FdbShow::of;
            case "vlan" -> VlanShow::of;
            case "mdb" -> MdbShow::of;
            default -> ip ? LinkShow::of : BridgeLinkShow::of;
        };
    }

    private static void device(StateAt state, String name) throws NotUnderstood {
        List<String> known = Netdev.of(state).stream().map(Netdev::name).toList();
        if (!known.contains(name)) {
            throw new NotUnderstood("found device " + name + ", expected one of " + String.join(" ", known)
                    + Nearest.hint(name, known));
        }
    }

    private static Netdev named(StateAt state, String name) {
        return Netdev.of(state).stream()
                .filter(device -> device.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
