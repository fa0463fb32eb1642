package dev.hairpin.model.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.mailbox.Message.Verb;
import dev.hairpin.model.mailbox.PfDriver.Answer;
import dev.hairpin.model.mailbox.PfDriver.Shared;
import dev.hairpin.model.testkit.Row;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of messages, row by row, each with its refusals. */
class IxgbeDriverTest {
    private static final long ADMIN = 0x02_00_00_00_00_01L;
    private static final long OTHER = 0x02_00_00_00_00_02L;
    private static final int API_11 = 2;
    private static final int API_12 = 3;
    private static final Shared ROOM = new Shared(8, 64, Set.of(), false, 2, true);

    private static VfRecord of(long adminMac, boolean trusted, int portVlan) {
        return VfRecord.of(adminMac, trusted, portVlan, true);
    }

    /** A function after its reset. */
    private static VfRecord reset(VfRecord vf) {
        return ask(vf, Message.of(Verb.RESET, 0)).vf();
    }

    private static VfRecord speaking(VfRecord vf, int api) {
        return ask(reset(vf), Message.of(Verb.API_NEGOTIATE, 0, api)).vf();
    }

    private static Answer ask(VfRecord vf, Message request) {
        return IxgbeDriver.answer(vf, ROOM, request);
    }

    private static Answer ask(VfRecord vf, Shared shared, Message request) {
        return IxgbeDriver.answer(vf, shared, request);
    }

    private static void granted(Answer answer) {
        assertThat(answer.reply().granted()).as(answer.refusal()).isTrue();
        assertThat(answer.refusal()).isEmpty();
    }

    private static void refused(Answer answer, String why) {
        assertThat(answer.reply().granted()).isFalse();
        assertThat(answer.reply().isReply()).isTrue();
        assertThat(answer.refusal()).contains(why);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            names = {"RESET", "UNKNOWN", "PF_CONTROL"},
            mode = EnumSource.Mode.EXCLUDE)
    @Row("Messages/before RESET")
    void everythingBeforeTheResetIsRefused(Verb type) {
        refused(ask(of(ADMIN, true, 0), Message.of(type, 0)), "reset");
    }

    @Test
    @Row("Messages/ixgbe RESET")
    void resetGivesTheAssignedAddressAndLetsTheFunctionSend() {
        Answer answer = ask(of(ADMIN, false, 0), Message.of(Verb.RESET, 0));
        granted(answer);
        assertThat(answer.reply().mac()).isEqualTo(ADMIN);
        assertThat(answer.reply().word(3)).as("type of the multicast hash").isZero();
        assertThat(answer.vf().clearToSend()).isTrue();
    }

    @Test
    @Row("Messages/ixgbe RESET")
    void resetWithoutAnAssignedAddressIsNackedAndStillLetsTheFunctionSend() {
        Answer answer = ask(of(0, false, 0), Message.of(Verb.RESET, 0));
        refused(answer, "the guest chooses");
        assertThat(answer.vf().clearToSend()).isTrue();
    }

    @Test
    @Row({"Reset/RESET message", "Reset/RESET restores"})
    void resetTakesWhatTheGuestHadAskedForAndLeavesTheAdministratorsSettings() {
        VfRecord vf = speaking(of(ADMIN, true, 0), API_12);
        vf = ask(vf, Message.of(Verb.SET_VLAN, 1, 10)).vf();
        vf = ask(vf, Message.of(Verb.UPDATE_XCAST_MODE, 0, 2)).vf();
        vf = ask(vf, Message.of(Verb.SET_MULTICAST, 1, 0x0123)).vf();
        vf = ask(vf, Message.ofMac(Verb.SET_MAC_ADDR, 0, OTHER)).vf();
        assertThat(reset(vf)).isEqualTo(reset(of(ADMIN, true, 0)));
    }

    @Test
    @Row("Messages/ixgbe SET_MAC_ADDR")
    void anAddressThatIsNoStationsIsRefused() {
        refused(ask(reset(of(0, false, 0)), Message.ofMac(Verb.SET_MAC_ADDR, 0, 0x01_00_5e_00_00_01L)), "station");
        refused(ask(reset(of(0, false, 0)), Message.ofMac(Verb.SET_MAC_ADDR, 0, 0)), "station");
    }

    @Test
    @Row("Messages/ixgbe SET_MAC_ADDR")
    void anAddressOtherThanTheAssignedIsRefusedToTheUntrusted() {
        VfRecord vf = reset(of(ADMIN, false, 0));
        refused(ask(vf, Message.ofMac(Verb.SET_MAC_ADDR, 0, OTHER)), "trust");
        granted(ask(vf, Message.ofMac(Verb.SET_MAC_ADDR, 0, ADMIN)));
    }

    @Test
    @Row("Messages/ixgbe SET_MAC_ADDR")
    void anAddressOfItsChoiceIsGrantedToTheTrustedAndWhereNoneIsAssigned() {
        Message request = Message.ofMac(Verb.SET_MAC_ADDR, 0, OTHER);
        assertThat(ask(reset(of(ADMIN, true, 0)), request).vf().mac()).isEqualTo(OTHER);
        assertThat(ask(reset(of(0, false, 0)), request).vf().mac()).isEqualTo(OTHER);
    }

    @Test
    @Row("Messages/ixgbe SET_MULTICAST")
    void ofMulticastHashesThirtyAreKept() {
        int[] words =
                IntStream.range(0, 15).map(i -> (2 * i) | ((2 * i + 1) << 16)).toArray();
        Answer answer = ask(reset(of(ADMIN, false, 0)), Message.of(Verb.SET_MULTICAST, 31, words));
        granted(answer);
        assertThat(answer.vf().hashes())
                .isEqualTo(IntStream.range(0, 30).boxed().toList());
    }

    @Test
    @Row({"Messages/ixgbe SET_VLAN", "VLAN/join and leave"})
    void aVlanIsJoinedAndLeft() {
        VfRecord in = ask(reset(of(ADMIN, false, 0)), Message.of(Verb.SET_VLAN, 1, 10))
                .vf();
        assertThat(in.vids()).containsExactly(10);
        assertThat(ask(in, Message.of(Verb.SET_VLAN, 0, 10)).vf().vids()).isEmpty();
    }

    @Test
    @Row({"Messages/ixgbe SET_VLAN", "VLAN/in a port VLAN"})
    void aVlanIsRefusedInAPortVlan() {
        refused(ask(reset(of(ADMIN, true, 7)), Message.of(Verb.SET_VLAN, 1, 10)), "port VLAN");
    }

    @Test
    @Row("VLAN/leaving 0")
    void leavingVlanZeroIsGrantedAndChangesNothing() {
        VfRecord vf = reset(of(ADMIN, false, 0));
        Answer answer = ask(vf, Message.of(Verb.SET_VLAN, 0, 0));
        granted(answer);
        assertThat(answer.vf()).isEqualTo(vf);
    }

    @Test
    @Row({"VLAN/table full", "VLAN/entry in use"})
    void aSixtyFifthVlanFindsNoPlaceButOneInUseIsJoined() {
        VfRecord vf = reset(of(ADMIN, false, 0));
        Shared full = new Shared(8, 0, Set.of(20), false, 2, true);
        refused(ask(vf, full, Message.of(Verb.SET_VLAN, 1, 10)), "table");
        granted(ask(vf, full, Message.of(Verb.SET_VLAN, 1, 20)));
    }

    @ParameterizedTest
    @ValueSource(ints = {67, 9729})
    @Row("Messages/ixgbe SET_LPE")
    void aFrameLengthOutOfRangeIsRefused(int octets) {
        refused(ask(reset(of(ADMIN, false, 0)), Message.of(Verb.SET_LPE, 0, octets)), "expected 68 to 9728");
    }

    @Test
    @Row("Messages/ixgbe SET_LPE")
    void jumboFramesWithoutThePhysicalFunctionSwitchReceivingOff() {
        Answer answer = ask(speaking(of(ADMIN, false, 0), API_11), Message.of(Verb.SET_LPE, 0, 1519));
        refused(answer, "nothing is received");
        assertThat(answer.vf().receives()).isFalse();
        granted(ask(answer.vf(), Message.of(Verb.SET_LPE, 0, 1518)));
    }

    @Test
    @Row("Messages/ixgbe SET_LPE")
    void anOldDriverBesideAJumboPhysicalFunctionReceivesNothing() {
        Shared jumbo = new Shared(8, 64, Set.of(), true, 2, true);
        Answer old = ask(reset(of(ADMIN, false, 0)), jumbo, Message.of(Verb.SET_LPE, 0, 1518));
        refused(old, "nothing is received");
        assertThat(old.vf().receives()).isFalse();
        granted(ask(speaking(of(ADMIN, false, 0), API_11), jumbo, Message.of(Verb.SET_LPE, 0, 9000)));
    }

    @Test
    @Row("Messages/ixgbe SET_MACVLAN")
    void furtherAddressesAreAddedAndClearedByIndexZero() {
        VfRecord vf = reset(of(0, false, 0));
        vf = ask(vf, Message.ofMac(Verb.SET_MACVLAN, 1, OTHER)).vf();
        vf = ask(vf, Message.ofMac(Verb.SET_MACVLAN, 2, ADMIN)).vf();
        assertThat(vf.macvlans()).containsExactly(OTHER, ADMIN);
        assertThat(ask(vf, Message.ofMac(Verb.SET_MACVLAN, 0, 0)).vf().macvlans())
                .isEmpty();
    }

    @Test
    @Row("Messages/ixgbe SET_MACVLAN")
    void furtherAddressesAreRefusedToTheUntrustedWithAnAssignedOne() {
        refused(ask(reset(of(ADMIN, false, 0)), Message.ofMac(Verb.SET_MACVLAN, 1, OTHER)), "trust");
    }

    @Test
    @Row("Messages/ixgbe SET_MACVLAN")
    void aFurtherAddressFindsNoPlaceInAFullTable() {
        Shared full = new Shared(0, 64, Set.of(), false, 2, true);
        refused(ask(reset(of(0, false, 0)), full, Message.ofMac(Verb.SET_MACVLAN, 1, OTHER)), "table");
    }

    @Test
    void whoAsksForAFurtherAddressIsNotCheckedForSpoofingAnyMore() {
        VfRecord vf = reset(of(0, false, 0));
        assertThat(vf.spoofChecked()).isTrue();
        assertThat(ask(vf, Message.ofMac(Verb.SET_MACVLAN, 1, OTHER)).vf().spoofChecked())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4, 5, 7, 8})
    @Row("Messages/ixgbe API_NEGOTIATE")
    void versionsOneZeroToOneFourOneSixAndOneSevenAreSpoken(int number) {
        Answer answer = ask(reset(of(ADMIN, false, 0)), Message.of(Verb.API_NEGOTIATE, 0, number));
        granted(answer);
        assertThat(answer.vf().api()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9, -1})
    @Row("Messages/ixgbe API_NEGOTIATE")
    void versionsTwoZeroOneFiveAndUnknownOnesAreNot(int number) {
        refused(ask(reset(of(ADMIN, false, 0)), Message.of(Verb.API_NEGOTIATE, 0, number)), "version");
    }

    @Test
    @Row({"Messages/ixgbe GET_QUEUES", "VLAN/transparent"})
    void queuesAreToldSinceOneOneWithWhetherTheVlanIsTransparent() {
        refused(ask(reset(of(ADMIN, false, 7)), Message.of(Verb.GET_QUEUES, 0)), "version");
        Answer answer = ask(speaking(of(ADMIN, false, 7), API_11), Message.of(Verb.GET_QUEUES, 0));
        granted(answer);
        assertThat(answer.reply().words()).containsExactly(0xa000_0009, 2, 2, 1, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            names = {"GET_RETA", "GET_RSS_KEY"})
    @Row({"Messages/ixgbe GET_RETA", "Messages/ixgbe GET_RSS_KEY"})
    void theRssTableIsToldWhereTheAdministratorLetsIt(Verb type) {
        Shared closed = new Shared(8, 64, Set.of(), false, 2, false);
        VfRecord vf = speaking(of(ADMIN, false, 0), API_12);
        refused(ask(vf, closed, Message.of(type, 0)), "administrator");
        granted(ask(vf, Message.of(type, 0)));
    }

    @Test
    @Row("Messages/ixgbe UPDATE_XCAST_MODE")
    void theUntrustedGetMultiWhereTheyAskForMore() {
        VfRecord vf = speaking(of(ADMIN, false, 0), API_12);
        Answer answer = ask(vf, Message.of(Verb.UPDATE_XCAST_MODE, 0, 2));
        granted(answer);
        assertThat(answer.reply().word(1)).isEqualTo(1);
        assertThat(answer.vf().xcast()).isEqualTo(1);
    }

    @Test
    @Row("Messages/ixgbe UPDATE_XCAST_MODE")
    void theTrustedGetAllmultiAndNobodyPromisc() {
        VfRecord vf = speaking(of(ADMIN, true, 0), API_12);
        assertThat(ask(vf, Message.of(Verb.UPDATE_XCAST_MODE, 0, 2)).vf().xcast())
                .isEqualTo(2);
        refused(ask(vf, Message.of(Verb.UPDATE_XCAST_MODE, 0, 3)), "promiscuous");
        refused(ask(vf, Message.of(Verb.UPDATE_XCAST_MODE, 0, 4)), "expected 0 to 3");
    }

    @Test
    @Row("Messages/ixgbe GET_LINK_STATE")
    void whetherTheLinkIsEnabledIsToldSinceOneTwo() {
        Message request = Message.of(Verb.GET_LINK_STATE, 0);
        refused(ask(speaking(of(ADMIN, false, 0), API_11), request), "version");
        Answer answer = ask(speaking(of(ADMIN, false, 0), API_12), request);
        granted(answer);
        assertThat(answer.reply().words()).containsExactly(0xa000_0010, 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            names = {"GET_PF_LINK_STATE", "FEATURES_NEGOTIATE"})
    @Row({"Messages/ixgbe GET_PF_LINK_STATE", "Messages/ixgbe FEATURES_NEGOTIATE"})
    void thePhysicalFunctionsLinkAndFeaturesAreTalkedOfSinceOneSix(Verb type) {
        refused(ask(speaking(of(ADMIN, false, 0), 5), Message.of(type, 0, 3)), "version");
        granted(ask(speaking(of(ADMIN, false, 0), 7), Message.of(type, 0, 3)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            names = {"IPSEC_ADD", "IPSEC_DEL"})
    @Row({"Messages/ixgbe IPSEC_ADD", "Messages/ixgbe IPSEC_DEL"})
    void ipsecIsNotSupported(Verb type) {
        refused(ask(speaking(of(ADMIN, true, 0), API_12), Message.of(type, 0)), "IPsec");
    }

    @Test
    @Row("Messages/ixgbe UNKNOWN")
    void aMessageThatNobodyKnowsIsRefused() {
        refused(ask(reset(of(ADMIN, true, 0)), new Message(new int[] {0x0007})), "not known");
    }

    @Test
    @Row("Messages/an answer")
    void anAnswerIsNotAnswered() {
        Message reply = new Message(new int[] {Message.ACK | 0x01});
        assertThatThrownBy(() -> ask(of(ADMIN, true, 0), reply)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusalChangesNothing() {
        VfRecord vf = reset(of(ADMIN, false, 7));
        for (Message request : List.of(
                Message.ofMac(Verb.SET_MAC_ADDR, 0, OTHER),
                Message.of(Verb.SET_VLAN, 1, 10),
                Message.of(Verb.GET_QUEUES, 0),
                Message.of(Verb.IPSEC_ADD, 0))) {
            assertThat(ask(vf, request).vf()).as(request.toString()).isEqualTo(vf);
        }
    }
}
