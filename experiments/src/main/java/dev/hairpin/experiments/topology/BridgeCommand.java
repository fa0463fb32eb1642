package dev.hairpin.experiments.topology;

import dev.hairpin.experiments.topology.BridgeSetUp.Address;
import dev.hairpin.experiments.topology.BridgeSetUp.Group;
import dev.hairpin.experiments.topology.BridgeSetUp.Kind;
import dev.hairpin.experiments.topology.PortSetUp.Flag;
import dev.hairpin.experiments.topology.PortSetUp.State;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** {@code bridge link|vlan|fdb|mdb} for ports of the bridge, with the refusals of the kernel's bridge. */
final class BridgeCommand {
    private static final String END = "the end of the line";

    private final Words words;
    private final List<String> ports;

    /** @param ports of the bridge */
    BridgeCommand(Words words, List<String> ports) {
        this.words = words;
        this.ports = ports;
    }

    private String port() throws ChangeInvalid {
        return words.take(ports, "a port of the bridge: " + String.join(", ", ports));
    }

    /** Behind {@code bridge link set dev PORT}. */
    Change link(String port) throws ChangeInvalid {
        List<String> flags = Stream.of(Flag.values()).map(Flag::word).toList();
        List<String> options = new ArrayList<>(flags);
        options.add("state");
        UnaryOperator<PortSetUp> effect = before -> before;
        do {
            String option = words.take(options, String.join(", ", options));
            UnaryOperator<PortSetUp> first = effect;
            if (option.equals("state")) {
                State state = state();
                // Without a spanning tree the kernel makes a port that is blocked by hand forward again, at once.
                State holds = state == State.BLOCKING ? State.FORWARDING : state;
                effect = before -> first.apply(before).in(holds);
            } else {
                Flag flag = Flag.values()[flags.indexOf(option)];
                boolean on = words.takeSwitch();
                effect = before -> first.apply(before).with(flag, on);
            }
        } while (!words.atEnd());
        UnaryOperator<PortSetUp> all = effect;
        return new Change.AtBridge(before -> before.withPort(port, all));
    }

    private State state() throws ChangeInvalid {
        List<String> names = Stream.of(State.values()).map(State::word).toList();
        if (words.peek().matches("[0-4]")) {
            return State.values()[words.takeNumber("a state")];
        }
        return State.values()[names.indexOf(words.take(names, "0 to 4, or one of " + String.join(", ", names)))];
    }

    /** Behind {@code bridge vlan}. */
    Change vlan() throws ChangeInvalid {
        boolean add = words.take(List.of("add", "del"), "add or del").equals("add");
        words.take(List.of("dev"), "dev");
        String port = port();
        words.take(List.of("vid"), "vid");
        int vid = words.takeNumber("a VLAN from 1 to 4094");
        boolean pvid = false;
        boolean untagged = false;
        while (!words.atEnd()) {
            switch (words.take(List.of("pvid", "untagged", "master"), "pvid or untagged")) {
                case "pvid" -> pvid = true;
                case "untagged" -> untagged = true;
                default -> {}
            }
        }
        boolean toPvid = pvid;
        boolean leavesUntagged = untagged;
        return new Change.AtBridge(before -> {
            if (vid < 1 || vid > 4094) {
                throw new Refused("VLAN " + vid + ", expected 1 to 4094 (EINVAL)");
            }
            return add ? member(before, port, vid, toPvid, leavesUntagged) : left(before, port, vid);
        });
    }

    private static BridgeSetUp member(BridgeSetUp before, String name, int vid, boolean pvid, boolean untagged) {
        return before.withPort(name, port -> {
            Map<Integer, Boolean> vlans = new TreeMap<>(port.vlans());
            vlans.put(vid, untagged);
            int kept = port.pvid() == vid ? 0 : port.pvid();
            return port.withVlans(pvid ? vid : kept, vlans);
        });
    }

    /** The port's addresses in that VLAN go with it. */
    private static BridgeSetUp left(BridgeSetUp before, String name, int vid) {
        return before.withPort(name, port -> {
                    Map<Integer, Boolean> vlans = new TreeMap<>(port.vlans());
                    vlans.remove(vid);
                    return port.withVlans(port.pvid() == vid ? 0 : port.pvid(), vlans);
                })
                .withFdb(before.fdb().stream()
                        .filter(entry -> entry.vlan() != vid || !entry.port().equals(name))
                        .toList());
    }

    /** Behind {@code bridge fdb}. */
    Change fdb() throws ChangeInvalid {
        String verb = words.take(List.of("add", "replace", "del"), "add, replace or del");
        long mac = words.takeMac();
        words.take(List.of("dev"), "dev");
        String port = port();
        int vid = 0;
        // Permanent is what iproute2 asks for unless told otherwise.
        Kind kind = Kind.PERMANENT;
        boolean sticky = false;
        List<String> options = List.of("vlan", "static", "dynamic", "permanent", "local", "sticky", "master");
        while (!words.atEnd()) {
            switch (words.take(options, "vlan, static, dynamic, permanent, sticky or master")) {
                case "vlan" -> vid = words.takeNumber("a VLAN from 1 to 4094");
                case "static" -> kind = Kind.STATIC;
                case "dynamic" -> kind = Kind.DYNAMIC;
                case "permanent", "local" -> kind = Kind.PERMANENT;
                case "sticky" -> sticky = true;
                default -> {}
            }
        }
        Address entry = new Address(mac, vid, port, kind, sticky);
        return new Change.AtBridge(before -> switch (verb) {
            case "add" -> added(before, entry, true);
            case "replace" -> added(before, entry, false);
            default -> removed(before, entry);
        });
    }

    private static BridgeSetUp added(BridgeSetUp before, Address entry, boolean anew) {
        if (!Mac.isStation(entry.mac())) {
            throw new Refused(Mac.format(entry.mac()) + " is no station's address (EINVAL)");
        }
        if (entry.sticky() && entry.kind() == Kind.PERMANENT) {
            throw new Refused("sticky needs static or dynamic, for permanent entries are the bridge's own (EINVAL)");
        }
        List<Address> fdb = new ArrayList<>(before.fdb());
        for (int vid : vids(before, entry)) {
            boolean there = fdb.removeIf(other -> other.isOf(entry.mac(), vid));
            if (there && anew) {
                throw new Refused(Mac.format(entry.mac()) + " is there (EEXIST)");
            }
            fdb.add(new Address(entry.mac(), vid, entry.port(), entry.kind(), entry.sticky()));
        }
        return before.withFdb(fdb);
    }

    /** Without a VLAN an entry is made for all VLANs of the port, and for frames of none. */
    private static List<Integer> vids(BridgeSetUp before, Address entry) {
        PortSetUp port = before.port(entry.port());
        if (entry.vlan() == 0) {
            TreeSet<Integer> all = new TreeSet<>(port.vlans().keySet());
            all.add(0);
            return List.copyOf(all);
        }
        if (!port.vlans().containsKey(entry.vlan())) {
            throw new Refused(port.name() + " is not in VLAN " + entry.vlan() + " (EINVAL)");
        }
        return List.of(entry.vlan());
    }

    private static BridgeSetUp removed(BridgeSetUp before, Address entry) {
        List<Address> fdb = new ArrayList<>(before.fdb());
        boolean any = false;
        for (int vid : vids(before, entry)) {
            any |= fdb.removeIf(
                    other -> other.isOf(entry.mac(), vid) && other.port().equals(entry.port()));
        }
        if (!any) {
            throw new Refused(
                    Mac.format(entry.mac()) + " is not set at " + entry.port() + ": only what was set can be deleted");
        }
        return before.withFdb(fdb);
    }

    /** Behind {@code bridge mdb}. */
    Change mdb() throws ChangeInvalid {
        boolean add = words.take(List.of("add", "del"), "add or del").equals("add");
        words.take(List.of("dev"), "dev");
        words.take(List.of(BridgeReader.NAME), BridgeReader.NAME);
        words.take(List.of("port"), "port");
        String port = port();
        words.take(List.of("grp"), "grp");
        if (!GroupAddress.is(words.peek())) {
            throw words.wrong(GroupAddress.EXPECTED);
        }
        String group = words.take("a group");
        words.took("permanent");
        int vid = words.took("vid") ? words.takeNumber("a VLAN from 1 to 4094") : 0;
        words.took("permanent");
        words.end("vid, permanent or " + END);
        Group entry = new Group(group, vid, port);
        return new Change.AtBridge(before -> add ? joined(before, entry) : parted(before, entry));
    }

    private static BridgeSetUp joined(BridgeSetUp before, Group entry) {
        if (GroupAddress.isLocal(entry.group())) {
            throw new Refused(entry.group() + " is for everybody (EINVAL)");
        }
        if (entry.vlan() > 4094) {
            throw new Refused("VLAN " + entry.vlan() + ", expected 1 to 4094 (EINVAL)");
        }
        if (before.mdb().contains(entry)) {
            throw new Refused(entry.group() + " is there (EEXIST)");
        }
        List<Group> mdb = new ArrayList<>(before.mdb());
        mdb.add(entry);
        return before.withMdb(mdb);
    }

    private static BridgeSetUp parted(BridgeSetUp before, Group entry) {
        List<Group> mdb = new ArrayList<>(before.mdb());
        if (!mdb.remove(entry)) {
            throw new Refused(entry.group() + " is not set at " + entry.port() + " (EINVAL)");
        }
        return before.withMdb(mdb);
    }
}
