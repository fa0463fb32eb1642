package dev.hairpin.model.mailbox;

import static dev.hairpin.model.mailbox.Mailbox.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.testkit.Row;
import org.junit.jupiter.api.Test;

/** The control registers of the mailbox, bit by bit. */
class MailboxTest {
    private final Mailbox mailbox = new Mailbox();

    @Test
    @Row("Mailbox/V_OWNS")
    void theVirtualFunctionTakesTheWordsWhenNobodyHasThem() {
        mailbox.writeVirtual(V_OWNS);
        assertThat(mailbox.readVirtual()).isEqualTo(V_OWNS);
        assertThat(mailbox.write(V_OWNS, 0, 0x0000_0001)).isTrue();
        assertThat(mailbox.word(0)).isEqualTo(1);
    }

    @Test
    @Row({"Mailbox/P_OWNS", "Mailbox/ownership"})
    void theVirtualFunctionDoesNotGetWordsThatThePhysicalOneHas() {
        mailbox.writePhysical(P_OWNS);
        mailbox.writeVirtual(V_OWNS);
        assertThat(mailbox.readVirtual()).isEqualTo(P_OWNS);
        assertThat(mailbox.write(V_OWNS, 0, 1)).isFalse();
    }

    @Test
    @Row("Mailbox/ownership")
    void thePhysicalFunctionDoesNotGetWordsThatTheVirtualOneHas() {
        mailbox.writeVirtual(V_OWNS);
        mailbox.writePhysical(P_OWNS);
        assertThat(mailbox.readPhysical()).isEqualTo(V_OWNS);
    }

    @Test
    @Row("Mailbox/P_FORCE")
    void thePhysicalFunctionCanTakeTheWordsByForce() {
        mailbox.writeVirtual(V_OWNS);
        mailbox.writePhysical(P_FORCE | P_OWNS);
        assertThat(mailbox.readPhysical()).isEqualTo(P_OWNS);
    }

    @Test
    void whoWritesNoOwnershipGivesTheWordsBack() {
        mailbox.writeVirtual(V_OWNS);
        mailbox.writeVirtual(V_REQUEST);
        assertThat(mailbox.readPhysical()).isZero();
    }

    @Test
    @Row({"Mailbox/V_REQUEST", "Mailbox/MBVFICR"})
    void aRequestIsSeenOnce() {
        mailbox.writeVirtual(V_REQUEST);
        assertThat(mailbox.takeRequest()).isTrue();
        assertThat(mailbox.takeRequest()).isFalse();
        assertThat(mailbox.takeAcknowledgement()).isFalse();
    }

    @Test
    @Row({"Mailbox/V_ACKNOWLEDGE", "Mailbox/MBVFICR"})
    void anAcknowledgementIsSeenOnce() {
        mailbox.writeVirtual(V_ACKNOWLEDGE);
        assertThat(mailbox.takeAcknowledgement()).isTrue();
        assertThat(mailbox.takeAcknowledgement()).isFalse();
    }

    @Test
    @Row({
        "Mailbox/V_STATUS",
        "Mailbox/V_ACKNOWLEDGED",
        "Mailbox/V_RESET_DONE",
        "Mailbox/P_STATUS",
        "Mailbox/P_ACKNOWLEDGE",
        "Mailbox/read to clear"
    })
    void readingClearsStatusAcknowledgementAndResetDone() {
        mailbox.writePhysical(P_STATUS | P_ACKNOWLEDGE);
        mailbox.endReset();
        assertThat(mailbox.readVirtual()).as("0xb0").isEqualTo(V_STATUS | V_ACKNOWLEDGED | V_RESET_DONE);
        assertThat(mailbox.readVirtual()).isZero();
    }

    @Test
    @Row({"Mailbox/V_RESET", "Mailbox/V_RESET_DONE", "Reset/RSTI then RSTD"})
    void aResetIsSeenUntilItIsOverAndThenOnceAsDone() {
        mailbox.beginReset();
        assertThat(mailbox.readVirtual()).isEqualTo(V_RESET);
        assertThat(mailbox.readVirtual()).as("not cleared by reading").isEqualTo(V_RESET);
        mailbox.endReset();
        assertThat(mailbox.readVirtual()).isEqualTo(V_RESET_DONE);
        assertThat(mailbox.readVirtual()).isZero();
    }

    @Test
    @Row("Reset/mailbox words")
    void aResetOfTheFunctionClearsTheWords() {
        mailbox.writeVirtual(V_OWNS);
        mailbox.write(V_OWNS, 15, 7);
        mailbox.clear();
        assertThat(mailbox.word(15)).isZero();
        assertThat(mailbox.readPhysical()).isZero();
    }

    @Test
    @Row("Mailbox/WORDS")
    void thereAreSixteenWords() {
        mailbox.writeVirtual(V_OWNS);
        assertThat(mailbox.write(V_OWNS, 16, 1)).isFalse();
        assertThat(mailbox.word(16)).isZero();
    }
}
