package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.travel.Asked.NotUnderstood;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.wire.Selection;
import dev.hairpin.model.wire.TrafficClasses;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code dcb ets show} and {@code ethtool -a}: the traffic classes of a NIC's wire and whether it heeds PAUSE. The layouts are
 * those of iproute2 and ethtool 6.1, spaces at the ends of lines included. A NIC here follows nobody's recommendation, has
 * received none, and sends no PAUSE.
 */
final class WireShow {
    private static final List<Integer> NOTHING = Collections.nCopies(TrafficClasses.MOST, 0);
    private static final List<String> STRICT = Collections.nCopies(TrafficClasses.MOST, Selection.STRICT.word());

    private WireShow() {}

    /** {@code dcb ets show dev NIC}. */
    static Answer classes(StateAt state, Netdev device) throws NotUnderstood {
        NicSettings nic = nic(state, device, "dcb ets");
        TrafficClasses classes = nic.wire().classes();
        List<String> selection =
                classes.selection().stream().map(Selection::word).toList();
        return new Answer(
                List.of(
                        "willing off ets-cap " + nic.device().get(Choice.CLASSES) + " cbs off ",
                        list("tc-bw", classes.bandwidth()),
                        list("pg-bw", NOTHING),
                        list("tc-tsa", selection),
                        list("prio-tc", classes.classOf()),
                        list("reco-tc-bw", NOTHING),
                        list("reco-tc-tsa", STRICT),
                        list("reco-prio-tc", NOTHING)),
                List.of());
    }

    private static String list(String name, List<?> values) {
        return IntStream.range(0, values.size())
                .mapToObj(at -> at + ":" + values.get(at) + " ")
                .collect(Collectors.joining("", name + " ", ""));
    }

    /** {@code ethtool -a NIC}. */
    static Answer pauses(StateAt state, Netdev device) throws NotUnderstood {
        boolean heeds = nic(state, device, "ethtool -a").wire().flow().heeds();
        return new Answer(
                List.of(
                        "Pause parameters for " + device.name() + ":",
                        "Autonegotiate:\toff",
                        "RX:\t\t" + (heeds ? "on" : "off"),
                        "TX:\t\toff",
                        ""),
                List.of());
    }

    private static NicSettings nic(StateAt state, Netdev device, String what) throws NotUnderstood {
        return state.nics().stream()
                .map(StateAt.Nic::settings)
                .filter(nic -> nic.name().equals(device.name()))
                .findFirst()
                .orElseThrow(() -> new NotUnderstood("found " + device.name() + " for " + what
                        + ", expected a NIC: nothing else has a wire of its own"));
    }
}
