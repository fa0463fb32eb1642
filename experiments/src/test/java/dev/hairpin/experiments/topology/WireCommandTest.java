package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hairpin.model.device.Devices;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.wire.Bond;
import dev.hairpin.model.wire.FlowControl;
import dev.hairpin.model.wire.Selection;
import dev.hairpin.model.wire.TrafficClasses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a topology file says of a NIC's wires, at first and at given times. */
class WireCommandTest {
    private static final NicSettings NIC = NicSettings.of("nic0", Mode.VEB, vsis(2));
    private static final Bond TWO =
            new Bond(Bond.Mode.STATIC, List.of(new Bond.Member("u0", true), new Bond.Member("u1", true)));

    private static List<Vsi> vsis(int count) {
        List<Vsi> vsis = new ArrayList<>();
        for (int vf = 0; vf < count; vf++) {
            vsis.add(new Vsi("vf" + vf, List.of(0x0200_0000_0000L + vf + 1), List.of(), VsiSettings.DEFAULT));
        }
        return vsis;
    }

    private static NicSettings after(NicSettings before, String... lines) throws ChangeInvalid {
        NicSettings now = before;
        for (String line : lines) {
            Change change = new ChangeGrammar(List.of(before), BridgeCommandTest.BRIDGE, new NoPolicies()).read(line);
            now = ((Change.AtNic) change).effect().apply(now);
        }
        return now;
    }

    private static final class NoPolicies implements ChangeGrammar.Policies {
        @Override
        public Collection<String> names() {
            return List.of();
        }

        @Override
        public Policy of(String name, String relay) {
            return Policy.NONE;
        }
    }

    private static FlowControl flow(String... lines) throws ChangeInvalid {
        return after(NIC, lines).wire().flow();
    }

    @Test
    void dcbEtsSetsWhatItNamesAndLeavesTheRest() throws ChangeInvalid {
        TrafficClasses classes = after(
                        NIC,
                        "dcb ets set dev nic0 prio-tc all:0 5:1 6:2 tc-tsa 0:ets 1:ets tc-bw 0:60 1:40",
                        "dcb ets set dev nic0 tc-bw 0:70 1:30")
                .wire()
                .classes();
        assertThat(classes.classOf()).containsExactly(0, 0, 0, 0, 0, 1, 2, 0);
        assertThat(classes.selection()).startsWith(Selection.ETS, Selection.ETS, Selection.STRICT);
        assertThat(classes.bandwidth()).startsWith(70, 30, 0);
    }

    @Test
    void bandwidthsThatDoNotSumTo100AreRefused() {
        assertThatThrownBy(() -> after(NIC, "dcb ets set dev nic0 tc-tsa 0:ets 1:ets tc-bw 0:60 1:30"))
                .isInstanceOf(Refused.class)
                .hasMessage("bandwidths of all classes sum to 90 %, expected 100 (EINVAL)");
    }

    @ParameterizedTest
    @CsvSource({"82576, igb", "x3100, vxge", "linux-macvlan, macvlan"})
    void driversWithoutDcbHaveNoClasses(String device, String driver) {
        NicSettings nic = NIC.on(Devices.named(device).orElseThrow());
        assertThatThrownBy(() -> after(nic, "dcb ets set dev nic0 prio-tc 5:1"))
                .isInstanceOf(Refused.class)
                .hasMessage(driver + " has no operation for traffic classes (EOPNOTSUPP)");
    }

    @ParameterizedTest
    @CsvSource({"32, 3, 33", "16, 7, 17"})
    void moreClassesLeaveFewerPools(int pools, int highest, int asked) throws ChangeInvalid {
        String line = "dcb ets set dev nic0 prio-tc 5:" + highest;
        assertThat(after(of82599(pools), line).wire().classes().count()).isEqualTo(highest + 1);
        assertThatThrownBy(() -> after(of82599(asked), line))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        asked + " stations: with " + (highest + 1) + " traffic classes 82599 has place for " + pools);
    }

    private static NicSettings of82599(int functions) {
        return NicSettings.of("nic0", Mode.VEB, vsis(functions))
                .on(Devices.named("82599").orElseThrow());
    }

    @Test
    void aPauseHoldsUntilItIsOver() throws ChangeInvalid {
        assertThat(flow("pause nic0 for 33us as 1").holds()).isEqualTo(FlowControl.ALL);
        assertThat(flow("pause nic0 for 33us as 1", "pause nic0 over 1").holds())
                .isZero();
        assertThat(flow("pause nic0 priority 3 for 33us as 1").holds()).isEqualTo(0b1000);
        assertThat(flow(
                                "pause nic0 priority 3 for 33us as 1",
                                "pause nic0 priority 2 for 33us as 2",
                                "pause nic0 over 1")
                        .holds())
                .isEqualTo(0b100);
    }

    @Test
    void aLaterPauseTakesThePlaceOfAnEarlierOne() throws ChangeInvalid {
        assertThat(flow("pause nic0 for 33us as 1", "pause nic0 for 33us as 2", "pause nic0 over 1")
                        .holds())
                .isEqualTo(FlowControl.ALL);
        assertThat(flow("pause nic0 for 33us as 1", "pause nic0 for 0us as 2").holds())
                .as("a PAUSE of no time lets everything go")
                .isZero();
        assertThat(flow("pause nic0 priority 3 for 9 quanta as 1", "pause nic0 priority 3 for 0 quanta as 2")
                        .holds())
                .isZero();
    }

    @Test
    void aPauseIsNotHeededWhereReceivingItIsOff() throws ChangeInvalid {
        assertThat(flow("ethtool -A nic0 rx off", "pause nic0 for 33us as 1").holds())
                .isZero();
        assertThat(flow("pause nic0 for 33us as 1", "ethtool -A nic0 rx off").holds())
                .as("the MAC is reset")
                .isZero();
        assertThat(flow("ethtool -A nic0 rx off", "ethtool -A nic0 rx on", "pause nic0 for 33us as 1")
                        .holds())
                .isEqualTo(FlowControl.ALL);
        assertThat(flow("ethtool -A nic0 rx off", "pause nic0 priority 1 for 33us as 1")
                        .holds())
                .as("that is another matter")
                .isEqualTo(0b10);
    }

    @Test
    void aPriorityIsHeldWhereItIsUnderFlowControl() throws ChangeInvalid {
        String only3 = "dcb pfc set dev nic0 prio-pfc all:off 3:on";
        assertThat(flow(only3, "pause nic0 priority 2 for 33us as 1").holds()).isZero();
        assertThat(flow(only3, "pause nic0 priority 3 for 33us as 1").holds()).isEqualTo(0b1000);
    }

    @ParameterizedTest
    @CsvSource({"33us, 33000", "65535 quanta, 3355392", "1 quanta, 52"})
    void aQuantumIs512BitTimes(String time, long nanos) {
        // At 10 Gbit/s 51.2 ns; a fraction of a nanosecond is a whole one
        assertThat(WireCommand.lasts("pause nic0 for " + time, 10_000_000_000L)).isEqualTo(nanos);
    }

    @Test
    void quantaOfAWireWithoutARateAreNoTime() {
        assertThatThrownBy(() -> WireCommand.lasts("pause nic0 for 7 quanta", Server.UNLIMITED))
                .hasMessage("found quanta at a wire without a rate, expected a time such as 33us");
    }

    @Test
    void eachWireOfABondGoesUpAndDown() throws ChangeInvalid {
        NicSettings nic = NIC.with(NIC.wire().with(TWO));
        NicSettings one = after(nic, "fault nic0.u0 link-down");
        assertThat(one.wire().bond().members()).extracting(Bond.Member::up).containsExactly(false, true);
        assertThat(one.hasLink()).isTrue();
        NicSettings none = after(nic, "fault nic0.u0 link-down", "ip link set dev nic0.u1 down");
        assertThat(none.hasLink()).isFalse();
        assertThat(after(none, "fault nic0.u0 over").hasLink()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dcb ets set dev nic0 prio-tc 8:1",
                "dcb ets set dev nic0 prio-tc 5:8",
                "dcb ets set dev nic0 tc-tsa 1:cbs",
                "dcb ets set dev nic0 tc-bw 1:101",
                "dcb ets set dev nic0",
                "dcb pfc set dev nic0 prio-pfc 3",
                "ethtool -A nic0 tx on",
                "pause nic0 for ever",
                "in vf0 pause nic0 for 1us",
                "pause nic0 priority 8 for 1us",
                "pause nic0 for 65536 quanta",
                "ip link set dev nic0.u0 down",
                "fault nic0.u0 link-down"
            })
    void whatNoToolWouldTakeIsAMistake(String line) {
        assertThatThrownBy(() -> after(NIC, line)).isInstanceOf(ChangeInvalid.class);
    }

    @Test
    void aFileSaysAllOfIt() {
        Reading reading = TopologyReader.read("lan.conf", """
                nics.nic0 {
                  mode = vepa
                  vfs { vf0 { mac = "02:00:00:00:00:01" } }
                  uplink {
                    rate = 10Gbit
                    classes { prio-tc = "all:0 5:1", tc-tsa = "0:ets 1:ets", tc-bw = "0:60 1:40" }
                    bond = active-backup
                    members { u0 {}, u1 { up = no } }
                  }
                }
                bridge.ports { p0 { to = nic0.u0, reflective-relay = on }, p1 { to = nic0.u1, reflective-relay = on }, ext0 {} }
                changes = [
                  { at = 1ms, do = "pause nic0 for 1000 quanta" }
                  { at = 1ms, do = "pause nic0 priority 5 for 10us" }
                ]
                """);
        assertThat(reading.problems()).isEmpty();
        TopologyFile.Nic nic = reading.topology().orElseThrow().nics().get(0);
        assertThat(nic.settings().wire().classes().count()).isEqualTo(2);
        assertThat(nic.settings().wire().bond().members())
                .containsExactly(new Bond.Member("u0", true), new Bond.Member("u1", false));
        assertThat(nic.changes())
                .extracting(Timed::time, Timed::change)
                .containsExactly(
                        tuple(1_000_000L, "pause nic0 for 1000 quanta as 1"),
                        tuple(1_000_000L, "pause nic0 priority 5 for 10us as 2"),
                        tuple(1_010_000L, "pause nic0 over 2"),
                        tuple(1_051_200L, "pause nic0 over 1"));
    }

    @Test
    void mistakesOfAnUplinkAreTold() {
        Reading reading = TopologyReader.read("lan.conf", """
                nics.nic0 {
                  mode = veb
                  vfs { vf0 {} }
                  uplink { classes { prio-tc = "5:9", tc-tsa = "0:ets" }, bond = static, members { u0 {} } }
                }
                bridge.ports { p0 { to = nic0.u0 } }
                changes = [ { at = 1ms, do = "pause nic0 for 9 quanta" } ]
                """);
        assertThat(reading.problems())
                .extracting(Problem::message)
                .contains(
                        "found 5:9, expected a priority and its class such as 5:1 or all:0",
                        "bandwidths of all classes sum to 0 %, expected 100",
                        "found a bond of 1 wires, expected members with 2 to 8");
    }
}
