package dev.hairpin.model.frame;

import java.util.Locale;

/**
 * What a relay does to the outermost tag of a copy that it sends, as a {@code long}: nothing, take it off, put one on, or
 * put another in its place. A number, because decisions hold it in columns; the encoding is durable.
 */
public final class TagChange {
    /** The tag, or its absence, stays. */
    public static final long KEEP = 0;

    /** The outermost tag is taken off. */
    public static final long POP = 1L << 32;

    private static final long PUSH = 2L << 32;
    private static final long REPLACE = 3L << 32;

    private TagChange() {}

    /** A tag is put on, before any that is there. See {@link VlanTag}. */
    public static long push(int tag) {
        return PUSH | (tag & 0xFFFF_FFFFL);
    }

    /** The outermost tag is replaced. */
    public static long replace(int tag) {
        return REPLACE | (tag & 0xFFFF_FFFFL);
    }

    /** Whether a number is one of these. */
    public static boolean isKnown(long change) {
        long kind = change >>> 32;
        return change == KEEP
                || change == POP
                || ((kind == 2 || kind == 3) && VlanTag.isTpid(VlanTag.tpid((int) change)));
    }

    /** What has been done to a frame once {@code change} is done to it. */
    public static long apply(long change, long retagging) {
        return switch ((int) (change >>> 32)) {
            case 0 -> retagging;
            case 1 -> Retagging.pop(retagging);
            case 2 -> Retagging.push(retagging, (int) change);
            default -> Retagging.push(Retagging.pop(retagging), (int) change);
        };
    }

    /** As printed behind a port: {@code -tag}, {@code +8100:10.5} (TPID, VID, priority) or {@code =8100:10.5}. */
    public static String text(long change) {
        int tag = (int) change;
        String value = String.format(
                Locale.ROOT,
                "%04x:%d.%d%s",
                VlanTag.tpid(tag),
                VlanTag.vid(tag),
                VlanTag.pcp(tag),
                VlanTag.dei(tag) ? "d" : "");
        return switch ((int) (change >>> 32)) {
            case 0 -> "";
            case 1 -> "-tag";
            case 2 -> "+" + value;
            default -> "=" + value;
        };
    }
}
