package dev.hairpin.model.relay;

import java.util.List;

/**
 * A virtual station interface as its edge relay knows it. An edge relay does not learn: what is here was registered.
 *
 * @param name such as {@code vf3} or {@code pf}
 * @param addresses unicast addresses registered for it, see {@link dev.hairpin.model.frame.Mac}
 * @param groups group addresses it listens to; broadcast reaches everyone
 * @param allGroups whether it listens to every group
 */
public record Vsi(String name, List<Long> addresses, List<Long> groups, boolean allGroups) {
    public Vsi {
        addresses = List.copyOf(addresses);
        groups = List.copyOf(groups);
    }
}
