package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.bridge.FdbEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that a topology file sets in the bridge, with VLANs and without. */
class SetAddressesTest {
    private static final String PORTS = "ports { p0 { to = nic0, vlans { 10 = tagged } } }";

    @Test
    void withoutAVlanIsInAllOfThePort() {
        Reading filtering = read("vlan-filtering = on, fdb = [{ mac = \"02:00:00:00:00:09\", port = p0 }]");
        assertThat(vids(filtering)).containsExactly(0, 1, 10);
        Reading plain = read("fdb = [{ mac = \"02:00:00:00:00:09\", port = p0 }]");
        assertThat(vids(plain)).containsExactly(0);
    }

    @Test
    void inAVlanIsHiddenWhereTheBridgeDoesNotFilterWhichIsWorthAWarning() {
        Reading hidden = read("fdb = [{ mac = \"02:00:00:00:00:09\", port = p0, vlan = 10 }]");
        assertThat(vids(hidden)).containsExactly(10);
        assertThat(hidden.problems())
                .anyMatch(problem -> problem.warning()
                        && problem.toString()
                                .contains("bridge.fdb[1].vlan: warning: hides the address without vlan-filtering"));
    }

    private static List<Integer> vids(Reading reading) {
        return reading.topology().orElseThrow().bridge().settings().stations().stream()
                .map(FdbEntry::vid)
                .toList();
    }

    private static Reading read(String bridge) {
        return TopologyReader.read(
                "lan.conf", "nics.nic0 { mode = veb, vfs.vf0 {} }\nbridge { " + PORTS + ", " + bridge + " }");
    }
}
