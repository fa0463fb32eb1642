package dev.hairpin.model.privilege;

import dev.hairpin.model.privilege.Denial.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * To whom the resources of a NIC are left. Immutable.
 *
 * <p>The three callers are ordered: what is left to a guest the privileged domain may do as well, and what it manages the
 * chassis manager. (The deck: control is optional and partial; the device-domain driver manages whatever portion it wants.)
 * Where several servers share the NIC, the privileged domain of each manages the functions of its own hierarchy, and that of
 * the base hierarchy besides what all share. That it leaves the functions of others alone is assumed: no source tells what
 * the right MRPCIM is worth there.
 *
 * @param holders of every resource; one that is shared is no guest's
 * @param sharing which systems have the functions
 */
public record Privileges(Map<Resource, Holder> holders, Sharing sharing) {
    /** As Linux has it: a guest asks, and the driver's own rules decide; what is shared is managed. */
    public static final Privileges USUAL = new Privileges(Map.of());

    /** Those that are not among {@code holders} are as in {@link #USUAL}. */
    public Privileges {
        Map<Resource, Holder> all = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            Holder usual = resource.isShared() ? Holder.MANAGED : Holder.GUEST;
            Holder holder = holders.getOrDefault(resource, usual);
            if (resource.isShared() && holder == Holder.GUEST) {
                throw new IllegalArgumentException(
                        resource.word() + " left to the guest: all functions share it, expected managed or chassis");
            }
            all.put(resource, holder);
        }
        holders = Map.copyOf(all);
    }

    /** For one system. */
    public Privileges(Map<Resource, Holder> holders) {
        this(holders, Sharing.USUAL);
    }

    /** The same with the functions otherwise shared. */
    public Privileges shared(Sharing other) {
        return new Privileges(holders, other);
    }

    public Holder holder(Resource resource) {
        return holders.getOrDefault(resource, Holder.MANAGED);
    }

    /** The same, but for one resource. */
    public Privileges with(Resource resource, Holder holder) {
        Map<Resource, Holder> others = new EnumMap<>(holders);
        others.put(resource, holder);
        return new Privileges(others, sharing);
    }

    /**
     * Asks whether {@code caller} may.
     *
     * @param function that it is about, empty for the device as a whole
     * @return why not, or empty where it may
     */
    public Optional<Denial> authorise(Caller caller, Act act, Resource resource, String function) {
        return reason(caller, act, resource, function)
                .map(reason -> new Denial(caller, act, resource, function, reason));
    }

    /** Asks whether {@code caller} may leave a resource to somebody else. */
    public Optional<Denial> authorise(Caller caller, Resource resource, Holder next) {
        Optional<Denial> now = authorise(caller, Act.ADMINISTER, resource, "");
        return now.isEmpty() && next == Holder.CHASSIS && caller instanceof Caller.PrivilegedDomain
                ? Optional.of(new Denial(caller, Act.ADMINISTER, resource, "", Reason.CHASSIS))
                : now;
    }

    private Optional<Reason> reason(Caller caller, Act act, Resource resource, String function) {
        Holder holder = holder(resource);
        if (caller instanceof Caller.Guest guest) {
            if (resource.isShared() || function.isEmpty()) {
                return Optional.of(Reason.SHARED);
            }
            if (!function.equals(guest.function())) {
                return Optional.of(Reason.OTHER_FUNCTION);
            }
            if (act == Act.ADMINISTER) {
                return Optional.of(Reason.ADMINISTRATION);
            }
            return holder == Holder.GUEST ? Optional.empty() : Optional.of(Reason.MANAGED);
        }
        return caller instanceof Caller.PrivilegedDomain domain
                ? reason(domain.hierarchy(), resource, function, holder)
                : Optional.empty();
    }

    /** @param hierarchy of the privileged domain that asks, empty for the base hierarchy */
    private Optional<Reason> reason(String hierarchy, Resource resource, String function, Holder holder) {
        boolean base =
                hierarchy.isEmpty() || (sharing.hierarchies().containsKey(hierarchy) && sharing.isBase(hierarchy));
        if (!base && (resource.isShared() || function.isEmpty())) {
            return Optional.of(Reason.NOT_BASE);
        }
        String its = sharing.hierarchy(function).orElse("");
        boolean own = base ? its.isEmpty() || sharing.isBase(its) : its.equals(hierarchy);
        if (!own) {
            return Optional.of(Reason.OTHER_HIERARCHY);
        }
        return holder == Holder.CHASSIS ? Optional.of(Reason.CHASSIS) : Optional.empty();
    }

    /** In words, by resource: {@code mac = guest}. */
    @Override
    public String toString() {
        Map<Resource, Holder> sorted = new TreeMap<>(holders);
        StringBuilder text = new StringBuilder();
        sorted.forEach((resource, holder) -> text.append(text.isEmpty() ? "" : ", ")
                .append(resource.word())
                .append(" = ")
                .append(holder.word()));
        return text.toString();
    }
}
