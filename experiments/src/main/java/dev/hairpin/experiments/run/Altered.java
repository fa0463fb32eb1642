package dev.hairpin.experiments.run;

import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.topology.Change;
import dev.hairpin.experiments.topology.ChangeGrammar;
import dev.hairpin.experiments.topology.ChangeInvalid;
import dev.hairpin.experiments.topology.PolicyFile;
import dev.hairpin.experiments.topology.Timeline;
import dev.hairpin.experiments.topology.WireCommand;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.topology.LanBridge;
import dev.hairpin.model.topology.LanNic;
import dev.hairpin.model.topology.LanSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The settings of a run from some time on, altered: the changes that were to come are made anew, in the same words, on what
 * there is then. So a driver that would have refused one may take it, and the other way round.
 */
final class Altered {
    private final LanSettings before;
    private final long time;
    private final WhatIf whatIf;

    /** @param time changes at it or later are to come */
    private Altered(LanSettings before, long time, WhatIf whatIf) {
        this.before = before;
        this.time = time;
        this.whatIf = whatIf;
    }

    /**
     * Alters {@code before}. What it returns holds from {@code time} on; what was before is no part of it.
     *
     * @param inMode the same LAN with its NICs in the mode that is asked for
     * @param set when lines are applied, not before {@code time}
     */
    static LanSettings of(LanSettings before, LanSettings inMode, long time, long set, WhatIf whatIf)
            throws PlacementRefused, IOException {
        return new Altered(before, time, whatIf).alter(inMode, set);
    }

    private LanSettings alter(LanSettings inMode, long set) throws PlacementRefused, IOException {
        List<NicSettings> now = new ArrayList<>();
        for (LanNic nic : before.nics()) {
            now.add(altered(then(nic.settings(), nic.changes())));
        }
        BridgeSettings bridge = then(before.bridge().settings(), before.bridge().changes());
        if (whatIf.mode().isPresent()) {
            for (LanNic nic : before.nics()) {
                for (int number : nic.bridgePorts()) {
                    boolean reflects =
                            inMode.bridge().settings().ports().get(number).reflects();
                    bridge = bridge.withPort(number, port -> port.withReflects(reflects));
                }
            }
        }
        ChangeGrammar grammar = new ChangeGrammar(now, bridge, NO_POLICIES);
        List<Change> lines = new ArrayList<>();
        for (String line : whatIf.lines()) {
            lines.add(read(grammar, line));
        }
        List<LanNic> nics = new ArrayList<>();
        for (int number = 0; number < now.size(); number++) {
            LanNic nic = before.nics().get(number);
            Timeline<NicSettings> timeline = new Timeline<>(
                    now.get(number), (refused, was) -> refused.left().orElse(was));
            for (Timed<NicSettings> asked : Timeline.unanswered(before(nic.changes()))) {
                timeline.waits(asked.time(), set, asked.change(), atNic(grammar, asked));
            }
            for (int line = 0; line < lines.size(); line++) {
                if (lines.get(line) instanceof Change.AtNic at
                        && at.nic().equals(nic.settings().name())) {
                    timeline.say(set, whatIf.lines().get(line), at.effect());
                }
            }
            for (Timed<NicSettings> change : toCome(nic.changes())) {
                timeline.say(change.time(), change.change(), atNic(grammar, change));
            }
            if (timeline.now().host().stallsSending()) {
                throw new PlacementRefused("--set: transmit rings of "
                        + nic.settings().name() + " that stand still to the end: expected a fault that ends");
            }
            nics.add(nic.with(now.get(number)).with(timeline.changes()));
        }
        Timeline<BridgeSettings> timeline = new Timeline<>(bridge, (refused, was) -> was);
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line) instanceof Change.AtBridge at) {
                timeline.say(set, whatIf.lines().get(line), at.effect());
            }
        }
        for (Timed<BridgeSettings> change : toCome(before.bridge().changes())) {
            timeline.say(change.time(), change.change(), atBridge(grammar, change));
        }
        return new LanSettings(
                nics, new LanBridge(bridge, timeline.changes(), before.bridge().latency()), before.known());
    }

    private NicSettings altered(NicSettings nic) throws PlacementRefused, IOException {
        try {
            NicSettings altered = whatIf.mode().map(nic::in).orElse(nic);
            altered = whatIf.device().isPresent()
                    ? ChangeGrammar.onDevice(altered, whatIf.device().get())
                    : altered;
            return whatIf.policy().isPresent()
                    ? altered.under(PolicyFile.read(whatIf.policy().get(), altered))
                    : altered;
        } catch (Refused refused) {
            throw new PlacementRefused(refused.getMessage());
        }
    }

    private static Change read(ChangeGrammar grammar, String line) throws PlacementRefused {
        if (WireCommand.isPause(line)) {
            throw new PlacementRefused("--set '" + line + "': a pause has an end, which a topology file can say");
        }
        try {
            return grammar.read(line);
        } catch (ChangeInvalid wrong) {
            throw new PlacementRefused("--set '" + line + "': " + wrong.getMessage());
        }
    }

    private <S> S then(S start, List<Timed<S>> changes) {
        S now = start;
        for (Timed<S> change : changes) {
            now = change.time() < time ? change.settings() : now;
        }
        return now;
    }

    private <S> List<Timed<S>> before(List<Timed<S>> changes) {
        return changes.stream().filter(change -> change.time() < time).toList();
    }

    private <S> List<Timed<S>> toCome(List<Timed<S>> changes) {
        return changes.stream()
                .filter(change -> change.time() >= time && !Timeline.isEnd(change))
                .toList();
    }

    private static UnaryOperator<NicSettings> atNic(ChangeGrammar grammar, Timed<NicSettings> change) {
        if (isProfile(change)) {
            String function = change.change().replaceFirst(".*[ .]", "");
            return now -> asThen(change, now)
                    .with(function, vsi -> change.settings().vsi(function))
                    .under(change.settings().policy());
        }
        if (!isPolicy(change) && parsed(grammar, change) instanceof Change.AtNic at) {
            return at.effect();
        }
        return now -> asThen(change, now).under(change.settings().policy());
    }

    /** What was refused then is refused now. */
    private static NicSettings asThen(Timed<NicSettings> change, NicSettings now) {
        if (!change.refusal().isEmpty()) {
            throw new Refused(change.refusal());
        }
        return now;
    }

    private static UnaryOperator<BridgeSettings> atBridge(ChangeGrammar grammar, Timed<BridgeSettings> change) {
        if (!isPolicy(change) && parsed(grammar, change) instanceof Change.AtBridge at) {
            return at.effect();
        }
        return now -> now.withPolicy(change.settings().policy());
    }

    /** Names of policies and profiles are known to the file only; what was named is in the settings. */
    private static boolean isPolicy(Timed<?> change) {
        return said(change).startsWith("policy ");
    }

    private static boolean isProfile(Timed<?> change) {
        return said(change).startsWith("profile ");
    }

    private static String said(Timed<?> change) {
        return change.change().replaceFirst("^in \\S+ ", "");
    }

    private static Change parsed(ChangeGrammar grammar, Timed<?> change) {
        try {
            return grammar.read(change.change());
        } catch (ChangeInvalid wrong) {
            throw new IllegalStateException("was understood before: " + change.change(), wrong);
        }
    }

    private static final ChangeGrammar.Policies NO_POLICIES = new ChangeGrammar.Policies() {
        @Override
        public Collection<String> names() {
            return List.of();
        }

        @Override
        public Policy of(String name, String relay) {
            return Policy.NONE;
        }
    };
}
