package dev.hairpin.experiments.travel;

import java.util.List;
import java.util.Map;

/**
 * What a tool prints.
 *
 * @param text lines, as without {@code -j}
 * @param json objects, as with it; empty for a tool that has none
 */
public record Answer(List<String> text, List<Map<String, Object>> json) {
    public Answer {
        text = List.copyOf(text);
        json = List.copyOf(json);
    }
}
