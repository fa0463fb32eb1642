package dev.hairpin.model.relay;

import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The VLANs that a station is in by itself, as tagged frames name them. Immutable.
 *
 * <p>{@link #ANY} is a station whose VLANs nobody manages: tags pass, as its membership in every VLAN.
 */
public final class VlanSet {
    /** Every VLAN. */
    public static final VlanSet ANY = new VlanSet(null);

    /** None. */
    public static final VlanSet NONE = new VlanSet(new BitSet());

    private final @Nullable BitSet vids;

    private VlanSet(@Nullable BitSet vids) {
        this.vids = vids;
    }

    /** Those; each 1 to 4094. */
    public static VlanSet of(int... vids) {
        BitSet set = new BitSet();
        for (int vid : vids) {
            if (vid < 1 || vid > 4094) {
                throw new IllegalArgumentException("found VLAN " + vid + ", expected 1 to 4094");
            }
            set.set(vid);
        }
        return new VlanSet(set);
    }

    /** Whether nobody manages them. */
    public boolean any() {
        return vids == null;
    }

    public boolean contains(int vid) {
        return vids == null || vids.get(vid);
    }

    /** Ascending; empty for {@link #ANY}. */
    public int[] vids() {
        return vids == null ? new int[0] : vids.stream().toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VlanSet that && Objects.equals(vids, that.vids);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(vids);
    }

    @Override
    public String toString() {
        return vids == null ? "any" : vids.toString();
    }
}
