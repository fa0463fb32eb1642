package dev.hairpin.experiments.topology;

import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a line is said: on the host, in the privileged domain of one of several servers, by the chassis manager, or in the
 * guest of a function.
 *
 * @param caller who says it
 * @param nic the NIC of the function, empty where it is none
 * @param function where it is said in an operating system that has one, otherwise empty
 */
record Place(Caller caller, String nic, String function) {
    /** Where nothing is said of it. */
    static final Place HOST = new Place(Caller.PRIVILEGED_DOMAIN, "", "");

    /** The chassis manager's. */
    static final String CHASSIS = "chassis";

    /**
     * All places but the host, by their words: {@code vf3} where only one NIC has such, and {@code nic0.vf3} where there are
     * several.
     */
    static Map<String, Place> of(Collection<NicSettings> nics) {
        Map<String, Place> places = new LinkedHashMap<>();
        Map<String, Integer> namesakes = new LinkedHashMap<>();
        nics.forEach(nic -> nic.vsis().forEach(vsi -> namesakes.merge(vsi.name(), 1, Integer::sum)));
        for (NicSettings nic : nics) {
            for (Vsi vsi : nic.vsis()) {
                Place place = new Place(GuestDriver.caller(nic, vsi.name()), nic.name(), vsi.name());
                if (namesakes.getOrDefault(vsi.name(), 0) == 1) {
                    places.put(vsi.name(), place);
                }
                if (nics.size() > 1) {
                    places.putIfAbsent(nic.name() + "." + vsi.name(), place);
                }
            }
        }
        for (NicSettings nic : nics) {
            for (String hierarchy : nic.privileges().sharing().hierarchies().keySet()) {
                places.put(hierarchy, new Place(new Caller.PrivilegedDomain(hierarchy), "", ""));
            }
        }
        places.put(CHASSIS, new Place(Caller.CHASSIS_MANAGER, "", ""));
        return places;
    }

    /** Those of {@code places} that are a function's. */
    static List<String> functions(Map<String, Place> places) {
        return places.entrySet().stream()
                .filter(place -> place.getValue().isGuest())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether it is the operating system that a function was given to. */
    boolean isGuest() {
        return !function.isEmpty();
    }
}
