package dev.hairpin.experiments.topology;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.hairpin.model.frame.Mac;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;

/** A value of a file and where it stands. What it is not is put among the problems, and reading goes on. */
final class Entry {
    private static final Map<String, Boolean> SWITCH =
            Map.of("yes", true, "no", false, "on", true, "off", false, "true", true, "false", false);

    private final String path;
    private final ConfigValue value;
    private final Problems problems;

    /** @param path from the file's root, {@code nics.nic0.mode} */
    Entry(String path, ConfigValue value, Problems problems) {
        this.path = path;
        this.value = value;
        this.problems = problems;
    }

    String path() {
        return path;
    }

    int line() {
        return value.origin().lineNumber();
    }

    /** What is there is not what was expected. */
    void wrong(String message) {
        problems.add(value.origin(), path, message);
    }

    void warn(String message) {
        problems.warn(value.origin(), path, message);
    }

    /** Its fields; empty, with a problem, when it is no object. */
    Optional<Block> block(String expected) {
        if (value instanceof ConfigObject object) {
            return Optional.of(new Block(path, object, problems));
        }
        wrong("found " + found() + ", expected " + expected);
        return Optional.empty();
    }

    /** The names of its fields; none when it is no object. */
    Set<String> keys() {
        return value instanceof ConfigObject object ? object.keySet() : Set.of();
    }

    boolean isText() {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> true;
            case OBJECT, LIST, NULL -> false;
        };
    }

    Optional<String> text(String expected) {
        if (isText()) {
            return Optional.of(String.valueOf(value.unwrapped()));
        }
        wrong("found " + found() + ", expected " + expected);
        return Optional.empty();
    }

    /** Its elements; none, with a problem, when it is no list. */
    List<Entry> list(String expected) {
        if (value instanceof ConfigList list) {
            List<Entry> entries = new ArrayList<>();
            for (int at = 0; at < list.size(); at++) {
                entries.add(new Entry(path + "[" + (at + 1) + "]", list.get(at), problems));
            }
            return entries;
        }
        wrong("found " + found() + ", expected a list of " + expected);
        return List.of();
    }

    boolean isList() {
        return value.valueType() == ConfigValueType.LIST;
    }

    boolean isSwitch(boolean otherwise) {
        return oneOf(SWITCH, "on or off", otherwise);
    }

    /** What {@code words} has for the word that is there. */
    <T> T oneOf(Map<String, T> words, String expected, T otherwise) {
        String word = text(expected).orElse(null);
        if (word == null) {
            return otherwise;
        }
        T meant = words.get(word);
        if (meant == null) {
            wrong("found " + word + ", expected " + expected + Nearest.hint(word, words.keySet()));
            return otherwise;
        }
        return meant;
    }

    int number(int least, int most, int otherwise) {
        String expected =
                most == Integer.MAX_VALUE ? "a number from " + least + ", or unlimited" : least + " to " + most;
        String word = text(expected).orElse(null);
        if (word == null) {
            return otherwise;
        }
        if (!word.matches("[0-9]{1,10}") || Long.parseLong(word) < least || Long.parseLong(word) > most) {
            wrong("found " + word + ", expected " + expected);
            return otherwise;
        }
        return Integer.parseInt(word);
    }

    /** A bit mask, {@code 0xb800}, with no other bits than those of {@code most}. */
    int mask(int most) {
        String expected = "a mask from 0x0 to 0x" + Integer.toHexString(most) + ", without the bits 0, 1 and 2";
        String word = text(expected).orElse("0x0");
        int mask = word.matches("0x[0-9a-fA-F]{1,4}") ? Integer.parseInt(word.substring(2), 16) : -1;
        if (mask < 0 || (mask & ~most) != 0) {
            wrong("found " + word + ", expected " + expected);
            return 0;
        }
        return mask;
    }

    /** A number from 1, or unlimited. */
    int count() {
        return text("a number").filter(word -> word.equals("unlimited")).isPresent()
                ? Integer.MAX_VALUE
                : number(1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** A rate, time or number of octets, as {@code reader} has it. */
    long quantity(ToLongFunction<String> reader, long otherwise) {
        String word = text("a number with a unit").orElse(null);
        if (word == null) {
            return otherwise;
        }
        try {
            return reader.applyAsLong(word);
        } catch (IllegalArgumentException e) {
            wrong(String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    /** The address of a station. */
    OptionalLong station() {
        return address(Mac::isStation, "a station's address such as \"02:00:00:00:00:01\"");
    }

    /** A group address. */
    OptionalLong group() {
        return address(Mac::isGroup, "a group address such as \"01:00:5e:00:00:01\"");
    }

    private OptionalLong address(LongPredicate fits, String expected) {
        String word = text(expected).orElse(null);
        if (word == null) {
            return OptionalLong.empty();
        }
        OptionalLong mac = Mac.parse(word);
        if (mac.isEmpty() || !fits.test(mac.getAsLong())) {
            wrong("found " + word + ", expected " + expected);
            return OptionalLong.empty();
        }
        return mac;
    }

    private String found() {
        return switch (value.valueType()) {
            case OBJECT -> "an object";
            case LIST -> "a list";
            case NULL -> "null";
            default -> String.valueOf(value.unwrapped());
        };
    }
}
