package dev.hairpin.model.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.mailbox.Message.Verb;
import dev.hairpin.model.testkit.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the physical function's driver shares its attention among mailboxes: one answer each in a round. */
class MessageRoundsTest {
    private static final int FUNCTIONS = 64;
    private static final Message ASKED = Message.of(Verb.SET_VLAN, 1, 10);

    private final MessageRounds rounds = new MessageRounds(FUNCTIONS);

    private static Message granted(int function, Message request) {
        return request.answer(Message.ACK, function);
    }

    @Test
    void aRequestIsAnsweredInTheNextRoundAndOnce() {
        assertThat(rounds.send(3, ASKED)).isTrue();
        assertThat(rounds.round(MessageRoundsTest::granted)).isEqualTo(1);
        assertThat(rounds.words(3).granted()).isTrue();
        assertThat(rounds.words(3).word(1)).isEqualTo(3);
        assertThat(rounds.round(MessageRoundsTest::granted)).isZero();
    }

    @Test
    void theAnswerSetsStatusAndAcknowledgement() {
        rounds.send(3, ASKED);
        rounds.round(MessageRoundsTest::granted);
        assertThat(rounds.of(3).readVirtual()).isEqualTo(Mailbox.V_STATUS | Mailbox.V_ACKNOWLEDGED);
    }

    @Test
    void inARoundFunctionsAreAnsweredInTheirOrder() {
        List<Integer> order = new ArrayList<>();
        for (int function : new int[] {40, 3, 63, 0}) {
            rounds.send(function, ASKED);
        }
        rounds.round((function, request) -> {
            order.add(function);
            return granted(function, request);
        });
        assertThat(order).containsExactly(0, 3, 40, 63);
    }

    /** Function 0 sends again as soon as it is answered, and more often than that: it gets one answer in each round. */
    @Test
    @Row("Waiting/rounds")
    void whoFloodsCostsOthersOneAnswersTimeInARoundAndNothingElse() {
        int rest = 0;
        for (int round = 0; round < 1_000; round++) {
            for (int message = 0; message < 10; message++) {
                rounds.send(0, Message.of(Verb.GET_QUEUES, 0));
            }
            int asking = 1 + round % (FUNCTIONS - 1);
            rounds.send(asking, ASKED);
            assertThat(rounds.round(MessageRoundsTest::granted))
                    .as("round %d", round)
                    .isEqualTo(2);
            assertThat(rounds.words(asking).granted()).as("round %d", round).isTrue();
            rest += rounds.round(MessageRoundsTest::granted);
        }
        assertThat(rest).as("nothing of the flood is left for another round").isZero();
    }

    @Test
    void whileThePhysicalFunctionHasTheWordsNothingIsSent() {
        rounds.of(3).writePhysical(Mailbox.P_OWNS);
        assertThat(rounds.send(3, ASKED)).isFalse();
        assertThat(rounds.round(MessageRoundsTest::granted)).isZero();
    }

    @Test
    @Row("Waiting/2,000 tries")
    void aDriverLooksTwoThousandTimesAndGivesUpAfterASecond() {
        rounds.send(3, ASKED);
        assertThat(Patience.await(rounds.of(3))).isEqualTo(new Patience.Wait(false, 1_000_000_000L));
        rounds.round(MessageRoundsTest::granted);
        assertThat(Patience.await(rounds.of(3))).isEqualTo(new Patience.Wait(true, 0));
    }

    @Test
    @Row("Messages/PF_CONTROL")
    void aPingSaysWhetherTheFunctionMaySend() {
        rounds.post(3, Message.ping(true));
        assertThat(rounds.words(3).words()[0]).isEqualTo(0x2000_0100);
        assertThat(rounds.words(3).isClearToSend()).isTrue();
        rounds.post(3, Message.ping(false));
        assertThat(rounds.words(3).words()[0]).isEqualTo(0x0000_0100);
        assertThat(rounds.words(3).isClearToSend()).isFalse();
    }
}
