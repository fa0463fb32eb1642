package dev.hairpin.experiments.topology;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.management.Profile;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.NicSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the list of changes and makes of it what holds from when. */
final class TimedChanges {
    private static final String EXPECTED = "changes such as { at = 2.5, do = \"ip link set dev nic0 vf 3 vlan 10\" }";

    private final PolicyReader policies;
    private final ProfileReader profiles;
    private final List<TopologyFile.Change> all = new ArrayList<>();
    private final Map<String, List<Timed<NicSettings>>> byNic = new HashMap<>();
    private final Map<String, Long> rates = new HashMap<>();

    /** Pauses are numbered, so that each has its own end. */
    private int pauses;

    private final List<Timed<BridgeSettings>> atBridge = new ArrayList<>();

    TimedChanges(PolicyReader policies, ProfileReader profiles) {
        this.policies = policies;
        this.profiles = profiles;
    }

    /** A line that was understood. */
    private record Written(long time, String text, Entry entry, Change change) {}

    void read(Entry list, List<TopologyFile.Nic> nics, TopologyFile.Bridge bridge) {
        Map<String, NicSettings> now = new HashMap<>();
        nics.forEach(nic -> now.put(nic.name(), nic.settings()));
        nics.forEach(nic -> rates.put(nic.name(), nic.uplinkRate()));
        ChangeGrammar grammar = new ChangeGrammar(
                nics.stream().map(TopologyFile.Nic::settings).toList(),
                bridge.settings(),
                named(now, bridge.settings()));
        List<Written> written = new ArrayList<>();
        for (Entry entry : list.list(EXPECTED)) {
            entry.block(EXPECTED).ifPresent(block -> written.addAll(written(block, grammar)));
        }
        written.sort(Comparator.comparingLong(Written::time));
        List<Done> done = new ArrayList<>();
        for (TopologyFile.Nic nic : nics) {
            Timeline<NicSettings> timeline = new Timeline<>(
                    nic.settings(), (refused, was) -> refused.left().orElse(was));
            List<Written> lines = written.stream()
                    .filter(one ->
                            one.change instanceof Change.AtNic at && at.nic().equals(nic.name()))
                    .toList();
            lines.forEach(one -> timeline.say(one.time, one.text, ((Change.AtNic) one.change).effect()));
            if (timeline.now().host().stallsSending()) {
                lines.stream()
                        .filter(one -> one.text.endsWith(FaultCommand.TX_STALL))
                        .forEach(one -> one.entry.wrong(
                                "found transmit rings that stand still to the end, expected for = TIME"));
            }
            byNic.put(nic.name(), timeline.changes());
            timeline.end().forEach(told -> done.add(done(told, lines, written, nic.name())));
        }
        Timeline<BridgeSettings> timeline = new Timeline<>(bridge.settings(), (refused, was) -> was);
        List<Written> lines = written.stream()
                .filter(one -> one.change instanceof Change.AtBridge)
                .toList();
        lines.forEach(one -> timeline.say(one.time, one.text, ((Change.AtBridge) one.change).effect()));
        atBridge.addAll(timeline.changes());
        timeline.end().forEach(told -> done.add(done(told, lines, written, BridgeReader.NAME)));
        done.sort(Comparator.comparingLong((Done one) -> one.told.time()).thenComparingInt(Done::order));
        done.forEach(this::tell);
    }

    /** What has become of a line at a relay; {@code order} is its place among all lines. */
    private record Done(Timed<?> told, boolean changed, Written line, int order, String relay) {}

    private static Done done(Timeline.Told<?> told, List<Written> lines, List<Written> all, String relay) {
        Written line = lines.get(told.number());
        return new Done(told.timed(), told.changed(), line, all.indexOf(line), relay);
    }

    private void tell(Done done) {
        String refusal = done.told.refusal();
        if (!refusal.isEmpty()) {
            done.line.entry.warn("will be refused: " + refusal);
        } else if (!done.changed) {
            done.line.entry.warn("changes nothing");
        }
        all.add(new TopologyFile.Change(
                done.told.time(), done.told.change(), done.line.entry.line(), done.relay, refusal));
    }

    /** In the order of their times. */
    List<TopologyFile.Change> all() {
        return all;
    }

    /** The NICs with their changes. */
    List<TopologyFile.Nic> applied(List<TopologyFile.Nic> nics) {
        return nics.stream()
                .map(nic -> nic.with(byNic.getOrDefault(nic.name(), List.of())))
                .toList();
    }

    /** The bridge with its changes. */
    TopologyFile.Bridge applied(TopologyFile.Bridge bridge) {
        return bridge.with(atBridge);
    }

    /** The line of a change; of a fault that lasts and of a pause, also the one by which it is over. */
    private List<Written> written(Block block, ChangeGrammar grammar) {
        long time = block.require("at", "seconds since the first frame")
                .map(entry -> entry.quantity(Quantities::moment, -1))
                .orElse(-1L);
        Entry line = block.require("do", "a line such as \"ip link set dev nic0 vf 3 vlan 10\"")
                .orElse(null);
        Entry in = block.find("in").orElse(null);
        Entry lasting = block.find("for").orElse(null);
        block.done();
        String place = in == null ? "" : place(in, grammar);
        String text = line == null ? "" : line.text("a line").orElse("");
        if (line == null || text.isEmpty() || (in != null && place.isEmpty())) {
            return List.of();
        }
        try {
            Change change = in == null ? grammar.read(text) : grammar.read(place, text);
            if (in == null && lasting == null && WireCommand.isPause(text)) {
                return time < 0 ? List.of() : paused(text, time, line, grammar);
            }
            String whole = in == null ? text : "in " + place + " " + text;
            List<Written> written = new ArrayList<>(List.of(new Written(time, whole, line, change)));
            if (lasting != null) {
                over(text, lasting, grammar, time, line).ifPresent(written::add);
            }
            return time < 0 ? List.of() : written;
        } catch (ChangeInvalid wrong) {
            line.wrong(String.valueOf(wrong.getMessage()));
            return List.of();
        }
    }

    private List<Written> paused(String text, long time, Entry line, ChangeGrammar grammar) throws ChangeInvalid {
        String nic = WireCommand.nicOf(text);
        try {
            long end = time + WireCommand.lasts(text, rates.getOrDefault(nic, Server.UNLIMITED));
            String begins = text + " as " + ++pauses;
            String over = "pause " + nic + " over " + pauses;
            return List.of(
                    new Written(time, begins, line, grammar.read(begins)),
                    new Written(end, over, line, grammar.read(over)));
        } catch (IllegalArgumentException wrong) {
            line.wrong(String.valueOf(wrong.getMessage()));
            return List.of();
        }
    }

    private static Optional<Written> over(String text, Entry lasting, ChangeGrammar grammar, long time, Entry line)
            throws ChangeInvalid {
        String[] words = text.strip().split("\\s+", -1);
        if (!words[0].equals("fault")) {
            lasting.wrong("found how long a change holds, expected a fault");
            return Optional.empty();
        }
        long nanos = lasting.quantity(Quantities::time, 0);
        String over = words[0] + " " + words[1] + " " + FaultCommand.OVER;
        return Optional.of(new Written(time + nanos, over, line, grammar.read(over)));
    }

    /** Where a line is said; empty, with a problem, where there is no such place. */
    private static String place(Entry entry, ChangeGrammar grammar) {
        Map<String, String> places = new LinkedHashMap<>();
        grammar.places().forEach(place -> places.put(place, place));
        return entry.oneOf(places, "one of " + String.join(", ", places.keySet()), "");
    }

    private ChangeGrammar.Policies named(Map<String, NicSettings> nics, BridgeSettings bridge) {
        return new ChangeGrammar.Policies() {
            @Override
            public Collection<String> names() {
                return policies.names();
            }

            @Override
            public Collection<Profile> profiles() {
                return profiles.all();
            }

            @Override
            public Policy of(String name, String relay) {
                if (relay.equals(BridgeReader.NAME)) {
                    return policies.named(name, BridgeReader.target(bridge.names()));
                }
                NicSettings nic = nics.get(relay);
                return nic == null
                        ? Policy.NONE
                        : policies.named(name, new PolicyReader.Target(relay, NicReader.ports(nic.vsis()), false));
            }
        };
    }
}
