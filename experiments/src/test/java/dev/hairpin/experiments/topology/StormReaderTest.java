package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.relay.StormControl;
import dev.hairpin.model.relay.StormControl.Kind;
import dev.hairpin.model.relay.StormControl.Level;
import org.junit.jupiter.api.Test;

/** Storm control as a topology file has it. */
class StormReaderTest {
    @Test
    void aLevelIsFramesOrBitsASecondWithABurstOfOneSecondUnlessGiven() {
        TopologyFile file = read("""
            nics.nic0 { mode = veb, vfs.vf0 { storm { broadcast = 1000pps, multicast = 10Mbit } } }
            bridge.ports {
              p0 { to = nic0, storm { unknown-unicast = 2.5kpps burst 50 } }
              ext0 { storm { broadcast = "8Mbit burst 64kB" } }
            }
            """);
        StormControl function = StormControl.OFF
                .with(Kind.BROADCAST, new Level(false, 1_000, 1_000))
                .with(Kind.MULTICAST, new Level(true, 10_000_000, 1_250_000));
        assertThat(file.nics().get(0).settings().vsis().get(0).settings().storm())
                .isEqualTo(function);
        var ports = file.bridge().settings().ports();
        // In the order of their names
        assertThat(ports.get(0).storm())
                .isEqualTo(StormControl.OFF.with(Kind.BROADCAST, new Level(true, 8_000_000, 64_000)));
        assertThat(ports.get(1).storm())
                .isEqualTo(StormControl.OFF.with(Kind.UNKNOWN_UNICAST, new Level(false, 2_500, 50)));
    }

    @Test
    void thereIsNoneUnlessGiven() {
        TopologyFile file = read("nics.nic0 { mode = veb, vfs.vf0 {} }\nbridge.ports { p0 { to = nic0 } }");
        assertThat(file.nics().get(0).settings().vsis().get(0).settings().storm())
                .isEqualTo(StormControl.OFF);
        assertThat(file.bridge().settings().ports().get(0).storm()).isEqualTo(StormControl.OFF);
    }

    private static TopologyFile read(String text) {
        Reading reading = TopologyReader.read("lan.conf", text);
        assertThat(reading.problems()).isEmpty();
        return reading.topology().orElseThrow();
    }
}
