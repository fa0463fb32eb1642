package dev.hairpin.experiments.topology;

import com.typesafe.config.ConfigObject;
import dev.hairpin.model.device.Choice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An object of a file. Its fields are asked for one by one; those that nobody asked for are unknown. */
final class Block {
    /** Names in the order people count in: {@code vf2} before {@code vf10}. */
    static final Comparator<String> COUNTED = Comparator.comparing(Block::padded);

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final String path;
    private final ConfigObject object;
    private final Problems problems;
    private final TreeSet<String> asked = new TreeSet<>();

    Block(String path, ConfigObject object, Problems problems) {
        this.path = path;
        this.object = object;
        this.problems = problems;
    }

    /** The field of that name, if there is one. */
    Optional<Entry> find(String key) {
        asked.add(key);
        return Optional.ofNullable(object.get(key)).map(value -> new Entry(under(key), value, problems));
    }

    /** What {@code read} makes of the field, or {@code otherwise} where there is none. */
    <T> T get(String key, T otherwise, Function<Entry, T> read) {
        return find(key).map(read).orElse(otherwise);
    }

    /** The field; a problem where there is none. */
    Optional<Entry> require(String key, String expected) {
        Optional<Entry> entry = find(key);
        if (entry.isEmpty()) {
            problems.add(object.origin(), under(key), "found nothing, expected " + expected);
        }
        return entry;
    }

    /** All fields, for objects whose keys are names: each with its name, counted. */
    void each(String what, NamedEntry read) {
        List<String> names = new ArrayList<>(object.keySet());
        names.sort(COUNTED);
        for (String name : names) {
            Entry entry = find(name).orElseThrow();
            if (NAME.matcher(name).matches()) {
                read.read(name, entry);
            } else {
                entry.wrong(
                        "found the name '" + name + "' for " + what + ", expected letters, digits, '.', '_' and '-'");
            }
        }
    }

    /** Every field must have been asked for. */
    void done() {
        List<String> keys = new ArrayList<>(object.keySet());
        keys.sort(COUNTED);
        for (String key : keys) {
            if (!asked.contains(key)) {
                String known = Nearest.to(key, asked)
                        .map(near -> near + "?")
                        .orElseGet(() -> "one of " + String.join(", ", asked));
                // Unquoted, a dot makes an object in an object.
                String quotes = object.get(key) instanceof ConfigObject ? "; a name with a dot is put in quotes" : "";
                find(key).ifPresent(entry -> entry.wrong("found an unknown key, expected " + known + quotes));
                asked.remove(key);
            }
        }
    }

    /** What is wrong with the object as a whole. */
    void wrong(String message) {
        problems.add(object.origin(), path, message);
    }

    /** Runs {@code make}; what it refuses is a problem of the object. */
    <T> Optional<T> build(Supplier<T> make) {
        try {
            return Optional.of(make.get());
        } catch (IllegalArgumentException e) {
            wrong(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    void ifPresent(String key, Consumer<Entry> read) {
        find(key).ifPresent(read);
    }

    int line() {
        return object.origin().lineNumber();
    }

    /** Words of an enumeration as they are written, {@code switch-locally}. */
    static <E extends Enum<E>> Map<String, E> words(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : type.getEnumConstants()) {
            words.put(Choice.word(value), value);
        }
        return words;
    }

    private String under(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String padded(String name) {
        Matcher matcher = DIGITS.matcher(name);
        return matcher.replaceAll(digits ->
                "0".repeat(Math.max(0, 12 - digits.group().length())) + digits.group());
    }

    /** Reads a field that has a name. */
    interface NamedEntry {
        void read(String name, Entry entry);
    }
}
