package dev.hairpin.model.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.mailbox.Message.Verb;
import dev.hairpin.model.mailbox.PfDriver.Answer;
import dev.hairpin.model.mailbox.PfDriver.Shared;
import dev.hairpin.model.testkit.Row;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of messages as igb has it: where it differs from ixgbe's, and each refusal. */
class IgbDriverTest {
    private static final long ADMIN = 0x02_00_00_00_00_01L;
    private static final long OTHER = 0x02_00_00_00_00_02L;
    private static final Shared ROOM = new Shared(2, 32, Set.of(), false, 1, false);

    private static VfRecord reset(long adminMac, boolean trusted, int portVlan) {
        return ask(VfRecord.of(adminMac, trusted, portVlan, true), Message.of(Verb.RESET, 0))
                .vf();
    }

    private static Answer ask(VfRecord vf, Message request) {
        return IgbDriver.answer(vf, ROOM, request);
    }

    private static VfRecord granted(Answer answer) {
        assertThat(answer.reply().granted()).as(answer.refusal()).isTrue();
        assertThat(answer.refusal()).isEmpty();
        return answer.vf();
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
    void everythingBeforeTheResetIsRefused(Verb verb) {
        refused(ask(VfRecord.of(ADMIN, true, 0, true), Message.of(verb, 0)), "reset");
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            names = {
                "API_NEGOTIATE",
                "GET_QUEUES",
                "GET_RETA",
                "GET_RSS_KEY",
                "UPDATE_XCAST_MODE",
                "IPSEC_ADD",
                "IPSEC_DEL",
                "GET_LINK_STATE",
                "GET_PF_LINK_STATE",
                "FEATURES_NEGOTIATE"
            })
    @Row({
        "Messages/igb API_NEGOTIATE",
        "Messages/igb GET_QUEUES",
        "Messages/igb GET_RETA",
        "Messages/igb GET_RSS_KEY",
        "Messages/igb UPDATE_XCAST_MODE",
        "Messages/igb IPSEC_ADD",
        "Messages/igb IPSEC_DEL",
        "Messages/igb GET_LINK_STATE",
        "Messages/igb GET_PF_LINK_STATE",
        "Messages/igb FEATURES_NEGOTIATE"
    })
    void whatIxgbeHasBeyondItIsNotKnown(Verb verb) {
        refused(ask(reset(0, false, 0), Message.of(verb, 0)), "not known");
    }

    @Test
    @Row("Messages/igb RESET")
    void resetGivesTheAssignedAddressAndIsNackedWithoutOne() {
        Answer assigned = ask(VfRecord.of(ADMIN, false, 0, true), Message.of(Verb.RESET, 0));
        assertThat(assigned.reply().mac()).isEqualTo(ADMIN);
        assertThat(granted(assigned).clearToSend()).isTrue();
        Answer none = ask(VfRecord.of(0, false, 0, true), Message.of(Verb.RESET, 0));
        refused(none, "the guest chooses");
        assertThat(none.vf().clearToSend()).isTrue();
    }

    @Test
    @Row("Messages/igb SET_MAC_ADDR")
    void whereAnAddressIsAssignedTheUntrustedMayNotEvenAskForThatOne() {
        refused(ask(reset(ADMIN, false, 0), Message.ofMac(Verb.SET_MAC_ADDR, 0, ADMIN)), "does not trust");
        assertThat(granted(ask(reset(ADMIN, true, 0), Message.ofMac(Verb.SET_MAC_ADDR, 0, OTHER)))
                        .mac())
                .isEqualTo(OTHER);
        assertThat(granted(ask(reset(0, false, 0), Message.ofMac(Verb.SET_MAC_ADDR, 0, OTHER)))
                        .mac())
                .isEqualTo(OTHER);
        refused(ask(reset(0, false, 0), Message.ofMac(Verb.SET_MAC_ADDR, 0, 0)), "not a station");
    }

    @Test
    @Row("Messages/igb SET_MAC_ADDR")
    void filtersAreAddedOneByOneUntilTheTableIsFullAndClearedTogether() {
        VfRecord vf = reset(0, false, 0);
        vf = granted(ask(vf, Message.ofMac(Verb.SET_MAC_ADDR, IgbDriver.ADD_FILTER, 11)));
        vf = granted(ask(vf, Message.ofMac(Verb.SET_MAC_ADDR, IgbDriver.ADD_FILTER, 12)));
        assertThat(vf.macvlans()).containsExactly(11L, 12L);
        refused(ask(vf, Message.ofMac(Verb.SET_MAC_ADDR, IgbDriver.ADD_FILTER, 13)), "no place");
        assertThat(granted(ask(vf, Message.of(Verb.SET_MAC_ADDR, IgbDriver.CLEAR_FILTERS)))
                        .macvlans())
                .isEmpty();
    }

    @Test
    @Row("Messages/igb SET_MAC_ADDR")
    void filtersAreRefusedToTheUntrustedToGroupsAndOfAnUnknownKind() {
        Message add = Message.ofMac(Verb.SET_MAC_ADDR, IgbDriver.ADD_FILTER, OTHER);
        refused(ask(reset(ADMIN, false, 0), add), "does not trust");
        refused(ask(reset(ADMIN, false, 0), Message.of(Verb.SET_MAC_ADDR, IgbDriver.CLEAR_FILTERS)), "does not trust");
        assertThat(granted(ask(reset(ADMIN, true, 0), add)).spoofChecked()).isTrue();
        refused(ask(reset(0, false, 0), Message.ofMac(Verb.SET_MAC_ADDR, IgbDriver.ADD_FILTER, 1L << 40)), "station");
        refused(ask(reset(0, false, 0), Message.ofMac(Verb.SET_MAC_ADDR, 3, OTHER)), "not known");
    }

    @Test
    @Row("Messages/igb SET_MULTICAST")
    void hashesAreKept() {
        // 0x0123 and 0x0456 share word 1, 0x0789 is in the lower half of word 2
        Message message = Message.of(Verb.SET_MULTICAST, 3, 0x0456_0123, 0x0000_0789);
        assertThat(Message.ofHashes(List.of(0x0123, 0x0456, 0x0789))).isEqualTo(message);
        assertThat(granted(ask(reset(0, false, 0), message)).hashes()).containsExactly(0x0123, 0x0456, 0x0789);
    }

    @Test
    @Row({"Messages/igb SET_VLAN", "VLAN/in a port VLAN", "VLAN/table full", "VLAN/leaving 0"})
    void vlansAreJoinedAndLeftButNotVlanZeroAndNoneInAPortVlan() {
        VfRecord in = granted(ask(reset(0, false, 0), Message.of(Verb.SET_VLAN, 1, 10)));
        assertThat(in.vids()).containsExactly(10);
        assertThat(granted(ask(in, Message.of(Verb.SET_VLAN, 0, 10))).vids()).isEmpty();
        assertThat(granted(ask(in, Message.of(Verb.SET_VLAN, 0, 0)))).isEqualTo(in);
        refused(ask(reset(0, false, 7), Message.of(Verb.SET_VLAN, 1, 10)), "port VLAN");
        refused(
                IgbDriver.answer(
                        reset(0, false, 0),
                        new Shared(2, 0, Set.of(11), false, 1, false),
                        Message.of(Verb.SET_VLAN, 1, 10)),
                "no place");
    }

    @Test
    @Row("Messages/igb SET_MACVLAN")
    void allGroupsAreGrantedToAnyoneAndWhatIsAskedBesidesIsRefusedAfterwards() {
        VfRecord vf = reset(0, false, 0);
        assertThat(granted(ask(vf, Message.of(Verb.SET_MACVLAN, IgbDriver.ALL_GROUPS)))
                        .xcast())
                .isEqualTo(2);
        Answer both = ask(vf, Message.of(Verb.SET_MACVLAN, IgbDriver.ALL_GROUPS | 1));
        refused(both, "no promiscuous mode");
        assertThat(both.vf().xcast()).isEqualTo(2);
        assertThat(granted(ask(both.vf(), Message.of(Verb.SET_MACVLAN, 0))).xcast())
                .isEqualTo(1);
    }

    @Test
    @Row("Messages/igb SET_LPE")
    void theLongestFrameIsTakenAsItIs() {
        assertThat(granted(ask(reset(0, false, 0), Message.of(Verb.SET_LPE, 0, 9234)))
                        .longestFrame())
                .isEqualTo(9234);
    }

    @Test
    @Row("Messages/igb UNKNOWN")
    void aNumberThatNobodyKnowsIsRefused() {
        refused(ask(reset(0, false, 0), new Message(new int[] {0x0007})), "not known");
    }
}
