package dev.hairpin.experiments.topology;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads changes in iproute2's grammar, and one word of our own: {@code policy RELAY NAME}. */
public final class ChangeGrammar {
    private static final List<String> TOOLS = List.of("ip", "bridge", "policy");

    private final Map<String, NicSettings> nics = new LinkedHashMap<>();
    private final List<String> ports;
    private final Policies policies;

    /**
     * @param nics at the start; their names and those of their functions are what counts
     * @param bridge at the start; the names of its ports are what counts
     * @param policies that can be selected
     */
    public ChangeGrammar(Collection<NicSettings> nics, BridgeSettings bridge, Policies policies) {
        this.ports = bridge.names();
        nics.forEach(nic -> this.nics.put(nic.name(), nic));
        this.policies = policies;
    }

    /** Named policies. */
    public interface Policies {
        /** What they are called. */
        Collection<String> names();

        /** The one called {@code name}, for the relay called {@code relay}. */
        Policy of(String name, String relay);
    }

    /** What {@code line} asks for. */
    public Change read(String line) throws ChangeInvalid {
        Words words = new Words(line);
        String tool = words.take(TOOLS, "ip, bridge or policy");
        return switch (tool) {
            case "ip" -> ip(words);
            case "bridge" -> bridge(words);
            default -> policy(words);
        };
    }

    private Change ip(Words words) throws ChangeInvalid {
        words.take(List.of("link"), "link");
        words.take(List.of("set"), "set");
        words.took("dev");
        return LinkCommand.read(words, nic(words));
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

    private Change bridge(Words words) throws ChangeInvalid {
        BridgeCommand command = new BridgeCommand(words, ports);
        String object = words.take(List.of("link", "vlan", "fdb", "mdb"), "link, vlan, fdb or mdb");
        return switch (object) {
            case "vlan" -> command.vlan();
            case "fdb" -> command.fdb();
            case "mdb" -> command.mdb();
            default -> link(words, command);
        };
    }

    private Change link(Words words, BridgeCommand command) throws ChangeInvalid {
        words.take(List.of("set"), "set");
        words.take(List.of("dev"), "dev");
        if (nics.containsKey(words.peek())) {
            return hwmode(words);
        }
        List<String> known = new ArrayList<>(ports);
        known.addAll(nics.keySet());
        return command.link(words.take(known, "a port of the bridge or a NIC: " + String.join(", ", known)));
    }

    private Change hwmode(Words words) throws ChangeInvalid {
        NicSettings nic = nic(words);
        words.take(List.of("hwmode"), "hwmode");
        Mode mode = words.take(List.of("veb", "vepa"), "veb or vepa").equals("veb") ? Mode.VEB : Mode.VEPA;
        words.end("the end of the line");
        return new Change.AtNic(nic.name(), before -> {
            Driver.of(before.device()).require(Driver.Operation.HWMODE);
            return before.in(mode);
        });
    }

    private Change policy(Words words) throws ChangeInvalid {
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
                : new Change.AtNic(relay, before -> before.under(policy));
    }
}
