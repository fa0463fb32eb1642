package dev.hairpin.experiments.topology;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.management.Profile;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.privilege.Act;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.privilege.Holder;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads changes in the grammars of iproute2, dcb and ethtool, and words of our own: {@code policy RELAY NAME}, {@code profile
 * NAME FUNCTION}, {@code privilege NIC RESOURCE HOLDER}, {@code function-mode NIC MODE}, {@code fault FUNCTION|NIC|WIRE KIND} and
 * {@code pause NIC [priority N] for TIME}. A line is said on the host, unless {@code in PLACE} stands before it.
 */
public final class ChangeGrammar {
    private static final List<String> TOOLS = List.of(
            "ip", "bridge", "ethtool", "dcb", "policy", "profile", "privilege", "function-mode", "fault", "pause");

    private final Map<String, NicSettings> nics = new LinkedHashMap<>();
    private final List<String> ports;
    private final Policies policies;
    private final Map<String, Place> places;

    /** Wires of bonds, each with its NIC. */
    private final Map<String, String> wires;

    /**
     * @param nics at the start; their names and those of their functions are what counts
     * @param bridge at the start; the names of its ports are what counts
     * @param policies and profiles that can be selected
     */
    public ChangeGrammar(Collection<NicSettings> nics, BridgeSettings bridge, Policies policies) {
        this.ports = bridge.names();
        nics.forEach(nic -> this.nics.put(nic.name(), nic));
        this.places = Place.of(nics);
        this.wires = WireCommand.members(nics);
        this.policies = policies;
    }

    /** Named policies and profiles. */
    public interface Policies {
        /** What they are called. */
        Collection<String> names();

        /** The one called {@code name}, for the relay called {@code relay}. */
        Policy of(String name, String relay);

        /** The profiles there are. */
        default Collection<Profile> profiles() {
            return List.of();
        }
    }

    /** What {@code line} asks for. */
    public Change read(String line) throws ChangeInvalid {
        Words words = new Words(line);
        return read(words, words.took("in") ? place(words) : Place.HOST);
    }

    /** What {@code line} asks for where it is said in {@code place}. */
    public Change read(String place, String line) throws ChangeInvalid {
        Words words = new Words(line);
        return read(words, places.getOrDefault(place, Place.HOST));
    }

    /** The NIC on another device: in that device's usual function mode, where it knows the NIC's own not. */
    public static NicSettings onDevice(NicSettings nic, Device other) {
        return SharingReader.known(nic.on(other));
    }

    /** Where something can be said, beside the host. */
    Collection<String> places() {
        return places.keySet();
    }

    private Change read(Words words, Place place) throws ChangeInvalid {
        String tool = words.take(
                TOOLS, "ip, bridge, ethtool, dcb, policy, profile, privilege, function-mode, fault or pause");
        // A guest that names a NIC reaches for more than its function, which is not for the grammar to refuse.
        if (place.isGuest() && TOOLS.subList(0, 2).contains(tool) && !words.mention(nics.keySet())) {
            return GuestCommand.read(words, tool, place);
        }
        return switch (tool) {
            case "ip" -> ip(words, place.caller());
            case "bridge" -> bridge(words, place.caller());
            case "ethtool" ->
                words.peek().equals("-A") && !place.isGuest()
                        ? WireCommand.pauses(words, nics.keySet(), place.caller())
                        : EthtoolCommand.read(words, place, places);
            case "dcb" -> WireCommand.dcb(words, nics.keySet(), place.caller());
            case "pause" -> WireCommand.pause(words, nics.keySet(), place);
            case "policy" -> policy(words, place.caller());
            case "profile" -> profile(words, place.caller());
            case "function-mode" -> functionMode(words, place.caller());
            case "fault" ->
                wires.containsKey(words.peek())
                        ? WireCommand.fault(words, wires)
                        : FaultCommand.read(words, nics, places);
            default -> privilege(words, place.caller());
        };
    }

    private Place place(Words words) throws ChangeInvalid {
        String word = words.take(places.keySet(), "one of " + String.join(", ", places.keySet()));
        return places.getOrDefault(word, Place.HOST);
    }

    private Change ip(Words words, Caller caller) throws ChangeInvalid {
        words.take(List.of("link"), "link");
        words.take(List.of("set"), "set");
        words.took("dev");
        return wires.containsKey(words.peek())
                ? WireCommand.link(words, wires, caller)
                : LinkCommand.read(words, nic(words), caller);
    }

    private NicSettings nic(Words words) throws ChangeInvalid {
        String expected = "a NIC: " + String.join(", ", nics.keySet());
        NicSettings nic = nics.get(words.peek());
        if (nic == null) {
            throw words.wrong(expected + Nearest.hint(words.peek(), nics.keySet()));
        }
        words.take(expected);
        return nic;
    }

    private Change bridge(Words words, Caller caller) throws ChangeInvalid {
        BridgeCommand command = new BridgeCommand(words, ports);
        String object = words.take(List.of("link", "vlan", "fdb", "mdb"), "link, vlan, fdb or mdb");
        return switch (object) {
            case "vlan" -> command.vlan();
            case "fdb" -> command.fdb();
            case "mdb" -> command.mdb();
            default -> link(words, command, caller);
        };
    }

    private Change link(Words words, BridgeCommand command, Caller caller) throws ChangeInvalid {
        words.take(List.of("set"), "set");
        words.take(List.of("dev"), "dev");
        if (nics.containsKey(words.peek())) {
            return hwmode(words, caller);
        }
        List<String> known = new ArrayList<>(ports);
        known.addAll(nics.keySet());
        return command.link(words.take(known, "a port of the bridge or a NIC: " + String.join(", ", known)));
    }

    private Change hwmode(Words words, Caller caller) throws ChangeInvalid {
        NicSettings nic = nic(words);
        words.take(List.of("hwmode"), "hwmode");
        Mode mode = words.take(List.of("veb", "vepa"), "veb or vepa").equals("veb") ? Mode.VEB : Mode.VEPA;
        words.end("the end of the line");
        return new Change.AtNic(nic.name(), before -> {
            before.authorise(caller, Act.ADMINISTER, Resource.DEVICE, "");
            Driver.of(before.device()).require(Driver.Operation.HWMODE);
            return before.in(mode);
        });
    }

    private Change policy(Words words, Caller caller) throws ChangeInvalid {
        List<String> relays = new ArrayList<>(nics.keySet());
        relays.add(BridgeReader.NAME);
        String relay = words.take(relays, "a relay: " + String.join(", ", relays));
        String name = words.take(
                policies.names(),
                policies.names().isEmpty()
                        ? "a policy, of which there is none in policies"
                        : "a policy: " + String.join(", ", policies.names()));
        words.end("the end of the line");
        Policy policy = policies.of(name, relay);
        return relay.equals(BridgeReader.NAME)
                ? new Change.AtBridge(before -> before.withPolicy(policy))
                : new Change.AtNic(relay, before -> {
                    before.authorise(caller, Act.ADMINISTER, Resource.DEVICE, "");
                    return Profile.under(before, policy, policies.profiles());
                });
    }

    private Change profile(Words words, Caller caller) throws ChangeInvalid {
        Map<String, Profile> known = new LinkedHashMap<>();
        policies.profiles().forEach(profile -> known.put(profile.name(), profile));
        String name = words.take(
                known.keySet(),
                known.isEmpty()
                        ? "a profile, of which there is none in profiles"
                        : "a profile: " + String.join(", ", known.keySet()));
        List<String> functions = Place.functions(places);
        Place where =
                places.getOrDefault(words.take(functions, "a function: " + String.join(", ", functions)), Place.HOST);
        words.end("the end of the line");
        Profile profile = Objects.requireNonNull(known.get(name));
        return new Change.AtNic(
                where.nic(), before -> profile.applied(before, where.function(), caller, known.values()));
    }

    private Change functionMode(Words words, Caller caller) throws ChangeInvalid {
        NicSettings nic = nic(words);
        String mode = words.take("a function mode");
        words.end("the end of the line");
        return new Change.AtNic(nic.name(), before -> {
            before.authorise(caller, Act.ADMINISTER, Resource.DEVICE, "");
            return SharingReader.entered(before, mode);
        });
    }

    private Change privilege(Words words, Caller caller) throws ChangeInvalid {
        NicSettings nic = nic(words);
        Map<String, Resource> resources = Block.words(Resource.class);
        Map<String, Holder> holders = Block.words(Holder.class);
        Resource resource = Objects.requireNonNull(
                resources.get(words.take(resources.keySet(), "a resource: " + String.join(", ", resources.keySet()))));
        if (resource.isShared() && words.peek().equals(Holder.GUEST.word())) {
            throw words.wrong("managed or chassis: all functions share " + resource.text());
        }
        Holder holder = Objects.requireNonNull(holders.get(words.take(holders.keySet(), PrivilegeReader.HOLDERS)));
        words.end("the end of the line");
        return new Change.AtNic(nic.name(), before -> {
            before.authorise(caller, resource, holder);
            return before.leaving(before.privileges().with(resource, holder));
        });
    }
}
