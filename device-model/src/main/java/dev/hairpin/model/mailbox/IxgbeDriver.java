package dev.hairpin.model.mailbox;

import dev.hairpin.model.mailbox.PfDriver.Answer;
import dev.hairpin.model.mailbox.PfDriver.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What ixgbe, the driver of the 82599's physical function, answers a virtual function ({@code ixgbe_sriov.c}, Linux 6.18):
 * {@link #answer} is a {@link PfDriver}.
 */
public final class IxgbeDriver extends Answering {
    private static final int SHORTEST_FRAME = 68;
    private static final int LONGEST_FRAME = 9728;
    private static final int USUAL_FRAME = 1518;
    private static final int MULTI = 1;
    private static final int ALLMULTI = 2;
    private static final int PROMISC = 3;

    /** Negotiated numbers: 1.0, 1.1 to 1.4, 1.6 and 1.7. Not taken: 1, which is 2.0, and 6, which is 1.5. */
    private static final Set<Integer> VERSIONS = Set.of(0, 2, 3, 4, 5, 7, 8);

    private static final int API_11 = 2;
    private static final int API_12 = 3;
    private static final int API_16 = 7;

    private IxgbeDriver(VfRecord vf, Shared shared, Message request) {
        super(vf, shared, request);
    }

    /** Answers a request. One that is itself an answer must not be given. */
    public static Answer answer(VfRecord vf, Shared shared, Message request) {
        return new IxgbeDriver(vf, shared, request).answer();
    }

    @Override
    Answer decide() {
        return switch (request.verb()) {
            case SET_MAC_ADDR -> address();
            case SET_MULTICAST -> groups();
            case SET_VLAN -> vlan();
            case SET_LPE -> longestFrame();
            case SET_MACVLAN -> macvlan();
            case API_NEGOTIATE -> negotiate();
            case GET_QUEUES -> since(API_11, this::queues);
            case GET_RETA, GET_RSS_KEY -> since(API_12, this::rss);
            case UPDATE_XCAST_MODE -> since(API_12, this::xcast);
            case GET_LINK_STATE -> since(API_12, () -> grant(vf, 1));
            case GET_PF_LINK_STATE, FEATURES_NEGOTIATE -> since(API_16, () -> grant(vf, request.word(1)));
            case IPSEC_ADD, IPSEC_DEL -> refuse("IPsec is not supported");
            default -> refuse("the message is not known");
        };
    }

    @FunctionalInterface
    private interface Rule {
        Answer apply();
    }

    private Answer since(int version, Rule rule) {
        return vf.api() < version ? refuse("the message is not of the version that was negotiated") : rule.apply();
    }

    /** The type of multicast hashes. */
    @Override
    int[] behindTheAddress() {
        return new int[] {0};
    }

    private Answer address() {
        long mac = request.mac();
        if (!isStation(mac)) {
            return refuse("not a station's address");
        }
        if (isBound() && mac != vf.adminMac()) {
            return refuse("the administrator assigned another address and does not trust the function");
        }
        return grant(vf.with(draft -> draft.mac = mac));
    }

    /**
     * Octets with FCS. The 82599 has one limit for all: a function of API 1.0 can take no jumbo frames and must not meet
     * them, a later one takes them where the physical function does. Otherwise its receiving is switched off.
     */
    private Answer longestFrame() {
        int octets = request.word(1);
        if (octets < SHORTEST_FRAME || octets > LONGEST_FRAME) {
            return refuse("frames of " + octets + " octets, expected " + SHORTEST_FRAME + " to " + LONGEST_FRAME);
        }
        boolean receives = shared.jumbo() ? vf.api() >= API_11 : octets <= USUAL_FRAME;
        if (receives) {
            return grant(vf.with(draft -> {
                draft.longestFrame = octets;
                draft.receives = true;
            }));
        }
        Answer refused =
                refuse("jumbo frames of physical and virtual function do not go together: nothing is received");
        return new Answer(refused.reply(), vf.with(draft -> draft.receives = false), refused.refusal());
    }

    /** Index 0 clears the further addresses, 1 begins them anew. Who asks for one is not checked for spoofing any more. */
    private Answer macvlan() {
        if (isBound() && request.info() > 0) {
            return refuse("the administrator assigned an address and does not trust the function");
        }
        List<Long> addresses = new ArrayList<>(request.info() <= 1 ? List.of() : vf.macvlans());
        if (request.info() > 0) {
            if (!isStation(request.mac())) {
                return refuse("not a station's address");
            }
            if (shared.addressPlaces() <= addresses.size()) {
                return refuse("no place for another address in the table that all functions share");
            }
            addresses.add(request.mac());
        }
        return grant(vf.with(draft -> {
            draft.macvlans = addresses;
            draft.spoofChecked &= addresses.isEmpty();
        }));
    }

    private Answer negotiate() {
        int version = request.word(1);
        return VERSIONS.contains(version)
                ? grant(vf.with(draft -> draft.api = version), version)
                : refuse("version number " + version + ", expected one of " + new TreeSet<>(VERSIONS));
    }

    private Answer queues() {
        return grant(vf, shared.queues(), shared.queues(), vf.portVlan() != 0 ? 1 : 0, 0);
    }

    private Answer rss() {
        return shared.rssQuery() ? grant(vf) : refuse("the administrator lets no function read the RSS table");
    }

    /** The 82599 has no promiscuity for functions; to the untrusted, less than was asked is granted in silence. */
    private Answer xcast() {
        int asked = request.word(1);
        if (asked < 0 || asked > PROMISC) {
            return refuse("mode " + asked + ", expected 0 to " + PROMISC);
        }
        int granted = asked >= ALLMULTI && !vf.trusted() ? MULTI : asked;
        return granted == PROMISC
                ? refuse("the 82599 has no promiscuous mode for a function")
                : grant(vf.with(draft -> draft.xcast = granted), granted);
    }
}
