package dev.hairpin.experiments.pci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.pci.Lspci.Detail;
import dev.hairpin.experiments.testkit.Golden;
import dev.hairpin.experiments.testkit.Tool;
import dev.hairpin.model.pci.FunctionMode;
import dev.hairpin.model.pci.MultiRoot;
import dev.hairpin.model.pci.PciDevice;
import dev.hairpin.model.pci.PciHost;
import dev.hairpin.model.pci.PciModel;
import dev.hairpin.model.pci.PciModels;
import dev.hairpin.model.pci.Register;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our lines beside those that {@code lspci -F} makes of a dump of the same configuration spaces. */
class LspciTest {
    private static final long NOW = PciHost.pause(true);
    private static final int BUS = 5;

    @TempDir
    private Path folder;

    private static PciDevice plugged(PciModel model, FunctionMode mode) {
        return enumerated(new PciDevice(model, mode, BUS));
    }

    private static PciDevice enumerated(PciDevice device) {
        PciHost host =
                new PciHost(device, PciHost.Addresses.USUAL, device.model().virtualLimit());
        host.enumerate(0);
        if (device.mode().kind() == FunctionMode.Kind.SR_IOV) {
            assertThat(host.virtualFunctions(Math.min(3, device.mode().functions() - 1), 0))
                    .isEmpty();
        }
        return device;
    }

    /** What each root complex sees in a mode, two of them where a mode is for several; one has the name of the mode. */
    private static Map<String, PciDevice> views(PciModel model, FunctionMode mode) {
        Map<String, PciDevice> views = new LinkedHashMap<>();
        if (mode.kind() == FunctionMode.Kind.MR_IOV) {
            Map<String, Integer> functions = new LinkedHashMap<>();
            functions.put("rc0", mode.functions() - 1);
            functions.put("rc1", 1);
            MultiRoot shared = new MultiRoot(model, mode, functions, BUS);
            shared.names().forEach(name -> views.put(mode.name() + " in " + name, enumerated(shared.in(name))));
        } else {
            views.put(mode.name(), plugged(model, mode));
        }
        return views;
    }

    /**
     * What the real tool says, and ours without what only a running system knows: the sizes of windows. From a dump the
     * tool also makes a window of its own of the upper half of an address of 64 bits, which on a system it does not.
     */
    private void hold(PciDevice device, Detail detail, List<String> options, String what) throws Exception {
        Path dump = folder.resolve("dump");
        Files.write(dump, Lspci.dump(device, NOW));
        List<String> command = new ArrayList<>(List.of("lspci", "-F", dump.toString()));
        command.addAll(options);
        List<String> theirs = Tool.lines(command).stream()
                .filter(line -> !line.endsWith("Memory at <unassigned> (32-bit, prefetchable)"))
                .toList();
        List<String> ours = Lspci.lines(device, NOW, detail, "").stream()
                .map(line -> line.replaceAll(" \\[size=[0-9KM]+\\]$", ""))
                .toList();
        assertThat(String.join("\n", ours)).as(what).isEqualTo(String.join("\n", theirs));
    }

    private static PciDevice physicalOnly(PciModel model) {
        PciDevice device = new PciDevice(model, model.modes().get(0), BUS);
        new PciHost(device, PciHost.Addresses.USUAL, model.virtualLimit()).enumerate(0);
        return device;
    }

    @Test
    void physicalFunctionsReadAsInTheRealTool() throws Exception {
        Tool.assumeThere("lspci");
        for (PciModel model : PciModels.all()) {
            PciDevice device = physicalOnly(model);
            hold(device, Detail.LINES, List.of(), model.name());
            hold(device, Detail.NUMBERS, List.of("-n"), model.name());
            hold(device, Detail.VERBOSE, List.of("-v"), model.name());
            hold(device, Detail.ALL, List.of("-vvv"), model.name());
        }
    }

    @Test
    void whateverSoftwareWritesReadsAsInTheRealTool() throws Exception {
        Tool.assumeThere("lspci");
        for (PciModel model : PciModels.all()) {
            for (long seed = 1; seed <= 20; seed++) {
                PciDevice device = physicalOnly(model);
                scribble(device, new SplittableRandom(seed));
                hold(device, Detail.ALL, List.of("-vvv"), model.name() + ", seed " + seed);
            }
        }
    }

    /** Writes to every register behind the header but those that switch virtual functions or reset. */
    private static void scribble(PciDevice device, SplittableRandom random) {
        int id = device.routingId(0);
        for (Register register : device.table(0)) {
            boolean left = register.offset() < 0x40 || register.name().matches("SR-IOV Control|Device Control|.*BAR.*");
            for (int i = 0; !left && i < register.octets(); i++) {
                device.write(id, register.offset() + i, 1, random.nextInt(256), NOW);
            }
        }
    }

    @Test
    void everyFunctionIsListedWithItsWindows() throws Exception {
        Golden.hold("lspci.txt", () -> {
            StringBuilder text = new StringBuilder();
            for (PciModel model : PciModels.all()) {
                for (FunctionMode mode : model.modes()) {
                    views(model, mode).forEach((name, device) -> {
                        text.append("# " + model.name() + ", " + name + "\n");
                        Lspci.lines(device, NOW, Detail.LINES, "")
                                .forEach(line -> text.append(line).append('\n'));
                    });
                }
                text.append("# ").append(model.name()).append(" -vvv\n");
                Lspci.lines(plugged(model, model.modes().get(0)), NOW, Detail.ALL, "")
                        .forEach(line -> text.append(line).append('\n'));
            }
            return text.toString();
        });
    }

    /** With few functions all of each, otherwise where they are and what they have. */
    @Test
    void everyFunctionModeIsShownInFull() throws Exception {
        PciModel model = PciModels.named("x3100").orElseThrow();
        Golden.hold("lspci-modes.txt", () -> {
            StringBuilder text = new StringBuilder();
            for (FunctionMode mode : model.modes()) {
                Detail detail = mode.functions() <= 4 ? Detail.ALL : Detail.VERBOSE;
                views(model, mode).forEach((name, device) -> {
                    text.append("# " + name + (detail == Detail.ALL ? " -vvv" : " -v") + "\n");
                    Lspci.lines(device, NOW, detail, "")
                            .forEach(line -> text.append(line).append('\n'));
                });
            }
            return text.toString();
        });
    }

    @Test
    void functionsOfEveryLegacyModeReadAsInTheRealTool() throws Exception {
        Tool.assumeThere("lspci");
        for (PciModel model : PciModels.all()) {
            for (FunctionMode mode : model.modes()) {
                if (mode.kind() == FunctionMode.Kind.LEGACY) {
                    hold(plugged(model, mode), Detail.VERBOSE, List.of("-v"), mode.name());
                    hold(plugged(model, mode), Detail.ALL, List.of("-vvv"), mode.name());
                }
            }
        }
    }
}
