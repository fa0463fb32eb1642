package dev.hairpin.model.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the physical function's driver keeps of a virtual function. Immutable.
 *
 * @param clearToSend whether it has asked for its reset, before which it may ask for nothing else
 * @param api version of the messages, as the negotiation's number: 0 for 1.0
 * @param adminMac that the administrator assigned; 0 for none
 * @param trusted whether it may choose for itself
 * @param portVlan that the administrator put it in; 0 for none
 * @param spoofChecked whether its source addresses and VLANs are checked
 * @param mac that it has; 0 for none
 * @param macvlans further addresses
 * @param vids VLANs that it joined
 * @param hashes of group addresses, in the order they came
 * @param xcast what it listens to: 0 none, 1 multi, 2 allmulti, 3 promisc
 * @param longestFrame in octets, as the mailbox has it: with FCS
 * @param receives whether its receiving is on
 */
public record VfRecord(
        boolean clearToSend,
        int api,
        long adminMac,
        boolean trusted,
        int portVlan,
        boolean spoofChecked,
        long mac,
        List<Long> macvlans,
        Set<Integer> vids,
        List<Integer> hashes,
        int xcast,
        int longestFrame,
        boolean receives) {
    /** API 1.0, before there is anything to negotiate. */
    static final int API_10 = 0;

    private static final int USUAL_FRAME = 1518;

    public VfRecord {
        macvlans = List.copyOf(macvlans);
        vids = Set.copyOf(vids);
        hashes = List.copyOf(hashes);
    }

    /** As the administrator has it, before the guest's driver has asked for anything. */
    public static VfRecord of(long adminMac, boolean trusted, int portVlan, boolean spoofChecked) {
        return new VfRecord(
                false,
                API_10,
                adminMac,
                trusted,
                portVlan,
                spoofChecked,
                adminMac,
                List.of(),
                Set.of(),
                List.of(),
                1,
                USUAL_FRAME,
                true);
    }

    /** After its reset: what the guest had asked for is gone, what the administrator set stays. */
    VfRecord reset() {
        return of(adminMac, trusted, portVlan, spoofChecked).with(draft -> draft.clearToSend = true);
    }

    /** The same, but for what {@code change} does to a draft of it. */
    VfRecord with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new VfRecord(
                draft.clearToSend,
                draft.api,
                adminMac,
                trusted,
                portVlan,
                draft.spoofChecked,
                draft.mac,
                draft.macvlans,
                draft.vids,
                draft.hashes,
                draft.xcast,
                draft.longestFrame,
                draft.receives);
    }

    /** What a message can change, while it is being changed. */
    static final class Draft {
        boolean clearToSend;
        int api;
        boolean spoofChecked;
        long mac;
        List<Long> macvlans;
        Set<Integer> vids;
        List<Integer> hashes;
        int xcast;
        int longestFrame;
        boolean receives;

        Draft(VfRecord vf) {
            clearToSend = vf.clearToSend;
            api = vf.api;
            spoofChecked = vf.spoofChecked;
            mac = vf.mac;
            macvlans = new ArrayList<>(vf.macvlans);
            vids = new TreeSet<>(vf.vids);
            hashes = vf.hashes;
            xcast = vf.xcast;
            longestFrame = vf.longestFrame;
            receives = vf.receives;
        }
    }
}
