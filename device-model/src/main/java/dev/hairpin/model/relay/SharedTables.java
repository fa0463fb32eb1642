package dev.hairpin.model.relay;

import static dev.hairpin.model.device.Choice.ADDRESSES;
import static dev.hairpin.model.device.Choice.CLASSES;
import static dev.hairpin.model.device.Choice.DEFAULT_STATION;
import static dev.hairpin.model.device.Choice.GROUPS;
import static dev.hairpin.model.device.Choice.MIRRORS;
import static dev.hairpin.model.device.Choice.SHARED_ADDRESSES;
import static dev.hairpin.model.device.Choice.STATIONS;
import static dev.hairpin.model.device.Choice.STATIONS_OF_4_CLASSES;
import static dev.hairpin.model.device.Choice.STATIONS_OF_8_CLASSES;
import static dev.hairpin.model.device.Choice.STATION_MODES;
import static dev.hairpin.model.device.Choice.VLANS;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tables that the stations of a device share. They are finite: what finds no place is refused, not forgotten. */
final class SharedTables {
    private SharedTables() {}

    static void check(Device device, List<Vsi> vsis, Policy policy, int defaultStation) {
        limit(device, STATIONS, vsis.size(), "stations");
        Map<Long, String> owners = new HashMap<>();
        int addresses = 0;
        Set<Integer> vlans = new TreeSet<>();
        for (Vsi vsi : vsis) {
            addresses += vsi.addresses().size();
            for (long address : vsi.addresses()) {
                String owner = owners.put(address, vsi.name());
                if (owner != null && !device.get(SHARED_ADDRESSES)) {
                    throw new Refused(vsi.name() + " registers " + Mac.format(address) + ", which " + owner + " has: "
                            + device + " knows one station for an address");
                }
            }
            limit(device, GROUPS, vsi.groups().size(), "group addresses for " + vsi.name());
            VsiSettings set = vsi.settings();
            if (set.portVlan() > 0) {
                vlans.add(set.portVlan());
            }
            for (int vid : set.vlans().vids()) {
                vlans.add(vid);
            }
            modes(device, vsi);
        }
        limit(device, ADDRESSES, addresses, "unicast addresses");
        limit(device, VLANS, vlans.size(), "VLANs");
        limit(
                device,
                MIRRORS,
                (int) policy.rules().stream()
                        .filter(rule -> rule.action() instanceof PolicyAction.Mirror)
                        .count(),
                "mirror rules");
        if (defaultStation != NicSettings.NOBODY && !device.get(DEFAULT_STATION)) {
            throw new Refused(device + " has no default station");
        }
    }

    /** Pools and traffic classes share the queues of the device: the more classes, the fewer pools. */
    static void check(Device device, int stations, int classes) {
        limit(device, CLASSES, classes, "traffic classes");
        int pools = device.get(classes > 4 ? STATIONS_OF_8_CLASSES : classes > 1 ? STATIONS_OF_4_CLASSES : STATIONS);
        if (stations > pools) {
            throw new Refused(
                    stations + " stations: with " + classes + " traffic classes " + device + " has place for " + pools);
        }
    }

    private static void modes(Device device, Vsi vsi) {
        VsiSettings set = vsi.settings();
        if (!device.get(STATION_MODES)) {
            if (set.mode() != StationMode.AS_RELAY) {
                throw new Refused(vsi.name() + " asks for a mode of its own: " + device + " has one for the relay");
            }
        } else if (set.portVlan() != 0
                || !set.vlans().any()
                || !set.untagged()
                || set.spoofMac()
                || set.spoofVlan()
                || set.spoofEtherType()) {
            throw new Refused(vsi.name() + " asks for VLANs or anti-spoofing: " + device + " has neither");
        }
    }

    private static void limit(Device device, Choice<Integer> table, int asked, String what) {
        int places = device.get(table);
        if (asked > places) {
            throw new Refused(asked + " " + what + ": " + device + " has place for " + places);
        }
    }
}
