package dev.hairpin.experiments.run;

import dev.hairpin.model.device.Device;
import dev.hairpin.model.relay.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is changed in a run to see what would have become of its traffic.
 *
 * @param policy file of a policy for every NIC
 * @param lines changes as iproute2 takes them, in their order
 * @param from where it is changed; from the first frame on when absent
 */
public record WhatIf(
        Optional<Mode> mode,
        Optional<Device> device,
        Optional<Path> policy,
        List<String> lines,
        Optional<Moment> from) {
    public WhatIf {
        lines = List.copyOf(lines);
    }

    /** What is changed, as it is written. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>(List.of("what if"));
        mode.ifPresent(to -> words.add("mode " + to.word()));
        device.ifPresent(to -> words.add("device " + to.name()));
        policy.ifPresent(file -> words.add("policy " + file));
        lines.forEach(line -> words.add("'" + line + "'"));
        return String.join(" ", words);
    }
}
