package dev.hairpin.model.mailbox;

import dev.hairpin.model.mailbox.PfDriver.Answer;
import dev.hairpin.model.mailbox.PfDriver.Shared;
import java.util.ArrayList;
import java.util.List;

/**
 * What igb, the driver of the 82576's physical function, answers a virtual function ({@code igb_main.c}, Linux): {@link
 * #answer} is a {@link PfDriver}. Older than ixgbe's: there is no version to negotiate, further addresses are a kind of
 * SET_MAC_ADDR, and number 6 asks for all groups.
 */
public final class IgbDriver extends Answering {
    /** In a SET_MAC_ADDR's info: takes all further addresses away. */
    public static final int CLEAR_FILTERS = 1;
    /** In a SET_MAC_ADDR's info: one further address. */
    public static final int ADD_FILTER = 2;
    /** In the info of message 6: all groups. */
    public static final int ALL_GROUPS = 2;

    private static final int MULTI = 1;
    private static final int ALLMULTI = 2;

    private IgbDriver(VfRecord vf, Shared shared, Message request) {
        super(vf, shared, request);
    }

    /** Answers a request. One that is itself an answer must not be given. */
    public static Answer answer(VfRecord vf, Shared shared, Message request) {
        return new IgbDriver(vf, shared, request).answer();
    }

    @Override
    Answer decide() {
        return switch (request.verb()) {
            case SET_MAC_ADDR -> request.info() == 0 ? address() : filter();
            case SET_MULTICAST -> groups();
            case SET_VLAN -> vlan();
            case SET_LPE -> grant(vf.with(draft -> draft.longestFrame = request.word(1)));
            case SET_MACVLAN -> promiscuity();
            default -> refuse("the message is not known");
        };
    }

    /** Nothing more. */
    @Override
    int[] behindTheAddress() {
        return new int[0];
    }

    /** Where an address is assigned the untrusted may not even ask for that one. */
    private Answer address() {
        if (isBound()) {
            return refuse("the administrator assigned an address and does not trust the function");
        }
        return isStation(request.mac())
                ? grant(vf.with(draft -> draft.mac = request.mac()))
                : refuse("not a station's address");
    }

    private Answer filter() {
        if (isBound()) {
            return refuse("the administrator assigned an address and does not trust the function");
        }
        if (request.info() == CLEAR_FILTERS) {
            return grant(vf.with(draft -> draft.macvlans = List.of()));
        }
        if (request.info() != ADD_FILTER) {
            return refuse("the message is not known");
        }
        if (!isStation(request.mac())) {
            return refuse("not a station's address");
        }
        if (shared.addressPlaces() <= vf.macvlans().size()) {
            return refuse("no place for another address in the table that all functions share");
        }
        List<Long> addresses = new ArrayList<>(vf.macvlans());
        addresses.add(request.mac());
        return grant(vf.with(draft -> draft.macvlans = addresses));
    }

    /** All groups, or no longer; what is asked for besides, unicast, is refused when that is done. */
    private Answer promiscuity() {
        boolean all = (request.info() & ALL_GROUPS) != 0;
        VfRecord after = vf.with(draft -> draft.xcast = all ? ALLMULTI : MULTI);
        return (request.info() & ~ALL_GROUPS) == 0
                ? grant(after)
                : new Answer(request.answer(Message.NACK), after, "the 82576 has no promiscuous mode for a function");
    }
}
