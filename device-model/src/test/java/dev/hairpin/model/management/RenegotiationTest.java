package dev.hairpin.model.management;

import static dev.hairpin.model.management.Nics.SET;
import static dev.hairpin.model.management.Nics.group;
import static dev.hairpin.model.management.Nics.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.relay.MailboxState;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.testkit.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailboxes in trouble: a physical function's driver that does not answer, that was reset, or takes the right to send away. */
class RenegotiationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final GuestRequest ASKED = new GuestRequest.SetAddress(station(9));

    private static NicSettings with(NicSettings nic, String function, MailboxState state) {
        return Nics.with(nic, function, set -> set.withRecord(set.record().withMailbox(state)));
    }

    private static NicSettings silent(String device) {
        return with(Nics.of(device, 3), "vf1", MailboxState.SILENT);
    }

    /** The NIC when the guest of vf1 has given up. */
    private static NicSettings gaveUp(String device) {
        return Nics.refused(silent(device), "vf1", ASKED).left().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"82576", "82599"})
    @Row("Waiting/2,000 tries")
    void aRequestThatNobodyAnswersIsRefusedAfterASecond(String device) {
        Refused refused = Nics.refused(silent(device), "vf1", ASKED);
        assertThat(refused.after()).as("2,000 tries, 500 us each").isEqualTo(SECOND);
        assertThat(refused).hasMessageContaining("no answer to 2000 tries, one every 500 us");
        Vsi left = refused.left().orElseThrow().vsi("vf1");
        assertThat(left.settings().record().gaveUp()).isTrue();
        assertThat(left.addresses()).containsExactly(station(2));
    }

    @Test
    @Row("Waiting/after that")
    void whoHasGivenUpSendsNothingMore() {
        NicSettings answering = with(gaveUp("82599"), "vf1", MailboxState.ANSWERED);
        Refused refused = Nics.refused(answering, "vf1", ASKED);
        assertThat(refused.after()).isZero();
        assertThat(refused).hasMessageContaining("until it is reset");
        assertThat(Nics.ask(answering, "vf0", ASKED).addresses()).containsExactly(station(9));
    }

    @Test
    @Row("Waiting/after that")
    void aResetLetsItSendAgain() {
        NicSettings answering = with(gaveUp("82599"), "vf1", MailboxState.ANSWERED);
        NicSettings up = GuestDriver.ask(answering, "vf1", new GuestRequest.Link(true));
        assertThat(up.vsi("vf1").settings().record().gaveUp()).isFalse();
        assertThat(Nics.ask(up, "vf1", ASKED).addresses()).containsExactly(station(9));
    }

    @Test
    void aFunctionThatFindsNobodyWhenItComesUpStaysDown() {
        Refused refused = Nics.refused(silent("82599"), "vf1", new GuestRequest.Link(true));
        assertThat(refused.after()).isEqualTo(SECOND);
        Vsi left = refused.left().orElseThrow().vsi("vf1");
        assertThat(left.settings().txEnabled() || left.settings().rxEnabled()).isFalse();
    }

    @Test
    void goingDownNeedsNobody() {
        Vsi down = Nics.ask(silent("82599"), "vf1", new GuestRequest.Link(false));
        assertThat(down.settings().rxEnabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x3100", "ieee"})
    void withoutAMailboxNobodyWaits(String device) {
        assertThat(Nics.ask(silent(device), "vf1", ASKED).addresses()).containsExactly(station(9));
    }

    @Test
    @Row("Waiting/rounds")
    void whoFloodsItsMailboxAsksForNothingElseAndDisturbsNobody() {
        NicSettings well = Nics.of("82599", 3);
        NicSettings flooded = with(well, "vf1", MailboxState.FLOODED);
        assertThat(Nics.refused(flooded, "vf1", ASKED)).hasMessageContaining("floods its mailbox");
        for (GuestRequest request : List.of(
                ASKED,
                new GuestRequest.AddAddress(station(9)),
                new GuestRequest.JoinGroup(group(1)),
                new GuestRequest.JoinVlan(10),
                new GuestRequest.Link(true))) {
            assertThat(Nics.ask(flooded, "vf0", request)).as("%s", request).isEqualTo(Nics.ask(well, "vf0", request));
        }
    }

    /** It has a further address; since then the administrator has assigned another and does not trust it. */
    private static NicSettings changedSince() {
        NicSettings nic = GuestDriver.ask(Nics.of("82599", 3), "vf1", new GuestRequest.AddAddress(station(8)));
        return Nics.with(nic, "vf1", set -> set.withRecord(set.record().withAssignedMac(station(7))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Row({"Messages/PF_CONTROL", "Reset/guest on RSTD"})
    void onAPingWithoutCtsOrAResetOfThePhysicalFunctionAGuestAsksForAllAnew(boolean reset) {
        NicSettings nic = changedSince();
        assertThat(nic.vsi("vf1").addresses()).containsExactly(station(2), station(8));
        NicSettings after = GuestDriver.renegotiated(nic, "vf1", reset);
        assertThat(after.vsi("vf1").addresses())
                .as("the assigned one; the further is refused")
                .containsExactly(station(7));
        assertThat(after.with("vf1", vsi -> nic.vsi("vf1"))).as("no other").isEqualTo(nic);
        assertThat(GuestDriver.renegotiated(after, "vf1", reset))
                .as("once more")
                .isEqualTo(after);
    }

    @Test
    void whoIsDownOrHasNoMailboxOrIsThePhysicalFunctionDoesNothing() {
        NicSettings down = GuestDriver.ask(changedSince(), "vf1", new GuestRequest.Link(false));
        assertThat(GuestDriver.renegotiated(down, "vf1", true)).isEqualTo(down);
        NicSettings physical = Nics.with(changedSince(), "vf1", set -> set.withPhysical(true));
        assertThat(GuestDriver.renegotiated(physical, "vf1", true)).isEqualTo(physical);
        NicSettings other = changedSince().on(Nics.device("x3100"));
        assertThat(GuestDriver.renegotiated(other, "vf1", false)).isEqualTo(other);
    }

    @Test
    void aPingThatFindsASilentDriverBehindItLeavesTheGuestWithNothing() {
        NicSettings silent = with(changedSince(), "vf1", MailboxState.SILENT);
        NicSettings after = GuestDriver.renegotiated(silent, "vf1", false);
        assertThat(after.vsi("vf1").settings().record().gaveUp()).isTrue();
        assertThat(after.vsi("vf1").settings().txEnabled()).isFalse();
        assertThat(SET.record().gaveUp()).isFalse();
    }
}
