package dev.hairpin.model.mailbox;

import java.util.Set;

/**
 * The driver of a physical function, as it answers requests in the mailbox. Pure: an answer says what is answered, what
 * changes, and why not. Limits of tables that all functions share count what the other functions hold.
 */
@FunctionalInterface
public interface PfDriver {
    /** Answers a request. One that is itself an answer must not be given. */
    Answer answer(VfRecord vf, Shared shared, Message request);

    /**
     * What the device has for all functions, and how much of it is taken by the others.
     *
     * @param addressPlaces receive address registers that are left for this function's further addresses
     * @param vlanPlaces entries of VLVF that are left
     * @param vlansInUse VLANs that have an entry already, which all may join
     * @param jumbo whether the physical function takes frames of more than 1,518 octets
     * @param queues of a virtual function
     * @param rssQuery whether functions may read the indirection table and the key
     */
    record Shared(
            int addressPlaces, int vlanPlaces, Set<Integer> vlansInUse, boolean jumbo, int queues, boolean rssQuery) {
        public Shared {
            vlansInUse = Set.copyOf(vlansInUse);
        }
    }

    /**
     * An answer.
     *
     * @param reply that goes into the mailbox
     * @param vf as it is from now on
     * @param refusal why not, or empty
     */
    record Answer(Message reply, VfRecord vf, String refusal) {}
}
