package dev.hairpin.model.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.mailbox.Message.Verb;
import dev.hairpin.model.testkit.Row;
import org.junit.jupiter.api.Test;

class MessageTest {
    @Test
    void typeAndInfoAreInWordZero() {
        Message message = Message.of(Verb.SET_VLAN, 1, 10);
        assertThat(message.words()).containsExactly(0x0001_0004, 10);
        assertThat(message.verb()).isEqualTo(Verb.SET_VLAN);
        assertThat(message.info()).isEqualTo(1);
    }

    @Test
    void theFirstOctetOfAnAddressIsTheLowestOfItsWord() {
        Message message = Message.ofMac(Verb.SET_MAC_ADDR, 0, 0x02_00_00_00_00_0aL);
        assertThat(message.words()).containsExactly(0x0000_0002, 0x0000_0002, 0x0000_0a00);
        assertThat(message.mac()).isEqualTo(0x02_00_00_00_00_0aL);
        assertThat(Message.ofMac(Verb.SET_MAC_ADDR, 0, 0xfe_dc_ba_98_76_54L).mac())
                .isEqualTo(0xfe_dc_ba_98_76_54L);
    }

    @Test
    @Row("Messages/ACK NACK CTS")
    void anAnswerSaysAckOrNackAndThatTheFunctionMaySend() {
        Message request = Message.of(Verb.GET_QUEUES, 0);
        assertThat(request.answer(Message.ACK, 2).words()).containsExactly(0xa000_0009, 2);
        assertThat(request.answer(Message.NACK).words()).containsExactly(0x6000_0009);
        assertThat(request.answer(Message.NACK).isReply()).isTrue();
        assertThat(request.isReply()).isFalse();
    }

    @Test
    void aWordBehindTheEndIsZero() {
        assertThat(Message.of(Verb.SET_LPE, 0).word(1)).isZero();
    }

    @Test
    void aNumberThatNobodyKnowsIsUnknown() {
        assertThat(new Message(new int[] {0x0007}).verb()).isEqualTo(Verb.UNKNOWN);
    }
}
