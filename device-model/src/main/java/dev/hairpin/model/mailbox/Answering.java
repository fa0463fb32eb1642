package dev.hairpin.model.mailbox;

import dev.hairpin.model.mailbox.PfDriver.Answer;
import dev.hairpin.model.mailbox.PfDriver.Shared;

/** What igb and ixgbe have in common when they answer one request: the reset, who may send at all, VLANs, and how to refuse. */
abstract class Answering {
    private static final int VLANS = 4096;

    /** The function as it is when it asks. */
    final VfRecord vf;

    final Shared shared;
    final Message request;

    Answering(VfRecord vf, Shared shared, Message request) {
        this.vf = vf;
        this.shared = shared;
        this.request = request;
    }

    /** The answer to {@link #request}, which must not be an answer itself. */
    final Answer answer() {
        if (request.isReply()) {
            throw new IllegalArgumentException("an answer is not answered: " + request);
        }
        if (request.verb() == Message.Verb.RESET) {
            return reset();
        }
        return vf.clearToSend() ? decide() : refuse("the function has not asked for its reset");
    }

    /** The answer to anything but a reset. */
    abstract Answer decide();

    /** Words of the answer to a reset behind the address. */
    abstract int[] behindTheAddress();

    final Answer grant(VfRecord after, int... payload) {
        return new Answer(request.answer(Message.ACK, payload), after, "");
    }

    final Answer refuse(String why) {
        return new Answer(request.answer(Message.NACK), vf, why);
    }

    /** Granted also without an address; then it is the refusal that tells the guest's driver to choose one itself. */
    private Answer reset() {
        boolean assigned = vf.adminMac() != 0;
        int[] behind = behindTheAddress();
        int[] words = new int[2 + behind.length];
        words[0] = Message.lower(vf.adminMac());
        words[1] = Message.upper(vf.adminMac());
        System.arraycopy(behind, 0, words, 2, behind.length);
        return new Answer(
                request.answer(assigned ? Message.ACK : Message.NACK, words),
                vf.reset(),
                assigned ? "" : "no address is assigned: the guest chooses one");
    }

    /** To be in a VLAN, or no longer; VLAN 0 always is granted and means nothing. */
    final Answer vlan() {
        boolean add = request.info() != 0;
        int vid = request.word(1) & (VLANS - 1);
        if (vf.portVlan() != 0) {
            return refuse("the administrator put the function in a port VLAN");
        }
        if (vid == 0) {
            return grant(vf);
        }
        if (!add) {
            return grant(vf.with(draft -> draft.vids.remove(vid)));
        }
        boolean hasPlace = shared.vlansInUse().contains(vid) || vf.vids().contains(vid) || shared.vlanPlaces() > 0;
        return hasPlace
                ? grant(vf.with(draft -> draft.vids.add(vid)))
                : refuse("no place for another VLAN in the table that all functions share");
    }

    /** The groups that it gets, by their hashes. */
    final Answer groups() {
        return grant(vf.with(draft -> draft.hashes = request.hashes()));
    }

    /** Whether an administrator assigned an address to a function that is not trusted with another. */
    final boolean isBound() {
        return vf.adminMac() != 0 && !vf.trusted();
    }

    /** Whether an address can be a station's: neither a group's nor zero. */
    static boolean isStation(long mac) {
        return mac != 0 && (mac >>> 40 & 1) == 0;
    }
}
