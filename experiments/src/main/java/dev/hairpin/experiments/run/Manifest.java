package dev.hairpin.experiments.run;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code manifest.json} of a run's folder: what made the run, and, once it is finished, the seal. Values are plain maps,
 * lists, texts and numbers, in the order in which they were put.
 */
public final class Manifest {
    /** The name of the file. */
    public static final String FILE = "manifest.json";

    private static final String UNFINISHED = FILE + ".tmp";

    private static final int FORMAT = 1;
    private static final JSON JSON_TEXT = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

    private final Map<String, Object> values;

    private Manifest(Map<String, Object> values) {
        this.values = values;
    }

    /** A manifest of this version of the tool. */
    public static Manifest create(String toolVersion) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("format", FORMAT);
        values.put("tool", "hairpin " + toolVersion);
        return new Manifest(values);
    }

    /**
     * Reads the manifest in {@code folder}.
     *
     * @throws IOException when there is none, or it is none of ours; the message says which
     */
    public static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Map<String, Object> values;
        try {
            values = JSON.std.mapFrom(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new IOException(folder + ": not the folder of a run: it has no " + FILE, e);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + e.getMessage(), e);
        }
        if (!(values.get("format") instanceof Number format) || format.intValue() != FORMAT) {
            throw new IOException(file + ": found format " + values.get("format") + ", expected " + FORMAT
                    + ": made by another version?");
        }
        return new Manifest(values);
    }

    /** Puts a value; maps and lists are written as they are at the time of writing. */
    public Manifest put(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** {@code values} as they would be read again. */
    static Map<String, Object> plain(Map<String, Object> values) throws IOException {
        return JSON.std.mapFrom(JSON.std.asString(values));
    }

    /** The text at {@code path}, a name or names of nested maps. */
    public Optional<String> text(String... path) {
        return value(path).map(Object::toString);
    }

    /** The number at {@code path}. */
    public Optional<Long> number(String... path) {
        return value(path).filter(Number.class::isInstance).map(number -> ((Number) number).longValue());
    }

    private Optional<Object> value(String... path) {
        Object at = values;
        for (String name : path) {
            if (!(at instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            at = map.get(name);
            if (at == null) {
                return Optional.empty();
            }
        }
        return Optional.of(at);
    }

    /** All of it. */
    public Map<String, Object> values() {
        return values;
    }

    /** Whether {@code file} is what is left of a manifest that could not be written to its end. */
    static boolean isUnfinished(Path file) {
        return file.endsWith(UNFINISHED);
    }

    /** Writes it to {@code folder}, under a temporary name first. */
    public void write(Path folder) throws IOException {
        Path temporary = folder.resolve(UNFINISHED);
        Files.writeString(temporary, JSON_TEXT.asString(values) + "\n", StandardCharsets.UTF_8);
        Files.move(
                temporary, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
