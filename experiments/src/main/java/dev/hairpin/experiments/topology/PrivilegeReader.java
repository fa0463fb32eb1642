package dev.hairpin.experiments.topology;

import dev.hairpin.model.privilege.Holder;
import dev.hairpin.model.privilege.Privileges;
import dev.hairpin.model.privilege.Resource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads to whom the resources of a NIC are left. */
final class PrivilegeReader {
    static final String HOLDERS = "guest, managed or chassis";

    private PrivilegeReader() {}

    static Privileges read(Block nic) {
        Map<Resource, Holder> holders = new LinkedHashMap<>();
        nic.find("privilege")
                .flatMap(entry -> entry.block("an object such as { mac = managed, vlan = guest }"))
                .ifPresent(block -> {
                    for (Resource resource : Resource.values()) {
                        block.ifPresent(resource.word(), entry -> holders.put(resource, holder(resource, entry)));
                    }
                    block.done();
                });
        return new Privileges(holders);
    }

    private static Holder holder(Resource resource, Entry entry) {
        Holder holder = entry.oneOf(Block.words(Holder.class), HOLDERS, Holder.MANAGED);
        if (resource.isShared() && holder == Holder.GUEST) {
            entry.wrong("found guest, expected managed or chassis: all functions share " + resource.text());
            return Holder.MANAGED;
        }
        return holder;
    }
}
