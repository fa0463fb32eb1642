package dev.hairpin.experiments.linux;

import dev.hairpin.experiments.topology.Change;
import dev.hairpin.experiments.topology.ChangeGrammar;
import dev.hairpin.experiments.topology.ChangeInvalid;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Something that is done to the kernel's devices and to the model's settings.
 *
 * @param at the function in whose namespace it is done, or {@link #BRIDGE}
 * @param line of ip(8) or bridge(8); or {@code netlink DEVICE OPTION VALUE}, for what older ones do not know
 * @param bridge what it does to the model's bridge
 * @param function what it does to the model's function
 */
record Command(String at, String line, UnaryOperator<BridgeSettings> bridge, UnaryOperator<VsiSettings> function) {
    /** The kernel's bridge, as topology files have it too. */
    static final String BRIDGE = "bridge";

    /** A line that the product takes too; it is the product's reader that says what it does to the model. */
    static Command bridge(String line) {
        return bridge(line, before -> {
            try {
                Change change = new ChangeGrammar(List.of(), before, new NoPolicies()).read(line);
                return ((Change.AtBridge) change).effect().apply(before);
            } catch (ChangeInvalid invalid) {
                throw new IllegalArgumentException(line, invalid);
            }
        });
    }

    static Command bridge(String line, UnaryOperator<BridgeSettings> effect) {
        return new Command(BRIDGE, line, effect, UnaryOperator.identity());
    }

    /** An option of macvlan. */
    static Command function(String name, String option, UnaryOperator<VsiSettings> effect) {
        return new Command(name, "ip link set " + name + " type macvlan " + option, UnaryOperator.identity(), effect);
    }

    /** The function as it is after this. */
    Vsi applied(Vsi before) {
        return before.name().equals(at) ? before.with(function.apply(before.settings())) : before;
    }

    private record NoPolicies() implements ChangeGrammar.Policies {
        @Override
        public Collection<String> names() {
            return List.of();
        }

        @Override
        public Policy of(String name, String relay) {
            return Policy.NONE;
        }
    }
}
