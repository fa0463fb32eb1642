package dev.hairpin.model.wire;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.LossyStage;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Passage;
import dev.hairpin.model.testkit.RuleTests;
import dev.hairpin.model.wire.Bond.Member;
import dev.hairpin.model.wire.Bond.Mode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two wires that are one uplink: which of them a frame takes, and what happens when one fails. A microsecond is a frame. */
class BondTest {
    private static final long OCTET_A_NANOSECOND = 8_000_000_000L;
    private static final Bond STATIC = bond(Mode.STATIC, true, true);
    private static final Bond BACKUP = bond(Mode.ACTIVE_BACKUP, true, true);

    /** To these, from station 1, frames of IPv4 take u0 and u1. */
    private static final long EVEN = station(3);

    private static final long ODD = station(2);

    @Test
    void everyRuleHasATestOfItsName() {
        RuleTests.haveEachOf(BondTest.class, "BOND_");
    }

    private static Bond bond(Mode mode, boolean first, boolean second) {
        return new Bond(mode, List.of(new Member("u0", first), new Member("u1", second)));
    }

    @Test
    void theHashIsOfTheLastOctetsOfBothAddressesAndThePacketType() {
        // 02:00:00:00:00:01 to 02:00:00:00:00:02, type 0800: 01 ^ 02 ^ 0800
        assertThat(Bond.layer2(burst(frame(1)), 0)).isEqualTo(0x0803);
        // Behind a tag
        assertThat(Bond.layer2(burst(frame(1).tagged(VlanTag.TPID_C, 10)), 0)).isEqualTo(0x0803);
        assertThat(Bond.layer2(burst(frame(1).from(0x0200_0000_0180L).to(0x0200_0000_7F0FL)), 0))
                .isEqualTo(0x0800 ^ 0x80 ^ 0x0F);
    }

    @Test
    void aStaticAggregateSpreadsByTheHash() {
        assertThat(wires(always(STATIC), to(0, EVEN), to(0, EVEN), to(0, ODD)))
                .containsExactly("u0: 1 at 1000, 2 at 2000", "u1: 3 at 1000");
    }

    @Test
    void anActiveBackupBondUsesTheFirstThatIsUp() {
        assertThat(wires(always(BACKUP), to(0, EVEN), to(0, ODD))).containsExactly("u0: 1 at 1000, 2 at 2000", "u1: ");
        assertThat(wires(always(bond(Mode.ACTIVE_BACKUP, false, true)), to(0, EVEN), to(0, ODD)))
                .containsExactly("u0: ", "u1: 1 at 1000, 2 at 2000");
    }

    @Test
    void whatWaitsForAWireThatFailsTakesTheOtherBehindWhatIsUnderWay() {
        Steps<WireSettings> fails = steps(BACKUP, 1_500, bond(Mode.ACTIVE_BACKUP, false, true));
        // Frame 2 is under way until 2,000, and 3 does not begin before
        assertThat(wires(fails, to(0, EVEN), to(0, EVEN), to(0, EVEN), to(1_600, EVEN)))
                .containsExactly("u0: 1 at 1000, 2 at 2000", "u1: 3 at 3000, 4 at 4000");
    }

    @Test
    void anAggregateSpreadsAnewWhenAWireIsUpAgain() {
        Steps<WireSettings> recovers = steps(bond(Mode.STATIC, true, false), 2_500, STATIC);
        assertThat(wires(recovers, to(0, ODD), to(0, ODD), to(0, ODD), to(0, ODD), to(3_500, EVEN)))
                .containsExactly("u0: 1 at 1000, 2 at 2000, 3 at 3000, 5 at 4500", "u1: 4 at 4000");
    }

    @Test
    void eachWireHasQueuesOfItsOwn() {
        Passage passage = Passage.deciding(stage(2, always(STATIC)))
                .all(List.of(
                        to(0, EVEN).apply(1),
                        to(0, EVEN).apply(2),
                        to(0, ODD).apply(3),
                        to(0, EVEN).apply(4),
                        to(0, ODD).apply(5)));
        assertThat(passage.dropped()).containsExactly(4L);
    }

    @Test
    void bondBackupDropsWhatComesByAWireThatIsNotActive() {
        Steps<WireSettings> fails = steps(BACKUP, 1_500, bond(Mode.ACTIVE_BACKUP, false, true));
        LossyStage stage = (LossyStage) BondStage.of("uplink.rx", "uplink", List.of("p0", "p1"), fails);
        Passage passage = Passage.deciding(stage)
                .all(List.of(
                        frame(1).at(1_000).by(0),
                        frame(1).at(1_000).by(1),
                        frame(2).at(1_500).by(0),
                        frame(2).at(1_500).by(1)));
        assertThat(passage.outcomes())
                .containsExactly(
                        Outcome.dropCopy(1, Rule.BOND_BACKUP, 1, DropReason.BACKUP_WIRE),
                        Outcome.dropCopy(0, Rule.BOND_BACKUP, 0, DropReason.BACKUP_WIRE));
        assertThat(passage.out().get(0))
                .extracting(Frame::number, Frame::port)
                .containsExactly(tuple(1L, 0), tuple(2L, 0));
    }

    @Test
    void aBondHasTwoWiresAtLeast() {
        assertThatThrownBy(() -> new Bond(Mode.STATIC, List.of(new Member("u0", true))))
                .hasMessage("1 wires, bonded as STATIC");
    }

    /** A frame but for its number. */
    private interface Blank {
        Frame apply(int number);
    }

    private static Blank to(long time, long destination) {
        return number -> frame(number).at(time).to(destination).octets(976);
    }

    private static Steps<WireSettings> always(Bond bond) {
        return Steps.always(WireSettings.PLAIN.with(bond));
    }

    private static Steps<WireSettings> steps(Bond first, long time, Bond then) {
        return Steps.of(first, List.of(new Timed<>(time, "", "", then)), WireSettings.PLAIN::with);
    }

    private static LossyStage stage(int queue, Steps<WireSettings> steps) {
        return (LossyStage) WireStage.of("uplink.tx", "uplink", OCTET_A_NANOSECOND, queue, steps);
    }

    private static List<String> wires(Steps<WireSettings> steps, Blank... blanks) {
        List<Frame> sent = new ArrayList<>();
        for (Blank blank : blanks) {
            sent.add(blank.apply(sent.size() + 1));
        }
        Passage passage = Passage.deciding(stage(Integer.MAX_VALUE, steps)).all(sent);
        return List.of(
                "u0: " + text(passage.out().get(0)), "u1: " + text(passage.out().get(1)));
    }

    private static String text(List<Frame> left) {
        return String.join(
                ", ",
                left.stream()
                        .map(frame -> frame.number() + " at " + frame.time())
                        .toList());
    }
}
