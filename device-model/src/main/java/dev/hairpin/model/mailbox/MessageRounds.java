package dev.hairpin.model.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The mailboxes of all functions, and what the physical function's driver does when it is told that something is in them: it
 * goes through the functions in their order and answers one request of each ({@code ixgbe_msg_task}, {@code igb_msg_task}). So
 * a function that asks without end has one answer in a round, as any other, and takes nothing from them but that moment.
 */
public final class MessageRounds {
    private final List<Mailbox> mailboxes = new ArrayList<>();

    /** @param functions that have a mailbox */
    public MessageRounds(int functions) {
        for (int function = 0; function < functions; function++) {
            mailboxes.add(new Mailbox());
        }
    }

    /** The mailbox of a function. */
    public Mailbox of(int function) {
        return mailboxes.get(function);
    }

    /** The guest's side puts a message into the words and says so; whether the words were free. */
    public boolean send(int function, Message request) {
        Mailbox mailbox = of(function);
        mailbox.writeVirtual(Mailbox.V_OWNS);
        boolean owned = put(mailbox, Mailbox.V_OWNS, request);
        mailbox.writeVirtual(owned ? Mailbox.V_REQUEST : 0);
        return owned;
    }

    /**
     * One round.
     *
     * @param answering gives the answer to a function's request
     * @return how many requests were answered
     */
    public int round(BiFunction<Integer, Message, Message> answering) {
        int answered = 0;
        for (int function = 0; function < mailboxes.size(); function++) {
            Mailbox mailbox = mailboxes.get(function);
            if (mailbox.takeRequest()) {
                post(function, answering.apply(function, words(function)));
                answered++;
            }
        }
        return answered;
    }

    /** The physical function's side puts a message there, an answer or one of its own. */
    public void post(int function, Message message) {
        Mailbox mailbox = of(function);
        mailbox.writePhysical(Mailbox.P_OWNS);
        put(mailbox, Mailbox.P_OWNS, message);
        mailbox.writePhysical(Mailbox.P_STATUS | Mailbox.P_ACKNOWLEDGE);
    }

    /** What is in the words of a function. */
    public Message words(int function) {
        int[] words = new int[Mailbox.WORDS];
        for (int number = 0; number < words.length; number++) {
            words[number] = of(function).word(number);
        }
        return new Message(words);
    }

    private static boolean put(Mailbox mailbox, int side, Message message) {
        int[] words = message.words();
        boolean owned = true;
        for (int number = 0; number < words.length; number++) {
            owned &= mailbox.write(side, number, words[number]);
        }
        return owned;
    }
}
