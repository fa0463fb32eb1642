package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.pci.Lspci;
import dev.hairpin.experiments.travel.Asked.NotUnderstood;
import dev.hairpin.model.pci.FunctionMode;
import dev.hairpin.model.pci.PciDevice;
import dev.hairpin.model.pci.PciHost;
import dev.hairpin.model.pci.PciModel;
import dev.hairpin.model.pci.PciModels;
import dev.hairpin.model.relay.NicSettings;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code lspci [-n|-v|-vv|-vvv] [-d VENDOR:DEVICE]}: the functions of the NICs on their buses, those with virtual functions
 * after as many were enabled as there are VFs. Each NIC is in a slot of its own.
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

    Answer of(StateAt state) throws NotUnderstood {
        List<String> lines = new ArrayList<>();
        for (int nic = 0; nic < state.nics().size(); nic++) {
            lines.addAll(Lspci.lines(
                    plugged(state.nics().get(nic).settings(), FIRST_BUS + nic), PciHost.pause(true), detail, selected));
        }
        return new Answer(lines, List.of());
    }

    /** Where the functions of a NIC are, in the order of their numbers; nowhere if it is on no PCI bus. */
    static List<String> slots(NicSettings nic, int number) {
        try {
            return Lspci.slots(plugged(nic, FIRST_BUS + number), PciHost.pause(true));
        } catch (NotUnderstood nowhere) {
            return List.of();
        }
    }

    private static PciDevice plugged(NicSettings nic, int bus) throws NotUnderstood {
        List<String> known = PciModels.all().stream().map(PciModel::name).toList();
        PciModel model = PciModels.named(nic.device().name())
                .orElseThrow(
                        () -> new NotUnderstood("found device " + nic.device().name() + " for " + nic.name()
                                + ", which is on no PCI bus; expected a run on " + String.join(", ", known)));
        FunctionMode mode = model.modes().get(0);
        PciDevice device = new PciDevice(model, mode, bus);
        PciHost host = new PciHost(device, PciHost.Addresses.USUAL, model.virtualLimit());
        host.enumerate(0);
        int virtuals = (int)
                nic.vsis().stream().filter(vsi -> !vsi.settings().physical()).count();
        Optional<PciHost.Refusal> refusal = host.virtualFunctions(virtuals, 0);
        if (refusal.isPresent()) {
            throw new NotUnderstood(nic.name() + ": " + refusal.get().text() + " ("
                    + refusal.get().errno() + ")");
        }
        return device;
    }
}
