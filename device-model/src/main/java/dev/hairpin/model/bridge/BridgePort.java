package dev.hairpin.model.bridge;

import dev.hairpin.model.relay.StormControl;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is set for a port of a bridge. Made by {@link #named} and changed by the {@code with} methods.
 *
 * @param name such as {@code p0}; letters, digits, dot, underscore and hyphen
 * @param state in the spanning tree
 * @param pvid VLAN that untagged and priority-tagged frames are put in, one of {@code vlans}, or {@link #NO_PVID}
 * @param vlans that it is a member of, 1 to 4094; to each whether frames leave untagged. Without meaning as long as the
 *     bridge does not filter VLANs
 * @param reflects whether it sends frames back to where they came from: reflective relay, Linux's hairpin
 * @param learns source addresses
 * @param floodsUnicast whether unicast to nobody known leaves by it
 * @param floodsMulticast whether multicast that nobody prunes does
 * @param floodsBroadcast whether broadcast does
 * @param isolated whether nothing passes between it and the other isolated ports
 * @param locked whether it takes frames only of stations that the filtering database has behind it (802.1X)
 * @param mab on a locked port, whether strangers get a locked entry: MAC authentication bypass, Linux's mab
 * @param router whether there is a multicast router behind it
 * @param leavesFast whether a group ends with the first station that leaves it
 * @param storm how much of what comes in by it for many passes
 */
public record BridgePort(
        String name,
        PortState state,
        int pvid,
        Map<Integer, Boolean> vlans,
        boolean reflects,
        boolean learns,
        boolean floodsUnicast,
        boolean floodsMulticast,
        boolean floodsBroadcast,
        boolean isolated,
        boolean locked,
        boolean mab,
        RouterPort router,
        boolean leavesFast,
        StormControl storm) {
    /** Untagged frames are not admitted. */
    public static final int NO_PVID = 0;

    static final int LAST_VID = 4094;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    public BridgePort {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "found port '" + name + "', expected a name of letters, digits, '.', '_' and '-'");
        }
        vlans = Collections.unmodifiableMap(new TreeMap<>(vlans));
        for (int vid : vlans.keySet()) {
            if (vid < 1 || vid > LAST_VID) {
                throw new IllegalArgumentException(name + ": found VLAN " + vid + ", expected 1 to 4094");
            }
        }
        if (pvid != NO_PVID && !vlans.containsKey(pvid)) {
            throw new IllegalArgumentException(name + ": found PVID " + pvid + ", expected one of its VLANs "
                    + vlans.keySet() + ", or 0 for none");
        }
        if (mab && !locked) {
            throw new IllegalArgumentException(
                    name + ": found MAC authentication bypass on a port that is not locked, expected a locked port");
        }
    }

    /** Forwarding, VLAN 1 untagged, learns, floods everything, does not reflect, and lets everything in. */
    public static BridgePort named(String name) {
        return new BridgePort(
                name,
                PortState.FORWARDING,
                1,
                Map.of(1, true),
                false,
                true,
                true,
                true,
                true,
                false,
                false,
                false,
                RouterPort.QUERIED,
                false,
                StormControl.OFF);
    }

    /** A member of one VLAN more; an untagged member's frames leave untagged. */
    public BridgePort withVlan(int vid, boolean untagged) {
        Map<Integer, Boolean> more = new TreeMap<>(vlans);
        more.put(vid, untagged);
        return withVlans(more);
    }

    /** No member of {@code vid} any more; where that was the PVID there is none then. */
    public BridgePort withoutVlan(int vid) {
        Map<Integer, Boolean> fewer = new TreeMap<>(vlans);
        fewer.remove(vid);
        return changed(draft -> {
            draft.vlans = fewer;
            draft.pvid = pvid == vid ? NO_PVID : pvid;
        });
    }

    /** A member of {@code vid} alone, untagged, which is the PVID too: an access port. */
    public BridgePort access(int vid) {
        return changed(draft -> {
            draft.vlans = Map.of(vid, true);
            draft.pvid = vid;
        });
    }

    /** A tagged member of {@code vids} alone, without a PVID: a trunk. */
    public BridgePort trunk(int... vids) {
        Map<Integer, Boolean> tagged = new TreeMap<>();
        for (int vid : vids) {
            tagged.put(vid, false);
        }
        return changed(draft -> {
            draft.vlans = tagged;
            draft.pvid = NO_PVID;
        });
    }

    /** Locked or not; one that is not has no mab either. */
    public BridgePort withLocked(boolean value) {
        return changed(draft -> {
            draft.locked = value;
            draft.mab = value && mab;
        });
    }

    public BridgePort withState(PortState value) {
        return changed(draft -> draft.state = value);
    }

    public BridgePort withPvid(int value) {
        return changed(draft -> draft.pvid = value);
    }

    public BridgePort withVlans(Map<Integer, Boolean> value) {
        return changed(draft -> draft.vlans = value);
    }

    public BridgePort withReflects(boolean value) {
        return changed(draft -> draft.reflects = value);
    }

    public BridgePort withLearns(boolean value) {
        return changed(draft -> draft.learns = value);
    }

    public BridgePort withFloodsUnicast(boolean value) {
        return changed(draft -> draft.floodsUnicast = value);
    }

    public BridgePort withFloodsMulticast(boolean value) {
        return changed(draft -> draft.floodsMulticast = value);
    }

    public BridgePort withFloodsBroadcast(boolean value) {
        return changed(draft -> draft.floodsBroadcast = value);
    }

    public BridgePort withIsolated(boolean value) {
        return changed(draft -> draft.isolated = value);
    }

    public BridgePort withMab(boolean value) {
        return changed(draft -> draft.mab = value);
    }

    public BridgePort withRouter(RouterPort value) {
        return changed(draft -> draft.router = value);
    }

    public BridgePort withLeavesFast(boolean value) {
        return changed(draft -> draft.leavesFast = value);
    }

    public BridgePort withStorm(StormControl value) {
        return changed(draft -> draft.storm = value);
    }

    private BridgePort changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.port();
    }

    /** A port on the way to another. */
    private static final class Draft {
        private final String name;
        private PortState state;
        private int pvid;
        private Map<Integer, Boolean> vlans;
        private boolean reflects;
        private boolean learns;
        private boolean floodsUnicast;
        private boolean floodsMulticast;
        private boolean floodsBroadcast;
        private boolean isolated;
        private boolean locked;
        private boolean mab;
        private RouterPort router;
        private boolean leavesFast;
        private StormControl storm;

        Draft(BridgePort from) {
            name = from.name;
            state = from.state;
            pvid = from.pvid;
            vlans = from.vlans;
            reflects = from.reflects;
            learns = from.learns;
            floodsUnicast = from.floodsUnicast;
            floodsMulticast = from.floodsMulticast;
            floodsBroadcast = from.floodsBroadcast;
            isolated = from.isolated;
            locked = from.locked;
            mab = from.mab;
            router = from.router;
            leavesFast = from.leavesFast;
            storm = from.storm;
        }

        BridgePort port() {
            return new BridgePort(
                    name,
                    state,
                    pvid,
                    vlans,
                    reflects,
                    learns,
                    floodsUnicast,
                    floodsMulticast,
                    floodsBroadcast,
                    isolated,
                    locked,
                    mab,
                    router,
                    leavesFast,
                    storm);
        }
    }
}
