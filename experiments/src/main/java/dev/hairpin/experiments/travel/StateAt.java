package dev.hairpin.experiments.travel;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.EntryKind;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.NicSettings;
import java.util.List;
import java.util.Map;

/**
 * A LAN at one time of a run.
 *
 * @param now that time, in nanoseconds of the capture
 * @param nics as they are set
 * @param bridge as it is set
 * @param stations what its filtering database holds, by port and key; what has aged is not there
 * @param groups what its multicast database has heard, likewise
 * @param counters by port, what passed and what was dropped until then
 */
public record StateAt(
        long now,
        List<Nic> nics,
        BridgeSettings bridge,
        List<Station> stations,
        List<Group> groups,
        Map<String, PortCounters> counters) {
    public StateAt {
        nics = List.copyOf(nics);
        stations = List.copyOf(stations);
        groups = List.copyOf(groups);
        counters = Map.copyOf(counters);
    }

    /**
     * A NIC.
     *
     * @param prefix what stands before the names of its ports
     */
    public record Nic(String prefix, NicSettings settings) {}

    /**
     * An entry of the filtering database.
     *
     * @param address of the station
     * @param vid filtering identifier, 0 where VLANs share what is learned
     * @param port of the bridge by number; negative for an address of the bridge as a whole
     * @param seen when a frame from there came last, in nanoseconds; without meaning where it was made by hand
     */
    public record Station(long address, int vid, int port, long seen, EntryKind kind) {
        @Override
        public String toString() {
            return Mac.format(address) + (vid == 0 ? "" : " vlan " + vid) + " behind port " + port + " " + kind.word();
        }
    }

    /**
     * A port that listens to a group, or behind which there is a multicast router.
     *
     * @param router whether it is a router; the group is of no meaning then
     * @param until when that ends, in nanoseconds
     */
    public record Group(long group, int vid, int port, boolean router, long until) {}

    /** What the port has counted; nothing where no frame has come to it. */
    public PortCounters counted(String port) {
        return counters.getOrDefault(port, PortCounters.NOTHING);
    }
}
