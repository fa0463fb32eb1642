package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.offload.Offloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a NIC does for a guest, as a file has it. */
class OffloadReaderTest {
    private static final String LAN = """
            nics.nic0 { mode = veb, device = %s, vfs { vf0 { mac = "02:00:00:00:00:01", offload { %s } } } }
            bridge.ports { p0 { to = nic0 } }
            """;

    private static Reading read(String device, String offload) {
        return TopologyReader.read("lan.conf", LAN.formatted(device, offload));
    }

    private static Offloads offloads(String offload) {
        return read("82599", offload)
                .topology()
                .orElseThrow()
                .nics()
                .get(0)
                .settings()
                .host()
                .functions()
                .get(0)
                .offloads();
    }

    @Test
    void whatIsNotSaidIsTheGuestsOwnWork() {
        assertThat(offloads("")).isEqualTo(Offloads.NONE);
    }

    @Test
    void eachHasTheWordOfEthtool() {
        assertThat(offloads("tx = on, rx = on, txvlan = on, rxvlan = on"))
                .isEqualTo(new Offloads(false, true, true, true, true, 1500, 0));
        assertThat(offloads("tso = on, mtu = 9000, mss = 1448"))
                .as("segments have their checksums filled in")
                .isEqualTo(new Offloads(true, true, false, false, false, 9000, 1448));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "82599         | 'tso = on, tx = off'  | tso without tx: a segment needs its checksums",
                "82599         | 'tso = on, mtu = 67'  | 68 to 65535",
                "82599         | 'tso = on, mss = 7'   | 8 to 65535",
                "82599         | mtu = 9000            | means nothing without tso",
                "82599         | lro = on              | lro",
                "linux-macvlan | tso = on              | found tso on linux-macvlan, expected none",
            })
    void isRefusedOrWarnedOfWithWhatWasExpected(String device, String offload, String words) {
        assertThat(read(device, offload).problems()).singleElement().asString().contains(words);
    }
}
