package dev.hairpin.experiments.linux;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.linux.SetUp.Port;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.Vsi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sends frames through the running kernel; what is done there is told in {@code lab.py} among the test resources. */
final class LinuxLab {
    /** This machine lacks what it takes. */
    static final class Missing extends Exception {
        private final String what;
        private final boolean forAll;

        Missing(String what, boolean forAll) {
            super(what);
            this.what = what;
            this.forAll = forAll;
        }

        /** Whether nothing can be measured, and not only this set-up. */
        boolean forAll() {
            return forAll;
        }

        String what() {
            return what;
        }
    }

    /**
     * What the kernel did.
     *
     * @param kernel its release
     * @param setUp as it came out: functions listen to more than was asked for
     * @param received of each frame, how many copies each end got
     * @param refused of each frame, why it could not be sent; empty when it could
     */
    record Measured(String kernel, SetUp setUp, List<Map<String, Integer>> received, List<String> refused) {}

    private LinuxLab() {}

    /** @param rounds of frames */
    static Measured measure(SetUp setUp, List<List<Probe>> rounds) throws IOException, Missing, InterruptedException {
        List<Probe> probes = rounds.stream().flatMap(List::stream).toList();
        Process python;
        try {
            python = new ProcessBuilder("python3", script().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException absent) {
            throw new Missing("python3", true);
        }
        try (BufferedReader answer = python.inputReader(StandardCharsets.UTF_8)) {
            // It reads everything before it says anything.
            try (Writer request = python.outputWriter(StandardCharsets.UTF_8)) {
                request.write(JSON.std.asString(request(setUp, rounds)));
            }
            List<Map<String, @Nullable Object>> lines = new ArrayList<>();
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                lines.add(JSON.std.mapFrom(line));
            }
            if (python.waitFor() != 0 || lines.isEmpty() || lines.get(0).containsKey("failed")) {
                throw new IllegalStateException(setUp + ": exit " + python.exitValue() + " " + lines);
            }
            return read(setUp, probes, lines);
        } finally {
            python.destroyForcibly();
        }
    }

    private static Measured read(SetUp setUp, List<Probe> probes, List<Map<String, @Nullable Object>> lines)
            throws Missing {
        Map<String, @Nullable Object> first = lines.get(0);
        Object missing = first.get("missing");
        if (missing != null) {
            throw new Missing(missing.toString(), true);
        }
        Object lacking = first.get("lacking");
        if (lacking != null) {
            throw new Missing(lacking.toString(), false);
        }
        if (lines.size() != 1 + probes.size()) {
            throw new IllegalStateException(setUp + ": " + lines.get(lines.size() - 1));
        }
        Map<?, ?> listening = (Map<?, ?>) there(first, "listening");
        List<Vsi> functions = setUp.functions().stream()
                .map(vsi -> listening(vsi, (List<?>) Objects.requireNonNull(listening.get(vsi.name()))))
                .toList();
        List<Map<String, Integer>> received = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Map<String, @Nullable Object> line : lines.subList(1, lines.size())) {
            Map<String, Integer> copies = new TreeMap<>();
            ((Map<?, ?>) there(line, "received")).forEach((end, count) -> copies.put((String) end, (Integer) count));
            received.add(copies);
            refused.add(Objects.requireNonNullElse(line.get("refused"), "").toString());
        }
        return new Measured(there(first, "kernel").toString(), setUp.listening(functions), received, refused);
    }

    private static Vsi listening(Vsi vsi, List<?> groups) {
        List<Long> listening = groups.stream()
                .map(group -> Mac.parse(group.toString()).orElseThrow())
                .toList();
        if (!listening.containsAll(vsi.groups())) {
            throw new IllegalStateException(vsi.name() + " listens to " + groups + " only");
        }
        return new Vsi(vsi.name(), vsi.addresses(), listening, vsi.settings());
    }

    private static Object there(Map<String, @Nullable Object> line, String key) {
        return Objects.requireNonNull(line.get(key), () -> "no " + key + " in " + line);
    }

    private static Map<String, @Nullable Object> request(SetUp setUp, List<List<Probe>> rounds) {
        boolean nic = setUp.mode().isPresent();
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("nic", nic);
        request.put("needs", setUp.needs().stream().map(SetUp.Feature::word).toList());
        request.put("hairpin", setUp.ports().get(0).reflects());
        request.put(
                "vfs",
                setUp.functions().stream()
                        .map(vsi -> Map.of(
                                "name", vsi.name(),
                                "address", Mac.format(vsi.addresses().get(0)),
                                "mode", word(setUp, vsi),
                                "groups", vsi.groups().stream().map(Mac::format).toList(),
                                "all_groups", vsi.allGroups()))
                        .toList());
        List<Port> ports = setUp.ports();
        request.put(
                "ports",
                ports.subList(nic ? 1 : 0, ports.size()).stream()
                        .map(port -> Map.of("name", port.name(), "hairpin", port.reflects()))
                        .toList());
        request.put(
                "fdb",
                setUp.known().stream()
                        .map(known -> Map.of(
                                "address", Mac.format(known.address()),
                                "port", ports.get(known.port()).name()))
                        .toList());
        request.put(
                "rounds",
                IntStream.range(0, rounds.size())
                        .mapToObj(round -> Map.of(
                                "commands", commands(setUp.rounds().get(round)), "frames", frames(rounds.get(round))))
                        .toList());
        return request;
    }

    private static List<Map<String, String>> commands(List<Command> commands) {
        return commands.stream()
                .map(command -> Map.of("at", command.at(), "line", command.line()))
                .toList();
    }

    private static List<Map<String, String>> frames(List<Probe> probes) {
        return probes.stream()
                .map(probe ->
                        Map.of("from", probe.from(), "octets", HexFormat.of().formatHex(probe.octets())))
                .toList();
    }

    /** The mode of a function at the start, as macvlan calls it. */
    private static String word(SetUp setUp, Vsi vsi) {
        return switch (vsi.settings().mode()) {
            case AS_RELAY -> setUp.is(Mode.VEB) ? "bridge" : "vepa";
            case BRIDGE -> "bridge";
            case VEPA -> "vepa";
            case PRIVATE -> "private";
            case PASSTHRU -> "passthru";
            case SOURCE -> "source";
        };
    }

    private static Path script() {
        URL script = Objects.requireNonNull(LinuxLab.class.getResource("lab.py"));
        try {
            return Path.of(script.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
