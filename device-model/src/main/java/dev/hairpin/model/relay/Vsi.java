package dev.hairpin.model.relay;

import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.frame.Mac;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A virtual station interface as its edge relay knows it. An edge relay does not learn: what is here was registered.
 *
 * @param name such as {@code vf3} or {@code pf}; letters, digits, dot, underscore and hyphen
 * @param addresses unicast addresses registered for it, see {@link dev.hairpin.model.frame.Mac}
 * @param groups group addresses it listens to; broadcast reaches everyone
 * @param settings what the administrator has set for it
 */
public record Vsi(String name, List<Long> addresses, List<Long> groups, VsiSettings settings) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Without settings but for one: whether it listens to every group. */
    public Vsi(String name, List<Long> addresses, List<Long> groups, boolean allGroups) {
        this(name, addresses, groups, VsiSettings.DEFAULT.withXcast(allGroups ? Xcast.ALLMULTI : Xcast.MULTI));
    }

    public Vsi {
        addresses = List.copyOf(addresses);
        groups = List.copyOf(groups);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("VSI '" + name + "': a name is letters, digits, '.', '_' and '-'");
        }
        for (long address : addresses) {
            if (!Mac.isStation(address) || address >>> 48 != 0) {
                throw new IllegalArgumentException(name + ": " + Mac.format(address) + " is no station's address");
            }
        }
        for (long group : groups) {
            if (!Mac.isGroup(group) || group >>> 48 != 0) {
                throw new IllegalArgumentException(name + ": " + Mac.format(group) + " is no group address");
            }
        }
    }

    /** Whether it asks for every group. */
    public boolean allGroups() {
        return settings.xcast().compareTo(Xcast.ALLMULTI) >= 0;
    }

    /** The same with other addresses, the primary one first. */
    public Vsi withAddresses(List<Long> others) {
        return new Vsi(name, others, groups, settings);
    }

    /** The same with other groups. */
    public Vsi withGroups(List<Long> others) {
        return new Vsi(name, addresses, others, settings);
    }

    /** The same with other settings. */
    public Vsi with(VsiSettings other) {
        return new Vsi(name, addresses, groups, other);
    }
}
