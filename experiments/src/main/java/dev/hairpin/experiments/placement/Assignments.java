package dev.hairpin.experiments.placement;

import dev.hairpin.experiments.placement.PlacementOptions.Place;
import dev.hairpin.model.frame.Mac;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Which addresses a user gives to which port, by number of {@link PortName}. */
final class Assignments {
    private static final String EXPECTED_IN_MAP = "expected vfN=MAC[+MAC...], pf=MAC or extN=MAC";
    private static final String EXPECTED_IN_FILE = "expected vfN MAC, pf MAC or extN MAC";
    private static final long LARGEST_FILE = 1 << 24;

    private final NavigableMap<Integer, List<Long>> ports = new TreeMap<>();
    private final Map<Long, Integer> owner = new HashMap<>();

    private Assignments() {}

    /** Reads what the options say: the map, and the file but for what the map says otherwise. */
    static Assignments of(PlacementOptions options) throws PlacementRefused {
        Assignments assignments = new Assignments();
        assignments.map(options.map());
        if (options.place() instanceof Place.Listed listed) {
            Assignments fromFile = new Assignments();
            fromFile.file(listed.file());
            assignments.fill(fromFile);
        }
        return assignments;
    }

    /** The addresses of each port, in the order of ports. */
    NavigableMap<Integer, List<Long>> ports() {
        return ports;
    }

    boolean hasAddress(long address) {
        return owner.containsKey(address);
    }

    private void fill(Assignments less) {
        less.ports.forEach((port, addresses) -> {
            if (!ports.containsKey(port)) {
                List<Long> free = addresses.stream()
                        .filter(address -> !owner.containsKey(address))
                        .toList();
                free.forEach(address -> owner.put(address, port));
                ports.put(port, free);
            }
        });
    }

    private void map(String text) throws PlacementRefused {
        if (text.isBlank()) {
            return;
        }
        for (String entry : text.split(",", -1)) {
            String trimmed = entry.strip();
            int sign = trimmed.indexOf('=');
            int port = sign < 0 ? PortName.NONE : PortName.parse(trimmed.substring(0, sign));
            if (port == PortName.NONE) {
                throw new PlacementRefused("--map: " + trimmed + ": " + EXPECTED_IN_MAP);
            }
            if (ports.containsKey(port)) {
                throw new PlacementRefused("--map: " + trimmed + ": " + PortName.format(port) + " is given twice");
            }
            for (String address : trimmed.substring(sign + 1).split("\\+", -1)) {
                add(port, address, "--map: " + trimmed, EXPECTED_IN_MAP);
            }
        }
    }

    private void file(Path file) throws PlacementRefused {
        List<String> lines;
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST_FILE) {
                throw new PlacementRefused(file + ": too large for a list of stations");
            }
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new PlacementRefused(file + ": no text: expected top, random:SEED, or a list of stations");
        } catch (IOException e) {
            throw new PlacementRefused("--place: " + file + ": cannot be read: expected top, random:SEED, or a file");
        }
        for (int line = 1; line <= lines.size(); line++) {
            String full = lines.get(line - 1);
            int comment = full.indexOf('#');
            String text = (comment < 0 ? full : full.substring(0, comment)).strip();
            if (text.isEmpty()) {
                continue;
            }
            String[] words = text.split("\\s+", -1);
            String where = file + ":" + line + ": " + text;
            int port = PortName.parse(words[0]);
            if (words.length != 2 || port == PortName.NONE) {
                throw new PlacementRefused(where + ": " + EXPECTED_IN_FILE);
            }
            add(port, words[1], where, EXPECTED_IN_FILE);
        }
    }

    private void add(int port, String text, String where, String expected) throws PlacementRefused {
        OptionalLong address = Mac.parse(text);
        if (address.isEmpty()) {
            throw new PlacementRefused(where + ": " + expected);
        }
        if (!Mac.isStation(address.getAsLong())) {
            throw new PlacementRefused(where + ": " + text + " is no station's address");
        }
        Integer before = owner.putIfAbsent(address.getAsLong(), port);
        if (before != null) {
            throw new PlacementRefused(where + ": " + text + " is given to " + PortName.format(before) + " already");
        }
        ports.computeIfAbsent(port, unused -> new ArrayList<>()).add(address.getAsLong());
    }
}
