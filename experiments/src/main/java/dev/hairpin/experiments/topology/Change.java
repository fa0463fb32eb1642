package dev.hairpin.experiments.topology;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import java.util.function.UnaryOperator;

/** A change of a relay's configuration. What the device cannot have, or its driver does not do, is {@link Refused}. */
public sealed interface Change {
    /**
     * A change at a NIC.
     *
     * @param nic its name
     * @param effect from the settings before to those after
     */
    record AtNic(String nic, UnaryOperator<NicSettings> effect) implements Change {}

    /**
     * A change at the bridge.
     *
     * @param effect from the settings before to those after
     */
    record AtBridge(UnaryOperator<BridgeSettings> effect) implements Change {}
}
