package dev.hairpin.model.mailbox;

import java.util.Arrays;

/**
 * The mailbox between the physical function and one virtual function of 82576 and 82599: sixteen words that both share, and
 * a control register on either side. Only who owns the words may write them. Bits and their rules: igb and ixgbe, {@code
 * e1000_mbx.h}, {@code ixgbe_mbx.h}; QEMU's igb for those that reading clears.
 */
public final class Mailbox {
    /** Words of a message. */
    public static final int WORDS = 16;

    /** V2PMAILBOX: a request is in the words. */
    public static final int V_REQUEST = 0x01;
    /** V2PMAILBOX: the physical function's message was read. */
    public static final int V_ACKNOWLEDGE = 0x02;
    /** Both registers: the virtual function owns the words. */
    public static final int V_OWNS = 0x04;
    /** Both registers: the physical function owns the words. */
    public static final int P_OWNS = 0x08;
    /** V2PMAILBOX: the physical function has put a message in the words; reading clears it. */
    public static final int V_STATUS = 0x10;
    /** V2PMAILBOX: the physical function has read the request; reading clears it. */
    public static final int V_ACKNOWLEDGED = 0x20;
    /** V2PMAILBOX: the physical function is being reset. */
    public static final int V_RESET = 0x40;
    /** V2PMAILBOX: the physical function's reset is over; reading clears it. */
    public static final int V_RESET_DONE = 0x80;

    /** P2VMAILBOX: a message is in the words. */
    public static final int P_STATUS = 0x01;
    /** P2VMAILBOX: the request was read. */
    public static final int P_ACKNOWLEDGE = 0x02;
    /** P2VMAILBOX: takes the words from the virtual function, whatever it does. */
    public static final int P_FORCE = 0x10;

    private static final int CLEARED_BY_READING = V_STATUS | V_ACKNOWLEDGED | V_RESET_DONE;

    private final int[] words = new int[WORDS];
    private int virtual;
    private boolean requested;
    private boolean acknowledged;

    /** What the virtual function reads of its control register. */
    public int readVirtual() {
        int read = virtual;
        virtual &= ~CLEARED_BY_READING;
        return read;
    }

    /** The virtual function writes its control register. It gets the words unless the physical function has them. */
    public void writeVirtual(int bits) {
        own(bits, V_OWNS, P_OWNS);
        requested |= (bits & V_REQUEST) != 0;
        acknowledged |= (bits & V_ACKNOWLEDGE) != 0;
    }

    /** What the physical function reads of its control register: who owns the words. */
    public int readPhysical() {
        return virtual & (V_OWNS | P_OWNS);
    }

    /** The physical function writes its control register. It gets the words unless the virtual function has them. */
    public void writePhysical(int bits) {
        if ((bits & P_FORCE) != 0) {
            virtual &= ~V_OWNS;
        }
        own(bits, P_OWNS, V_OWNS);
        virtual |= (bits & P_STATUS) != 0 ? V_STATUS : 0;
        virtual |= (bits & P_ACKNOWLEDGE) != 0 ? V_ACKNOWLEDGED : 0;
    }

    private void own(int bits, int mine, int others) {
        if ((bits & mine) == 0) {
            virtual &= ~mine;
        } else if ((virtual & others) == 0) {
            virtual |= mine;
        }
    }

    /** MBVFICR: whether there was a request since this was asked last, as writing one to its bit clears it. */
    public boolean takeRequest() {
        boolean was = requested;
        requested = false;
        return was;
    }

    /** MBVFICR likewise of acknowledgements. */
    public boolean takeAcknowledgement() {
        boolean was = acknowledged;
        acknowledged = false;
        return was;
    }

    /** A word, from 0; zero when there is none of that number. */
    public int word(int number) {
        return number >= 0 && number < WORDS ? words[number] : 0;
    }

    /** Writes a word, if {@code side}, {@link #V_OWNS} or {@link #P_OWNS}, owns them; whether it did. */
    public boolean write(int side, int number, int value) {
        boolean owns = (virtual & side) != 0 && number >= 0 && number < WORDS;
        if (owns) {
            words[number] = value;
        }
        return owns;
    }

    /** The physical function begins a reset: every virtual function sees it until it is over. */
    public void beginReset() {
        virtual = (virtual & ~V_RESET_DONE) | V_RESET;
    }

    /** The physical function's driver says that its reset is over (CTRL_EXT.PFRSTD). */
    public void endReset() {
        virtual = (virtual & ~V_RESET) | V_RESET_DONE;
    }

    /** A reset of the virtual function clears the words and what was under way; the reset bits stay. */
    public void clear() {
        Arrays.fill(words, 0);
        virtual &= V_RESET | V_RESET_DONE;
        requested = false;
        acknowledged = false;
    }
}
