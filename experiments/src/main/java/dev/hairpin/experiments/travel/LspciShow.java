package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.pci.Lspci;
import dev.hairpin.experiments.travel.Asked.NotUnderstood;
import dev.hairpin.model.pci.FunctionMode;
import dev.hairpin.model.pci.MultiRoot;
import dev.hairpin.model.pci.PciDevice;
import dev.hairpin.model.pci.PciHost;
import dev.hairpin.model.pci.PciModel;
import dev.hairpin.model.pci.PciModels;
import dev.hairpin.model.privilege.Sharing;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code lspci [-n|-v|-vv|-vvv] [-d VENDOR:DEVICE]}: the functions of the NICs on their buses, as their function modes have
 * them, those with virtual functions after as many were enabled as there are VFs. Each NIC is in a slot of its own; of one
 * that several root complexes share, each sees its own functions.
 */
final class LspciShow {
    private static final int FIRST_BUS = 5;
    private static final String IDS = "[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}";

    private final Lspci.Detail detail;
    private final String selected;

    private LspciShow(Lspci.Detail detail, String selected) {
        this.detail = detail;
        this.selected = selected;
    }

    /** Reads the words behind {@code lspci}. */
    static LspciShow of(Deque<String> words) throws NotUnderstood {
        Lspci.Detail detail = Lspci.Detail.LINES;
        String selected = ":";
        while (!words.isEmpty()) {
            String word = words.poll();
            switch (word) {
                case "-n" -> detail = Lspci.Detail.NUMBERS;
                case "-v" -> detail = Lspci.Detail.VERBOSE;
                case "-vv", "-vvv" -> detail = Lspci.Detail.ALL;
                case "-d" -> {
                    String ids = words.isEmpty() ? "nothing" : words.poll();
                    if (!ids.matches(IDS)) {
                        throw new NotUnderstood(
                                "found " + ids + " behind -d, expected VENDOR:DEVICE such as 17d5:5833");
                    }
                    selected = ids.toLowerCase(Locale.ROOT);
                }
                default ->
                    throw new NotUnderstood(
                            "found '" + word + "' behind lspci, expected -n, -v, -vv, -vvv or -d VENDOR:DEVICE");
            }
        }
        return new LspciShow(detail, selected);
    }

    /** @param hierarchy the root complex that asks, empty for the host */
    Answer of(StateAt state, String hierarchy) throws NotUnderstood {
        List<String> lines = new ArrayList<>();
        boolean known = hierarchy.isEmpty();
        for (int number = 0; number < state.nics().size(); number++) {
            NicSettings nic = state.nics().get(number).settings();
            Map<String, List<String>> trees = nic.privileges().sharing().hierarchies();
            if (hierarchy.isEmpty() || trees.containsKey(hierarchy)) {
                known = true;
                lines.addAll(Lspci.lines(
                        plugged(nic, FIRST_BUS + number, hierarchy), PciHost.pause(true), detail, selected));
            }
        }
        if (!known) {
            throw new NotUnderstood("found in " + hierarchy + ", expected a root complex of a NIC: "
                    + state.nics().stream()
                            .flatMap(nic -> nic.settings().privileges().sharing().hierarchies().keySet().stream())
                            .collect(Collectors.joining(", ")));
        }
        return new Answer(lines, List.of());
    }

    /**
     * Where a function of a NIC is on PCI, seen from the root complex that has it; empty for a NIC on no PCI bus.
     *
     * @param number of the NIC
     * @param function its name; empty for the NIC's own, function 0
     */
    static String slot(NicSettings nic, int number, String function) {
        Sharing sharing = nic.privileges().sharing();
        String hierarchy = sharing.hierarchy(function).orElse("");
        try {
            PciDevice device = plugged(nic, FIRST_BUS + number, hierarchy);
            List<String> slots = Lspci.slots(device, PciHost.pause(true));
            int at = function.isEmpty() ? 0 : members(nic, hierarchy).indexOf(function);
            return at >= 0 && at < slots.size() ? slots.get(at) : "";
        } catch (NotUnderstood nowhere) {
            return "";
        }
    }

    /** The functions of a root complex, or of the only one, by their numbers; function 0 is there without a name, too. */
    private static List<String> members(NicSettings nic, String hierarchy) {
        Sharing sharing = nic.privileges().sharing();
        List<String> all = sharing.hierarchies()
                .getOrDefault(hierarchy, nic.vsis().stream().map(Vsi::name).toList());
        boolean first = sharing.isBase(hierarchy);
        String physical = nic.vsis().stream()
                .filter(vsi -> vsi.settings().physical())
                .map(Vsi::name)
                .findFirst()
                .orElse("");
        List<String> members = new ArrayList<>(all);
        if (first) {
            members.remove(physical);
            members.add(0, physical);
        }
        return members;
    }

    private static PciDevice plugged(NicSettings nic, int bus, String hierarchy) throws NotUnderstood {
        List<String> known = PciModels.all().stream().map(PciModel::name).toList();
        PciModel model = PciModels.named(nic.device().name())
                .orElseThrow(
                        () -> new NotUnderstood("found device " + nic.device().name() + " for " + nic.name()
                                + ", which is on no PCI bus; expected a run on " + String.join(", ", known)));
        Sharing sharing = nic.privileges().sharing();
        FunctionMode mode = model.mode(sharing.mode()).orElse(model.modes().get(0));
        PciDevice device = device(model, mode, bus, nic, hierarchy);
        PciHost host = new PciHost(device, PciHost.Addresses.USUAL, model.virtualLimit());
        host.enumerate(0);
        if (device.mode().kind() == FunctionMode.Kind.SR_IOV) {
            Optional<PciHost.Refusal> refusal =
                    host.virtualFunctions(members(nic, seen(sharing, hierarchy)).size() - 1, 0);
            if (refusal.isPresent()) {
                throw new NotUnderstood(nic.name() + ": " + refusal.get().text() + " ("
                        + refusal.get().errno() + ")");
            }
        }
        return device;
    }

    private static PciDevice device(PciModel model, FunctionMode mode, int bus, NicSettings nic, String hierarchy) {
        Sharing sharing = nic.privileges().sharing();
        if (mode.kind() != FunctionMode.Kind.MR_IOV) {
            return new PciDevice(model, mode, bus);
        }
        Map<String, Integer> functions = new LinkedHashMap<>();
        sharing.hierarchies()
                .keySet()
                .forEach(tree -> functions.put(tree, members(nic, tree).size()));
        return new MultiRoot(model, mode, functions, bus).in(seen(sharing, hierarchy));
    }

    /** The host is the base hierarchy's. */
    private static String seen(Sharing sharing, String hierarchy) {
        return hierarchy.isEmpty() && !sharing.hierarchies().isEmpty()
                ? sharing.hierarchies().keySet().iterator().next()
                : hierarchy;
    }
}
