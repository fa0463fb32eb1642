package dev.hairpin.model.relay;

import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.testkit.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What macvlan makes of frames, as measured on Linux 6.18 with one device of each mode. */
class MacvlanRulesTest {
    private static final Device MACVLAN = Devices.named("linux-macvlan").orElseThrow();
    private static final int PRIVATE = 0;
    private static final int VEPA = 1;
    private static final int BRIDGE = 2;
    private static final int SOURCE = 3;
    private static final int CONSUMING = 4;
    private static final int WIRE = 5;
    private static final long LISTED = station(0xAA01);
    private static final long LISTED_AND_CONSUMED = station(0xAA02);
    private static final int MAC_CONTROL = 0x8808;

    private final Relaying macvlan = new Relaying(new EdgeRelayRx("macvlan.rx", nic(), List.of(), 0));
    private final Relaying sending = new Relaying(new EdgeRelayTx("macvlan.tx", nic(), List.of(), 0));

    @Test
    void broadcastFromOutsideIsForAllModesButSource() {
        assertThat(macvlan.decide(broadcast(station(0xBB))))
                .isEqualTo(Outcome.forward(WIRE, Rule.ER_UPLINK_BROADCAST, PRIVATE, VEPA, BRIDGE));
    }

    @Test
    void aGroupFrameOfADeviceThatIsNeitherVepaNorBridgeGoesBackToItAlone() {
        for (int device : new int[] {PRIVATE, SOURCE, CONSUMING}) {
            Outcome back = Outcome.forward(WIRE, Rule.MACVLAN_BACK_TO_SOURCE, device);
            assertThat(macvlan.decide(broadcast(station(device)))).isEqualTo(back);
            assertThat(macvlan.decide(broadcast(station(device)).to(group(1)))).isEqualTo(back);
            assertThat(macvlan.decide(typed(broadcast(station(device)), MAC_CONTROL)))
                    .isEqualTo(back);
        }
    }

    @Test
    void aGroupFrameOfADeviceInModeVepaIsPrunedAndOneOfModeBridgeIsForVepaOnly() {
        assertThat(macvlan.decide(broadcast(station(VEPA))))
                .isEqualTo(new Outcome(
                        WIRE, Rule.VEPA_SOURCE_PRUNING, new int[] {BRIDGE}, new int[] {VEPA}, new DropReason[] {
                            DropReason.SOURCE_PRUNED
                        }));
        assertThat(macvlan.decide(broadcast(station(BRIDGE))))
                .isEqualTo(Outcome.forward(WIRE, Rule.MACVLAN_OWN_SOURCE, VEPA));
    }

    @Test
    void aDeviceThatListsTheSourceGetsItsGroupFramesToo() {
        assertThat(macvlan.decide(broadcast(LISTED)))
                .isEqualTo(Outcome.forward(WIRE, Rule.ER_UPLINK_BROADCAST, PRIVATE, VEPA, BRIDGE, SOURCE));
        assertThat(macvlan.decide(broadcast(LISTED).to(group(1))))
                .isEqualTo(Outcome.forward(WIRE, Rule.MACVLAN_SOURCE_LIST, SOURCE));
        assertThat(macvlan.decide(typed(broadcast(LISTED), MAC_CONTROL)))
                .isEqualTo(Outcome.forward(WIRE, Rule.MACVLAN_SOURCE_LIST, SOURCE));
    }

    @Test
    void aDeviceThatListsTheSourceAndConsumesLeavesNothingToOthers() {
        Outcome consumed = Outcome.forward(WIRE, Rule.MACVLAN_SOURCE_LIST, CONSUMING);
        assertThat(macvlan.decide(broadcast(LISTED_AND_CONSUMED))).isEqualTo(consumed);
        assertThat(macvlan.decide(broadcast(LISTED_AND_CONSUMED).to(station(BRIDGE))))
                .isEqualTo(consumed);
    }

    @Test
    void unicastBetweenDevicesInModeBridgePassesThoseThatListItsSource() {
        Frame toItself = broadcast(station(0xBB)).to(station(BRIDGE)).by(BRIDGE);
        assertThat(sending.decide(toItself)).isEqualTo(Outcome.forward(BRIDGE, Rule.VEB_LOOPBACK, BRIDGE));
        assertThat(sending.decide(toItself.from(LISTED)))
                .isEqualTo(Outcome.forward(BRIDGE, Rule.VEB_LOOPBACK, BRIDGE, SOURCE));
        assertThat(sending.decide(toItself.from(LISTED_AND_CONSUMED)))
                .isEqualTo(Outcome.forward(BRIDGE, Rule.MACVLAN_SOURCE_LIST, CONSUMING));
        assertThat(sending.decide(toItself.from(LISTED).broadcast()))
                .isEqualTo(Outcome.forward(BRIDGE, Rule.VEB_BROADCAST, WIRE));
    }

    @Test
    void unicastIsForItsOwnerUnlessThatIsInModeSource() {
        assertThat(macvlan.decide(broadcast(LISTED).to(station(BRIDGE))))
                .isEqualTo(Outcome.forward(WIRE, Rule.ER_UPLINK_UNICAST, BRIDGE, SOURCE));
        assertThat(macvlan.decide(broadcast(station(0xBB)).to(station(SOURCE))))
                .isEqualTo(Outcome.drop(WIRE, Rule.ER_UPLINK_NO_MATCH, DropReason.NO_LOCAL_MATCH));
    }

    @Test
    void macControlFromOutsideIsForNobody() {
        assertThat(macvlan.decide(typed(broadcast(station(0xBB)), MAC_CONTROL)))
                .isEqualTo(Outcome.drop(WIRE, Rule.ER_UPLINK_BROADCAST, DropReason.PAUSE_CONSUMED));
    }

    @Test
    void stationsThatDoNotTakeUntaggedFramesAreRefusedWhereThereAreNoVlans() {
        Vsi tagged = new Vsi("vf0", List.of(), List.of(), VsiSettings.DEFAULT.withUntagged(false));
        NicSettings nic = NicSettings.of("nic0", Mode.VEB, List.of(tagged));
        assertThatThrownBy(() -> nic.on(MACVLAN))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("vf0 asks for VLANs or anti-spoofing: linux-macvlan has neither");
    }

    private static NicSettings nic() {
        List<Vsi> devices = List.of(
                device(PRIVATE, StationMode.PRIVATE, false),
                device(VEPA, StationMode.VEPA, false),
                device(BRIDGE, StationMode.BRIDGE, false),
                device(SOURCE, StationMode.SOURCE, false, LISTED),
                device(CONSUMING, StationMode.SOURCE, true, LISTED_AND_CONSUMED));
        return new NicSettings("nic0", MACVLAN, Mode.VEB, devices, Policy.NONE, NicSettings.NOBODY, true);
    }

    private static Vsi device(int number, StationMode mode, boolean consumes, Long... sources) {
        VsiSettings settings =
                VsiSettings.DEFAULT.withMode(mode).withSources(List.of(sources)).withConsumes(consumes);
        return new Vsi("vf" + number, List.of(station(number)), List.of(), settings);
    }

    private static Frame broadcast(long source) {
        return frame(1).from(source).broadcast().by(WIRE);
    }

    private static Frame typed(Frame of, int type) {
        return new Frame(of.number(), of.time(), of.destination(), of.source(), of.tag(), type, of.length(), of.port());
    }
}
