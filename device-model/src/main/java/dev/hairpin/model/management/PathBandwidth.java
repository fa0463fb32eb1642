package dev.hairpin.model.management;

import java.util.Arrays;

/**
 * How vxge divides what the X3100 sends among its 17 virtual paths, in percent ({@code verify_bandwidth}, Linux 4.9). It checks
 * oddly: rather than refuse what it does not like, it gives all the same, which is 5 % and leaves 15 % to nobody.
 */
public final class PathBandwidth {
    /** Virtual paths. */
    public static final int PATHS = 17;

    /** Where a path has no share of its own: it, and all behind it, have what is left in equal parts. */
    public static final int UNSPECIFIED = 0xff;

    private static final int ALL = 100;

    /** A share below this is not worth having. */
    private static final int LEAST = 2;

    private PathBandwidth() {}

    /**
     * The share of each path.
     *
     * @param asked of each path, 0 to 100 or {@link #UNSPECIFIED}
     */
    public static int[] shares(int... asked) {
        if (asked.length != PATHS) {
            throw new IllegalArgumentException("shares of " + asked.length + " paths, expected " + PATHS);
        }
        int specified = 0;
        int total = 0;
        boolean fits = Arrays.stream(asked).allMatch(share -> share != 0);
        while (specified < PATHS && asked[specified] != UNSPECIFIED) {
            total += asked[specified++];
        }
        int others = PATHS - specified;
        int each = others == 0 ? 0 : (ALL - total) / others;
        if (!fits || total > ALL || (others > 0 && each < LEAST)) {
            return equal();
        }
        int[] shares = asked.clone();
        Arrays.fill(shares, specified, PATHS, each);
        return shares;
    }

    private static int[] equal() {
        int[] shares = new int[PATHS];
        Arrays.fill(shares, ALL / PATHS);
        return shares;
    }
}
