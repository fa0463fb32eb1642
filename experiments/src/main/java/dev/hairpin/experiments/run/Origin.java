package dev.hairpin.experiments.run;

import dev.hairpin.model.link.Cut;
import dev.hairpin.model.relay.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run was made from: a verb that runs a capture, and the forks that followed, in words.
 *
 * @param mode of the first run
 * @param command of the first run, verb first
 * @param forks the words of each fork, the latest last
 */
public record Origin(Mode mode, List<String> command, List<List<String>> forks) {
    private static final String ORIGIN = "origin";
    private static final String PARENT = "parent";

    public Origin {
        command = List.copyOf(command);
        forks = List.copyOf(forks);
    }

    /** What {@code run} was made from. */
    static Origin of(RunFolder run) throws IOException {
        Manifest manifest = run.manifest();
        if (!(manifest.values().get(ORIGIN) instanceof Map<?, ?> origin)) {
            return new Origin(run.mode(), run.commandLine(), List.of());
        }
        List<List<String>> forks = new ArrayList<>();
        if (origin.get("forks") instanceof List<?> all) {
            all.forEach(words -> forks.add(words(words)));
        }
        return new Origin(
                RunFolder.mode(manifest.text(ORIGIN, "mode").orElse(""), run.path()),
                words(origin.get("command")),
                forks);
    }

    private static List<String> words(@Nullable Object list) {
        return list instanceof List<?> words
                ? words.stream().map(Object::toString).toList()
                : List.of();
    }

    /** With one more fork. */
    Origin fork(List<String> words) {
        List<List<String>> all = new ArrayList<>(forks);
        all.add(words);
        return new Origin(mode, command, all);
    }

    /** Writes down a fork of {@code parent}. */
    void put(Manifest manifest, RunFolder parent, Lineage lineage) throws IOException {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("mode", mode.word());
        origin.put("command", command);
        origin.put("forks", forks);
        manifest.put(ORIGIN, origin);
        Map<String, Object> from = new LinkedHashMap<>();
        from.put("folder", parent.path().toAbsolutePath().toString());
        from.put("fate", parent.manifest().text("seal", "fate").orElse(""));
        from.put("timed", parent.manifest().text("seal", "timed").orElse(""));
        if (!lineage.cuts().isEmpty()) {
            Cut cut = lineage.cuts().get(lineage.cuts().size() - 1);
            from.put("fromFrame", cut.number());
            from.put("fromTime", cut.time());
        }
        manifest.put(PARENT, from);
    }
}
