package dev.hairpin.experiments.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.topology.Nearest;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.pci.FunctionMode;
import dev.hairpin.model.pci.PciModel;
import dev.hairpin.model.pci.PciModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "devices",
        description =
                "Lists the devices that a NIC can be, or prints what one of them answers to every question, and on"
                        + " what that is founded.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DevicesCommand implements Callable<Integer> {
    private static final List<String> HEADER = List.of("", "choice", "answer", "grade", "question", "source");

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Of a device; without it all are listed.")
    private @Nullable String name;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Device device = name == null ? null : named("device", name);
        if (json) {
            out.println(JSON.std
                    .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                    .asString(device == null ? Map.of("devices", values()) : values(device)));
        } else if (device == null) {
            print(Devices.all().stream().map(DevicesCommand::line).toList(), out);
        } else {
            out.println(device.name() + ": " + device.title());
            print(table(device), out);
            GuestDriver guest = GuestDriver.of(device);
            out.println("what a guest asks for: " + guest.evidence().word() + ", " + guest.source());
            if (device.name().equals(Devices.IEEE.name())) {
                return ExitCode.DONE;
            }
            out.println("* answers otherwise than " + Devices.IEEE.name());
            PciModels.named(device.name()).ifPresent(model -> print(modes(model), out));
        }
        return ExitCode.DONE;
    }

    /** The device that a word given for {@code what} names. */
    static Device named(String what, String name) {
        List<String> names = Devices.all().stream().map(Device::name).toList();
        return Devices.named(name)
                .orElseThrow(() -> new Unusable(what + ": found " + name + ", expected " + String.join(", ", names)
                        + Nearest.hint(name, names)));
    }

    private static List<String> line(Device device) {
        long others =
                Choice.all().stream().filter(choice -> differs(device, choice)).count();
        String differences = device.name().equals(Devices.IEEE.name())
                ? ""
                : others + " of " + Choice.all().size() + " answers other than " + Devices.IEEE.name() + "'s";
        return List.of(device.name(), device.title(), differences);
    }

    private static List<List<String>> table(Device device) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (Choice<?> choice : Choice.all()) {
            Device.Answer answer = device.answer(choice);
            rows.add(List.of(
                    differs(device, choice) ? "*" : "",
                    choice.name(),
                    Choice.word(answer.value()),
                    answer.evidence().word(),
                    choice.question(),
                    answer.source()));
        }
        return rows;
    }

    /** The function modes that a NIC of that device can be in. */
    private static List<List<String>> modes(PciModel model) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("function mode", "functions", "grade", "source"));
        for (FunctionMode mode : model.modes()) {
            rows.add(List.of(
                    mode.name(),
                    Integer.toString(model.functions(mode)),
                    mode.evidence().word(),
                    mode.source()));
        }
        return rows;
    }

    private static boolean differs(Device device, Choice<?> choice) {
        return !device.get(choice).equals(Devices.IEEE.get(choice));
    }

    private static List<Map<String, Object>> values() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Device device : Devices.all()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", device.name());
            one.put("title", device.title());
            all.add(one);
        }
        return all;
    }

    private static Map<String, Object> values(Device device) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", device.name());
        values.put("title", device.title());
        GuestDriver guest = GuestDriver.of(device);
        Map<String, Object> asks = new LinkedHashMap<>();
        asks.put("grade", guest.evidence().word());
        asks.put("source", guest.source());
        values.put("guest", asks);
        PciModels.named(device.name())
                .ifPresent(model -> values.put(
                        "functionModes",
                        model.modes().stream().map(mode -> values(model, mode)).toList()));
        List<Map<String, Object>> choices = new ArrayList<>();
        for (Choice<?> choice : Choice.all()) {
            Device.Answer answer = device.answer(choice);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("choice", choice.name());
            one.put("question", choice.question());
            one.put("answer", Choice.word(answer.value()));
            one.put("grade", answer.evidence().word());
            one.put("source", answer.source());
            one.put("differs", differs(device, choice));
            choices.add(one);
        }
        values.put("choices", choices);
        return values;
    }

    private static Map<String, Object> values(PciModel model, FunctionMode mode) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", mode.name());
        values.put("functions", model.functions(mode));
        values.put("grade", mode.evidence().word());
        values.put("source", mode.source());
        return values;
    }

    /** In columns, each as wide as its longest; nothing behind the last. */
    private static void print(List<List<String>> rows, PrintWriter out) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
