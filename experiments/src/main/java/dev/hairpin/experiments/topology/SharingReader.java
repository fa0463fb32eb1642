package dev.hairpin.experiments.topology;

import dev.hairpin.model.decision.Evidence;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.pci.FunctionMode;
import dev.hairpin.model.pci.FunctionMode.Kind;
import dev.hairpin.model.pci.PciModel;
import dev.hairpin.model.pci.PciModels;
import dev.hairpin.model.privilege.Sharing;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.ring.HostSide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the function mode of a NIC, and which root complex has which of its functions. */
final class SharingReader {
    private static final String TREES = "an object such as { rc0 = [pf, vf0], rc1 = [vf1, vf2] }";

    private final List<Vsi> vsis;

    private SharingReader(List<Vsi> vsis) {
        this.vsis = vsis;
    }

    /** How the functions are shared; they must be no more than the mode has, nor have more queues. */
    static Sharing read(Block nic, Device device, List<Vsi> vsis, List<HostSide.Function> rings) {
        SharingReader reader = new SharingReader(vsis);
        Entry word = nic.find("function-mode").orElse(null);
        Entry trees = nic.find("hierarchies").orElse(null);
        if (word == null) {
            if (trees != null) {
                trees.wrong("found hierarchies, expected function-mode = mr-iov beside them");
            }
            return Sharing.USUAL;
        }
        PciModel model = PciModels.named(device.name()).orElse(null);
        if (model == null) {
            word.wrong("found a function mode, expected a device on a PCI bus: "
                    + PciModels.all().stream().map(PciModel::name).collect(Collectors.joining(", ")));
            return Sharing.USUAL;
        }
        Map<String, FunctionMode> modes = modes(model);
        FunctionMode mode = word.oneOf(
                modes,
                "one of " + String.join(", ", modes.keySet()),
                model.modes().get(0));
        return reader.in(model, mode, word, trees, rings);
    }

    private Sharing in(
            PciModel model, FunctionMode mode, Entry word, @Nullable Entry trees, List<HostSide.Function> rings) {
        if (mode.evidence() == Evidence.ASSUMED) {
            word.warn("how many functions it has is assumed: " + mode.source());
        }
        tooMany(model, mode, vsis).ifPresent(word::wrong);
        for (int port = 0; port < vsis.size() && model.paths() > 0; port++) {
            int queues = rings.get(port).queues();
            if (queues > model.paths(mode)) {
                word.wrong(
                        vsis.get(port).name() + " has " + queues + " queues, expected as many as it has virtual paths: "
                                + model.paths(mode) + " of " + model.paths());
            }
        }
        if (mode.kind() != Kind.MR_IOV) {
            if (trees != null) {
                trees.wrong("found hierarchies, expected none in " + mode.name() + ", which is for one system");
            }
            return new Sharing(mode.name(), Map.of());
        }
        return new Sharing(mode.name(), trees == null ? oneTree(vsis) : trees(trees));
    }

    private Map<String, List<String>> trees(Entry entry) {
        Map<String, String> owners = new LinkedHashMap<>();
        Map<String, List<String>> trees = new LinkedHashMap<>();
        Map<String, String> functions = new LinkedHashMap<>();
        vsis.forEach(vsi -> functions.put(vsi.name(), vsi.name()));
        entry.block(TREES)
                .ifPresent(block -> block.each("a root complex", (name, tree) -> {
                    List<String> members = new ArrayList<>();
                    if (functions.containsKey(name) || name.equals(Place.CHASSIS)) {
                        tree.wrong("found a root complex named " + name
                                + ", expected another name: that is a place of its own");
                    }
                    for (Entry one : tree.list("functions")) {
                        String function = one.oneOf(functions, "one of " + String.join(", ", functions.keySet()), "");
                        String owner = function.isEmpty() ? null : owners.putIfAbsent(function, name);
                        if (owner != null) {
                            one.wrong("found " + function + ", which " + owner
                                    + " has: each function is in one hierarchy");
                        } else if (function.equals(VsiReader.PF) && !trees.isEmpty()) {
                            one.wrong("found pf, expected it in the first hierarchy, whose base function it is");
                        } else if (!function.isEmpty()) {
                            members.add(function);
                        }
                    }
                    trees.put(name, members);
                }));
        List<String> without = functions.keySet().stream()
                .filter(function -> !owners.containsKey(function))
                .toList();
        if (!without.isEmpty()) {
            entry.wrong("found no hierarchy for " + String.join(", ", without) + ", expected each function in one");
        }
        return trees;
    }

    private static Map<String, FunctionMode> modes(PciModel model) {
        Map<String, FunctionMode> modes = new LinkedHashMap<>();
        model.modes().forEach(mode -> modes.put(mode.name(), mode));
        return modes;
    }

    private static Map<String, List<String>> oneTree(List<Vsi> vsis) {
        return Map.of("rc0", vsis.stream().map(Vsi::name).toList());
    }

    /** Function 0 is there, be it named or not. */
    private static Optional<String> tooMany(PciModel model, FunctionMode mode, List<Vsi> vsis) {
        long virtuals = vsis.stream().filter(vsi -> !vsi.settings().physical()).count();
        int most = model.functions(mode) - 1;
        return virtuals <= most
                ? Optional.empty()
                : Optional.of("found " + virtuals + " functions beside the physical one, expected " + most
                        + " at most: " + model.name() + " in " + mode.name());
    }

    /** The NIC in another mode, as after a power cycle, which takes no time here. Throws {@link Refused} when it has no such. */
    static NicSettings entered(NicSettings nic, String word) {
        PciModel model = PciModels.named(nic.device().name())
                .orElseThrow(() -> new Refused(nic.device() + " is on no PCI bus and has no function modes"));
        FunctionMode mode = model.mode(word)
                .orElseThrow(() -> new Refused(nic.device() + " has no function mode " + word + ", but "
                        + String.join(", ", modes(model).keySet())));
        tooMany(model, mode, nic.vsis()).ifPresent(why -> {
            throw new Refused(why);
        });
        Sharing before = nic.privileges().sharing();
        if (mode.kind() != Kind.MR_IOV) {
            if (before.hierarchies().size() > 1) {
                throw new Refused(String.join(", ", before.hierarchies().keySet()) + " share " + nic.name() + ", which "
                        + word + " has no way to");
            }
            return nic.leaving(nic.privileges().shared(new Sharing(word, Map.of())));
        }
        Map<String, List<String>> trees = before.hierarchies().isEmpty() ? oneTree(nic.vsis()) : before.hierarchies();
        return nic.leaving(nic.privileges().shared(new Sharing(word, trees)));
    }

    /** The NIC on another device: in its usual mode where it has none of that name. */
    static NicSettings known(NicSettings nic) {
        String word = nic.privileges().sharing().mode();
        boolean known = word.isEmpty()
                || PciModels.named(nic.device().name())
                        .flatMap(model -> model.mode(word))
                        .isPresent();
        return known ? nic : nic.leaving(nic.privileges().shared(Sharing.USUAL));
    }
}
