package dev.hairpin.experiments.topology;

import dev.hairpin.model.frame.Mac;
import java.util.HashMap;
import java.util.Map;

/** Whose addresses are whose, over all of a file. */
final class Addresses {
    private final Map<Long, Owner> owners = new HashMap<>();
    private boolean shared;

    private record Owner(String nic, String name, int line) {}

    /** Whether stations of the NIC that is read now may share an address. */
    void sharedInNic(boolean may) {
        shared = may;
    }

    /** Takes an address for a station; a problem where another has it. {@code nic} is empty for stations outside. */
    boolean isFree(String nic, String name, long mac, Entry entry) {
        Owner owner = owners.get(mac);
        if (owner == null) {
            owners.put(mac, new Owner(nic, name, entry.line()));
            return true;
        }
        boolean sameNic = owner.nic.equals(nic) && !nic.isEmpty();
        if (sameNic && shared && !owner.name.equals(name)) {
            return true;
        }
        entry.wrong("found " + Mac.format(mac) + ", which "
                + (owner.nic.isEmpty() ? "station " + owner.name : owner.name + " of " + owner.nic) + " has in line "
                + owner.line + ", expected an address of its own");
        return false;
    }
}
