package dev.hairpin.experiments.topology;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.wire.Bond;
import dev.hairpin.model.wire.FlowControl;
import dev.hairpin.model.wire.TrafficClasses;
import dev.hairpin.model.wire.WireSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a NIC's uplink: the wires that it is, and what waits before them. */
final class WireReader {
    private static final String MEMBERS = "wires such as { u0 {}, u1 {} }";
    private static final int MOST_WIRES = 8;

    private WireReader() {}

    /**
     * An uplink.
     *
     * @param rate of each wire, each way
     * @param queue before it
     */
    record Uplink(long rate, int queue, boolean up, WireSettings wire) {
        static final Uplink PLAIN = new Uplink(Server.UNLIMITED, Integer.MAX_VALUE, true, WireSettings.PLAIN);
    }

    static Uplink read(Block nic) {
        return nic.find("uplink")
                .flatMap(entry -> entry.block("an object with rate, queue, up, classes, bond and members"))
                .map(WireReader::uplink)
                .orElse(Uplink.PLAIN);
    }

    private static Uplink uplink(Block block) {
        long rate = block.get("rate", Server.UNLIMITED, entry -> entry.quantity(Quantities::rate, Server.UNLIMITED));
        int queue = block.get("queue", Integer.MAX_VALUE, Entry::count);
        boolean up = block.get("up", true, entry -> entry.isSwitch(true));
        TrafficClasses classes = block.find("classes")
                .flatMap(entry -> entry.block("an object such as { prio-tc = \"all:0 5:1\" }"))
                .flatMap(WireReader::classes)
                .orElse(TrafficClasses.ONE);
        Bond bond = bond(block);
        block.done();
        return new Uplink(rate, queue, up, new WireSettings(classes, FlowControl.HEEDED, bond));
    }

    private static Optional<TrafficClasses> classes(Block block) {
        ClassWords words = new ClassWords(TrafficClasses.ONE);
        for (String list : ClassWords.LISTS) {
            block.ifPresent(
                    list,
                    entry -> entry.text("a list such as \"all:0 5:1\"").ifPresent(text -> {
                        for (String mapping : text.strip().split("\\s+", -1)) {
                            if (!words.take(list, mapping)) {
                                entry.wrong("found " + mapping + ", expected " + ClassWords.expected(list));
                            }
                        }
                    }));
        }
        block.done();
        return block.build(words::classes);
    }

    private static Bond bond(Block block) {
        Map<String, Bond.Mode> modes = new LinkedHashMap<>();
        for (Bond.Mode mode : List.of(Bond.Mode.ACTIVE_BACKUP, Bond.Mode.STATIC)) {
            modes.put(mode.word(), mode);
        }
        Optional<Entry> bond = block.find("bond");
        Bond.Mode mode = bond.map(entry -> entry.oneOf(modes, String.join(" or ", modes.keySet()), Bond.Mode.STATIC))
                .orElse(Bond.Mode.NONE);
        Optional<Entry> wires = block.find("members");
        if (bond.isEmpty()) {
            wires.ifPresent(entry -> entry.wrong("found wires, expected bond = active-backup or static beside them"));
            return Bond.NONE;
        }
        List<Bond.Member> members = new ArrayList<>();
        wires.flatMap(entry -> entry.block(MEMBERS))
                .ifPresent(all -> all.each(
                        "a wire",
                        (name, entry) -> entry.block("a wire such as { up = yes }")
                                .ifPresent(wire -> {
                                    members.add(new Bond.Member(name, wire.get("up", true, one -> one.isSwitch(true))));
                                    wire.done();
                                })));
        if (members.size() < 2 || members.size() > MOST_WIRES) {
            bond.get().wrong("found a bond of " + members.size() + " wires, expected members with 2 to " + MOST_WIRES);
            return Bond.NONE;
        }
        return new Bond(mode, members);
    }
}
