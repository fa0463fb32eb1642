package dev.hairpin.experiments.placement;

/**
 * The name of a station's port as a number: {@code vf}<i>n</i> is <i>n</i>, then comes {@code pf}, then {@code
 * ext}<i>n</i>. Other ports of a run, {@code uplink} for one, are no station's.
 */
final class PortName {
    /** No station's port. */
    static final int NONE = -1;

    /** The physical function, behind all virtual ones. */
    static final int PF = 1 << 16;

    private static final int FIRST_EXTERNAL = PF + 1;
    private static final int MOST_DIGITS = 5;

    private PortName() {}

    static int parse(String name) {
        if (name.equals("pf")) {
            return PF;
        }
        boolean external = name.startsWith("ext");
        String digits = external ? name.substring(3) : name.startsWith("vf") ? name.substring(2) : "";
        if (digits.isEmpty()
                || digits.length() > MOST_DIGITS
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
                || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return NONE;
        }
        int number = Integer.parseInt(digits);
        return number >= PF ? NONE : external ? FIRST_EXTERNAL + number : number;
    }

    static boolean isExternal(int port) {
        return port >= FIRST_EXTERNAL;
    }

    /** The number of an external port. */
    static int external(int port) {
        return port - FIRST_EXTERNAL;
    }

    /** The name of a function's port. */
    static String format(int port) {
        return isExternal(port) ? "ext" + external(port) : port == PF ? "pf" : "vf" + port;
    }
}
