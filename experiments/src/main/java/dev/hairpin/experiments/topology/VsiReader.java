package dev.hairpin.experiments.topology;

import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.relay.StationMode;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.ring.HostSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a function of a NIC: what is registered for it, what the administrator has set, and its rings. */
final class VsiReader {
    /** The name of the physical function. */
    static final String PF = "pf";

    private static final Map<String, Boolean> STATES = Map.of("auto", true, "enable", true, "disable", false);
    private static final String RANGES = "a VLAN from 1 to 4094 or a range such as 20-29";
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

    private final Addresses addresses;
    private final String nic;

    VsiReader(String nic, Addresses addresses) {
        this.nic = nic;
        this.addresses = addresses;
    }

    /** A function as it stands in a file. */
    record Read(Vsi vsi, HostSide.Function rings, Optional<Entry> profile) {}

    Read read(String name, Block block) {
        List<Long> own = new ArrayList<>();
        block.ifPresent("mac", entry -> own(name, entry, own));
        block.ifPresent("addresses", entry -> entry.list("addresses").forEach(one -> own(name, one, own)));
        List<Long> groups = addresses(block, "groups", true);
        VsiSettings settings = sent(block, VsiSettings.DEFAULT.withPhysical(name.equals(PF)));
        settings = vlans(block, settings);
        settings = received(block, spoofing(block, settings));
        settings = settings.withPairOf(
                block.get("queue-pair-of", "", entry -> entry.text("a function").orElse("")));
        HostSide.Function rings = RingReader.function(block);
        Optional<Entry> profile = block.find("profile");
        block.done();
        return new Read(new Vsi(name, own, groups, settings), rings, profile);
    }

    private void own(String name, Entry entry, List<Long> own) {
        OptionalLong mac = entry.station();
        if (mac.isPresent() && addresses.isFree(nic, name, mac.getAsLong(), entry)) {
            own.add(mac.getAsLong());
        }
    }

    private static List<Long> addresses(Block block, String key, boolean groups) {
        List<Long> read = new ArrayList<>();
        block.ifPresent(
                key,
                entry -> entry.list("addresses")
                        .forEach(one -> (groups ? one.group() : one.station()).ifPresent(read::add)));
        return read;
    }

    private static VsiSettings sent(Block block, VsiSettings before) {
        return before.withUp(block.get("state", true, entry -> entry.oneOf(STATES, "auto, enable or disable", true)))
                .withAssociated(block.get("associated", true, entry -> entry.isSwitch(true)))
                .withTxEnabled(block.get("tx", true, entry -> entry.isSwitch(true)))
                .withRxEnabled(block.get("rx", true, entry -> entry.isSwitch(true)))
                .withTrusted(block.get("trust", false, entry -> entry.isSwitch(false)))
                .withMode(block.get(
                        "mode",
                        StationMode.AS_RELAY,
                        entry -> entry.oneOf(
                                Block.words(StationMode.class),
                                "as-relay, bridge, vepa, private, passthru or source",
                                StationMode.AS_RELAY)))
                .withSources(addresses(block, "sources", false))
                .withConsumes(block.get("nodst", false, entry -> entry.isSwitch(false)))
                .withStorm(StormReader.read(block));
    }

    private static VsiSettings received(Block block, VsiSettings before) {
        return before.withBroadcast(block.get("broadcast", true, entry -> entry.isSwitch(true)))
                .withLoopback(block.get("loopback", false, entry -> entry.isSwitch(false)))
                .withLongestFrame(block.get("longest-frame", Integer.MAX_VALUE, Entry::count))
                .withXcast(block.get(
                        "xcast",
                        Xcast.MULTI,
                        entry -> entry.oneOf(
                                Block.words(Xcast.class), "none, multi, allmulti or promisc", Xcast.MULTI)));
    }

    private static VsiSettings vlans(Block block, VsiSettings before) {
        int portVlan = block.get("vlan", 0, entry -> entry.number(0, 4094, 0));
        if (portVlan == 0) {
            block.ifPresent("qos", entry -> entry.warn("means nothing without vlan"));
        } else {
            block.ifPresent("trunk", entry -> entry.warn("means nothing where vlan sets a port VLAN"));
            block.ifPresent("untagged", entry -> entry.warn("means nothing where vlan sets a port VLAN"));
        }
        return before.withPortVlan(portVlan)
                .withPortPriority(block.get("qos", 0, entry -> entry.number(0, 7, 0)))
                .withVlans(block.get("trunk", VlanSet.ANY, VsiReader::vlanSet))
                .withUntagged(block.get("untagged", true, entry -> entry.isSwitch(true)));
    }

    /** {@code any}, or a list of VLANs and ranges of them. */
    static VlanSet vlanSet(Entry entry) {
        if (entry.isText()) {
            return entry.oneOf(Map.of("any", VlanSet.ANY), "any or a list of VLANs such as [10, 20-29]", VlanSet.ANY);
        }
        List<Integer> vids = new ArrayList<>();
        entry.list("VLANs such as [10, 20-29]").forEach(one -> range(one, vids));
        return VlanSet.of(vids.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Puts the VLANs of {@code 20} or {@code 20-29} among {@code vids}. */
    static void range(Entry entry, List<Integer> vids) {
        entry.text(RANGES).ifPresent(word -> range(word, entry, vids));
    }

    /** Likewise, of a word in the entry's key or value. */
    static void range(String word, Entry entry, List<Integer> vids) {
        Matcher matcher = RANGE.matcher(word);
        int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        int last = matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : first;
        if (first < 1 || last > 4094 || last < first) {
            entry.wrong("found " + word + ", expected " + RANGES);
            return;
        }
        for (int vid = first; vid <= last; vid++) {
            vids.add(vid);
        }
    }

    private static VsiSettings spoofing(Block block, VsiSettings before) {
        Entry entry = block.find("spoofchk").orElse(null);
        if (entry == null) {
            return before;
        }
        if (!entry.isList()) {
            boolean on = entry.isSwitch(false);
            return before.withSpoofMac(on).withSpoofVlan(on);
        }
        VsiSettings settings = before;
        Map<String, Integer> words = Map.of("mac", 1, "vlan", 2, "ethertype", 3);
        for (Entry one : entry.list("mac, vlan and ethertype")) {
            settings = switch (one.oneOf(words, "mac, vlan or ethertype", 0)) {
                case 1 -> settings.withSpoofMac(true);
                case 2 -> settings.withSpoofVlan(true);
                case 3 -> settings.withSpoofEtherType(true);
                default -> settings;
            };
        }
        return settings;
    }
}
