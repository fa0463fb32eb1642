package dev.hairpin.experiments.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.testkit.Golden;
import dev.hairpin.experiments.testkit.Tool;
import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code ip -d link show} beside the real one of this machine: which words stand in which order, in text and in JSON. */
class LinkDetailsTest {
    private static final long STATION = 0x0200_0000_0000L;

    /** A kernel without VLAN filtering has not the first, iproute2 before 6.8 not the second. */
    private static final List<String> NOT_EVERYWHERE = List.of("vlan_protocol", "fdb_max_learned");

    private static StateAt on(String device) {
        VsiSettings administered =
                VsiSettings.DEFAULT.withPortVlan(10).withPortPriority(3).withSpoofMac(true);
        List<Vsi> vsis = List.of(
                new Vsi("pf", List.of(STATION + 0xf), List.of(), VsiSettings.DEFAULT.withPhysical(true)),
                new Vsi("vf0", List.of(STATION + 1), List.of(), administered),
                new Vsi("vf1", List.of(STATION + 2), List.of(), VsiSettings.DEFAULT.withXcast(Xcast.ALLMULTI)));
        NicSettings nic =
                NicSettings.of("nic0", Mode.VEB, vsis).on(Devices.named(device).orElseThrow());
        BridgeSettings bridge =
                BridgeSettings.of(List.of(BridgePort.named("p0").withReflects(true), BridgePort.named("ext0")));
        return new StateAt(0, List.of(new StateAt.Nic("", nic)), bridge, List.of(), List.of(), Map.of());
    }

    private static List<String> shown(String device, String command) throws Exception {
        return Asked.of(List.of(command.split(" ", -1))).of(on(device)).text();
    }

    @Test
    void everyDeviceIsShownWithItsDetails() throws Exception {
        Golden.hold("ip-d-link.txt", () -> {
            StringBuilder text = new StringBuilder();
            for (String device : List.of("82599", "82576", "x3100", "ieee")) {
                text.append("# " + device + "\n");
                shown(device, "ip -d link show")
                        .forEach(line -> text.append(line).append('\n'));
            }
            return text.toString();
        });
    }

    @Test
    void aFunctionNamesItsPlaceAsLspciDoes() throws Exception {
        assertThat(shown("82576", "ip -d link show dev vf1").get(1)).endsWith("parentbus pci parentdev 0000:05:10.2 ");
        assertThat(shown("82576", "ip -d link show dev nic0").get(1)).endsWith("parentbus pci parentdev 0000:05:00.0 ");
        assertThat(shown("ieee", "ip -d link show dev vf1").get(1)).endsWith("gro_max_size 65536 ");
    }

    /** A device of this machine that is on a bus, as a NIC is: it has no kind of its own, and so one line of details. */
    @Test
    void aNicsDetailsAreInTheOrderOfTheRealTools() throws Exception {
        List<String> real = detailsOf(Tool.lines(List.of("ip", "-d", "link", "show")), " parentbus ");
        assumeTrue(!real.isEmpty(), "no device on a bus, or no ip, on this machine");
        for (String line : detailsOf(shown("82599", "ip -d link show"), " parentbus ")) {
            assertThat(names(line)).isEqualTo(names(real.get(0)));
        }
    }

    @Test
    void aNicsObjectHasTheKeysOfTheRealToolInTheirOrder() throws Exception {
        String json = String.join("\n", Tool.lines(List.of("ip", "-d", "-j", "link", "show")));
        assumeTrue(json.startsWith("["), "no ip on this machine");
        List<List<String>> real = new ArrayList<>();
        for (Object each : JSON.std.listFrom(json)) {
            if (each instanceof Map<?, ?> object && object.containsKey("parentbus")) {
                real.add(object.keySet().stream().map(String::valueOf).toList());
            }
        }
        assumeTrue(!real.isEmpty(), "no device on a bus on this machine");
        for (Map<String, Object> ours : Asked.of(List.of("ip", "-d", "-j", "link", "show", "dev", "vf0"))
                .of(on("82599"))
                .json()) {
            assertThat(List.copyOf(ours.keySet())).isEqualTo(real.get(0));
        }
    }

    /** In a network namespace of its own, where there may be no bridges, or no right to make them: then it is skipped. */
    @Test
    void aBridgeAndItsPortHaveNothingThatTheRealOnesHaveNot() throws Exception {
        List<String> made = Tool.lines(List.of(
                "unshare",
                "-n",
                "sh",
                "-c",
                "ip link add p0 type veth peer name q0 && ip link add br0 type bridge && ip link set p0 master br0"
                        + " && ip -d link show dev p0 && ip -d link show dev br0"));
        assumeTrue(made.size() >= 6, "no namespace with a bridge can be made here");
        List<String> ours = new ArrayList<>(shown("82599", "ip -d link show dev p0"));
        ours.addAll(shown("82599", "ip -d link show dev bridge"));
        for (String kind : List.of("    bridge_slave ", "    bridge ")) {
            List<String> real = names(only(made, kind));
            List<String> shown = names(only(ours, kind)).stream()
                    .filter(name -> real.contains(name) || !NOT_EVERYWHERE.contains(name))
                    .toList();
            assertThat(real.stream().filter(shown::contains)).as(kind).containsExactlyElementsOf(shown);
        }
        List<String> addresses = detailsOf(made, " promiscuity ");
        List<String> details = detailsOf(ours, " promiscuity ");
        assertThat(details).hasSameSizeAs(addresses);
        IntStream.range(0, details.size())
                .forEach(at -> assertThat(tail(details.get(at))).isEqualTo(tail(addresses.get(at))));
    }

    private static String only(List<String> lines, String begin) {
        return lines.stream().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
    }

    private static List<String> detailsOf(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith("    link/ether ") && line.contains(word))
                .toList();
    }

    /** From the promiscuity on. */
    private static String tail(String line) {
        return line.substring(line.indexOf(" promiscuity "));
    }

    /** Every second word behind the addresses or the kind. */
    private static List<String> names(String line) {
        String values =
                line.contains(" promiscuity ") ? tail(line) : line.strip().replaceFirst("^\\S+ ", "");
        String[] words = values.strip().split(" +", -1);
        return IntStream.range(0, words.length)
                .filter(at -> at % 2 == 0)
                .mapToObj(at -> Arrays.asList(words).get(at))
                .toList();
    }
}
