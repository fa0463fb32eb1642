package dev.hairpin.experiments.topology;

import dev.hairpin.model.wire.Selection;
import dev.hairpin.model.wire.TrafficClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Traffic classes in the words of {@code dcb ets}: lists of {@code WHICH:WHAT} and {@code all:WHAT}. */
final class ClassWords {
    /** What there are lists of. */
    static final List<String> LISTS = List.of("prio-tc", "tc-tsa", "tc-bw");

    private static final int LAST = 7;
    private static final int WHOLE = 100;

    private final List<Integer> classOf;
    private final List<Selection> selection;
    private final List<Integer> bandwidth;

    /** @param before what stays as it was where nothing is said of it */
    ClassWords(TrafficClasses before) {
        this.classOf = new ArrayList<>(before.classOf());
        this.selection = new ArrayList<>(before.selection());
        this.bandwidth = new ArrayList<>(before.bandwidth());
    }

    /** What a mapping of a list is. */
    static String expected(String list) {
        return switch (list) {
            case "prio-tc" -> "a priority and its class such as 5:1 or all:0";
            case "tc-tsa" -> "a class and strict or ets, such as 1:ets or all:strict";
            default -> "a class and its share in percent such as 1:40";
        };
    }

    /** Takes a mapping in; false when it is none of that list. */
    boolean take(String list, String mapping) {
        int colon = mapping.indexOf(':');
        List<Integer> which = colon < 0 ? List.of() : which(mapping.substring(0, colon));
        String what = mapping.substring(colon + 1);
        boolean taken = switch (list) {
            case "prio-tc" -> set(classOf, which, number(what, LAST));
            case "tc-tsa" ->
                set(
                        selection,
                        which,
                        Stream.of(Selection.values())
                                .filter(one -> one.word().equals(what))
                                .findFirst());
            default -> set(bandwidth, which, number(what, WHOLE));
        };
        return taken;
    }

    /** All that was taken in; throws {@link IllegalArgumentException} when it does not go together. */
    TrafficClasses classes() {
        return new TrafficClasses(classOf, selection, bandwidth);
    }

    private static <T> boolean set(List<T> list, List<Integer> which, Optional<T> value) {
        value.ifPresent(what -> which.forEach(at -> list.set(at, what)));
        return value.isPresent() && !which.isEmpty();
    }

    /** {@code all}, or a number to 7; none where it is neither. */
    static List<Integer> which(String word) {
        return word.equals("all")
                ? List.of(0, 1, 2, 3, 4, 5, 6, 7)
                : number(word, LAST).map(List::of).orElse(List.of());
    }

    private static Optional<Integer> number(String word, int most) {
        return word.matches("[0-9]{1,3}") && Integer.parseInt(word) <= most
                ? Optional.of(Integer.valueOf(word))
                : Optional.empty();
    }
}
