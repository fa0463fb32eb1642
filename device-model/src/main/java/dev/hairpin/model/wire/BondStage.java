package dev.hairpin.model.wire;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.link.LossyStage;
import dev.hairpin.model.link.PassThrough;
import dev.hairpin.model.link.Stage;
import dev.hairpin.model.link.Steps;
import java.util.List;

/** Where the wires of a bond end in the NIC. What comes by one that is not active of an active-backup bond is dropped. */
public final class BondStage extends LossyStage {
    private BondStage(String name, List<String> ports, Steps<Bond> steps) {
        super(
                name,
                ports.size(),
                1,
                ports,
                new ActiveOnly(steps),
                wire -> Outcome.dropCopy(wire, Rule.BOND_BACKUP, wire, DropReason.BACKUP_WIRE));
    }

    /**
     * Where they end, each by an input of its own.
     *
     * @param port the NIC's, that they are together
     * @param ports of the bridge at their other ends: of an active-backup bond one of each wire, otherwise one of all
     */
    public static Stage of(String name, String port, List<String> ports, Steps<WireSettings> steps) {
        Bond bond = steps.now().bond();
        return bond.mode() == Bond.Mode.ACTIVE_BACKUP
                ? new BondStage(name, ports, steps.of(WireSettings::bond))
                : new PassThrough(name, port, bond.members().size(), 0);
    }
}
