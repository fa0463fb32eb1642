package dev.hairpin.experiments.topology;

import dev.hairpin.experiments.topology.Driver.Operation;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.privilege.Act;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.wire.Bond;
import dev.hairpin.model.wire.FlowControl;
import dev.hairpin.model.wire.TrafficClasses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said of a NIC's wires: {@code dcb ets set}, {@code dcb pfc set} and {@code ethtool -A} as iproute2 and ethtool take
 * them, {@code ip link set} and {@code fault} for one of several wires, and a word of our own, {@code pause}, by which the peer's
 * PAUSE or priority-based flow control comes.
 */
public final class WireCommand {
    private static final String PAUSE = "pause";
    private static final Pattern FOR = Pattern.compile("\\bfor\\s+(\\S+)(\\s+quanta\\b)?");

    /** 802.3 annex 31B. */
    private static final int BITS_A_QUANTUM = 512;

    private static final int MOST_QUANTA = 0xFFFF;
    private static final long NANOS = 1_000_000_000L;

    private final Words words;
    private final Caller caller;

    private WireCommand(Words words, Caller caller) {
        this.words = words;
        this.caller = caller;
    }

    /** Whether a line says that a pause comes. */
    public static boolean isPause(String line) {
        return line.strip().startsWith(PAUSE + " ") && FOR.matcher(line).find();
    }

    /** The wires that can be named, as {@code nic0.u1}, of those NICs that have several: each with its NIC. */
    static Map<String, String> members(Collection<NicSettings> nics) {
        Map<String, String> members = new LinkedHashMap<>();
        for (NicSettings nic : nics) {
            if (nic.wire().bond().mode() != Bond.Mode.NONE) {
                nic.wire()
                        .bond()
                        .members()
                        .forEach(member -> members.put(nic.name() + "." + member.name(), nic.name()));
            }
        }
        return members;
    }

    /** Reads on behind {@code dcb}. */
    static Change dcb(Words words, Collection<String> nics, Caller caller) throws ChangeInvalid {
        WireCommand command = new WireCommand(words, caller);
        boolean ets = words.take(List.of("ets", "pfc"), "ets or pfc").equals("ets");
        words.take(List.of("set"), "set");
        words.take(List.of("dev"), "dev");
        String nic = command.nic(nics);
        return new Change.AtNic(nic, ets ? command.ets() : command.pfc());
    }

    private String nic(Collection<String> nics) throws ChangeInvalid {
        return words.take(nics, "a NIC: " + String.join(", ", nics));
    }

    private UnaryOperator<NicSettings> ets() throws ChangeInvalid {
        ClassWords read = new ClassWords(TrafficClasses.ONE);
        Map<String, List<String>> said = new LinkedHashMap<>();
        do {
            String list = words.take(ClassWords.LISTS, String.join(", ", ClassWords.LISTS));
            List<String> mappings = new ArrayList<>();
            do {
                if (!read.take(list, words.peek())) {
                    throw words.wrong(ClassWords.expected(list));
                }
                mappings.add(words.take(ClassWords.expected(list)));
            } while (words.peek().contains(":"));
            said.merge(list, mappings, (one, other) -> {
                one.addAll(other);
                return one;
            });
        } while (!words.atEnd());
        return before -> {
            authorised(before);
            ClassWords all = new ClassWords(before.wire().classes());
            said.forEach((list, mappings) -> mappings.forEach(mapping -> all.take(list, mapping)));
            try {
                return before.with(before.wire().with(all.classes()));
            } catch (Refused refused) {
                throw refused;
            } catch (IllegalArgumentException wrong) {
                throw new Refused(wrong.getMessage() + " (EINVAL)");
            }
        };
    }

    private UnaryOperator<NicSettings> pfc() throws ChangeInvalid {
        String expected = "a priority and on or off, such as 3:on or all:off";
        words.take(List.of("prio-pfc"), "prio-pfc");
        int on = 0;
        int named = 0;
        do {
            String[] mapping = words.peek().split(":", 2);
            List<Integer> which = ClassWords.which(mapping[0]);
            if (mapping.length < 2 || which.isEmpty() || !List.of("on", "off").contains(mapping[1])) {
                throw words.wrong(expected);
            }
            for (int priority : which) {
                named |= 1 << priority;
                on = mapping[1].equals("on") ? on | 1 << priority : on & ~(1 << priority);
            }
            words.take(expected);
        } while (!words.atEnd());
        int set = on;
        int said = named;
        return before -> {
            authorised(before);
            FlowControl flow = before.wire().flow();
            return before.with(before.wire().with(flow.under((flow.priorities() & ~said) | set)));
        };
    }

    private void authorised(NicSettings before) {
        before.authorise(caller, Act.ADMINISTER, Resource.BANDWIDTH, "");
        Driver.of(before.device()).require(Operation.DCB);
    }

    /** Reads on behind {@code ethtool}, which {@code -A} follows. */
    static Change pauses(Words words, Collection<String> nics, Caller caller) throws ChangeInvalid {
        WireCommand command = new WireCommand(words, caller);
        words.take(List.of("-A"), "-A");
        String nic = command.nic(nics);
        words.take(List.of("rx"), "rx: a NIC sends no PAUSE here, and agrees on nothing");
        boolean heeds = words.takeSwitch();
        words.end("the end of the line");
        return new Change.AtNic(nic, before -> {
            before.authorise(caller, Act.ADMINISTER, Resource.LINK, "");
            Driver.of(before.device()).require(Operation.PAUSE);
            return before.with(before.wire().with(before.wire().flow().heeding(heeds)));
        });
    }

    /** Reads on behind {@code ip link set dev}, at a wire. */
    static Change link(Words words, Map<String, String> members, Caller caller) throws ChangeInvalid {
        String member = words.take("a wire");
        boolean up = words.take(List.of("up", "down"), "up or down").equals("up");
        words.end("the end of the line");
        return new Change.AtNic(members.getOrDefault(member, ""), before -> {
            before.authorise(caller, Act.ADMINISTER, Resource.LINK, "");
            return with(before, member, up);
        });
    }

    /** Reads on behind {@code fault}, at a wire. */
    static Change fault(Words words, Map<String, String> members) throws ChangeInvalid {
        String member = words.take("a wire");
        List<String> kinds = List.of(FaultCommand.LINK, FaultCommand.OVER);
        boolean over = words.take(kinds, "link-down or over").equals(FaultCommand.OVER);
        words.end("the end of the line");
        return new Change.AtNic(members.getOrDefault(member, ""), before -> with(before, member, over));
    }

    private static NicSettings with(NicSettings before, String member, boolean up) {
        Bond bond = before.wire().bond();
        return before.with(
                before.wire().with(bond.with(member.substring(before.name().length() + 1), up)));
    }

    /**
     * Reads on behind {@code pause}: {@code NIC [priority N] for TIME [as NAME]}, or {@code NIC over NAME}, which is the end of
     * that pause.
     */
    static Change pause(Words words, Collection<String> nics, Place place) throws ChangeInvalid {
        if (!place.equals(Place.HOST)) {
            throw words.wrong("no place: it is the peer that pauses");
        }
        WireCommand command = new WireCommand(words, place.caller());
        String nic = command.nic(nics);
        if (words.took("over")) {
            int name = words.takeNumber("the number of a pause");
            words.end("the end of the line");
            return flow(nic, flow -> flow.over(name));
        }
        List<String> priorities = List.of("0", "1", "2", "3", "4", "5", "6", "7");
        Optional<Integer> priority = words.took("priority")
                ? Optional.of(Integer.valueOf(words.take(priorities, "a priority from 0 to 7")))
                : Optional.empty();
        words.take(List.of("for"), "for");
        String time = words.take("a time such as 33us, or quanta such as 65535 quanta");
        boolean quanta = words.took("quanta");
        long name = words.took("as") ? words.takeNumber("a number for the pause") : 1;
        words.end("the end of the line");
        long holds = time.matches("0[a-z]*") ? FlowControl.NOT : name;
        if (quanta ? !time.matches("[0-9]{1,5}") || Integer.parseInt(time) > MOST_QUANTA : !isTime(time)) {
            throw new ChangeInvalid(1, time, "a time such as 33us, or 0 to 65535 quanta");
        }
        return flow(nic, flow -> priority.map(one -> flow.pause(one, holds)).orElseGet(() -> flow.pause(holds)));
    }

    private static Change flow(String nic, UnaryOperator<FlowControl> change) {
        return new Change.AtNic(
                nic,
                before -> before.with(
                        before.wire().with(change.apply(before.wire().flow()))));
    }

    private static boolean isTime(String time) {
        try {
            return Quantities.time(time) >= 0;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /**
     * How long the pause lasts that a line which was understood tells of, in nanoseconds; a quantum is 512 bit times of the wire.
     *
     * @param rate of the wire, bits a second
     * @throws IllegalArgumentException for quanta of a wire without a rate
     */
    static long lasts(String line, long rate) {
        Matcher time = FOR.matcher(line);
        if (!time.find()) {
            throw new IllegalArgumentException("no pause: " + line);
        }
        if (time.group(2) == null) {
            return Quantities.time(time.group(1));
        }
        if (rate == Server.UNLIMITED) {
            throw new IllegalArgumentException("found quanta at a wire without a rate, expected a time such as 33us");
        }
        long work = Long.parseLong(time.group(1)) * BITS_A_QUANTUM * NANOS;
        return (work + rate - 1) / rate;
    }

    /** The NIC that a pause is for. */
    static String nicOf(String line) {
        return line.strip().split("\\s+", -1)[1];
    }
}
