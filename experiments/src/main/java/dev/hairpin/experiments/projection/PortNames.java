package dev.hairpin.experiments.projection;

import java.util.Comparator;

/** The order in which people read port names: {@code vf2} before {@code vf10}. */
final class PortNames {
    static final Comparator<String> ORDER = Comparator.comparing(PortNames::stem)
            .reversed()
            .thenComparingInt(PortNames::index)
            .thenComparing(Comparator.naturalOrder());

    private PortNames() {}

    private static String stem(String name) {
        return name.substring(0, digits(name));
    }

    private static int index(String name) {
        int from = digits(name);
        return from == name.length() || name.length() - from > 9 ? -1 : Integer.parseInt(name.substring(from));
    }

    private static int digits(String name) {
        int from = name.length();
        while (from > 0 && Character.isDigit(name.charAt(from - 1))) {
            from--;
        }
        return from;
    }
}
