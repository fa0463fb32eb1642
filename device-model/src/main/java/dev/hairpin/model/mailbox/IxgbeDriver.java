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
public final class IxgbeDriver {
    /** Multicast hashes that a virtual function keeps; what it sends beyond is left out in silence. */
    public static final int HASHES = 30;

    private static final int SHORTEST_FRAME = 68;
    private static final int LONGEST_FRAME = 9728;
    private static final int USUAL_FRAME = 1518;
    private static final int VLANS = 4096;
    private static final int MULTI = 1;
    private static final int ALLMULTI = 2;
    private static final int PROMISC = 3;

    /** Negotiated numbers: 1.0, 1.1 to 1.4, 1.6 and 1.7. Not taken: 1, which is 2.0, and 6, which is 1.5. */
    private static final Set<Integer> VERSIONS = Set.of(0, 2, 3, 4, 5, 7, 8);

    private static final int API_11 = 2;
    private static final int API_12 = 3;
    private static final int API_16 = 7;

    private final VfRecord vf;
    private final Shared shared;
    private final Message request;

    private IxgbeDriver(VfRecord vf, Shared shared, Message request) {
        this.vf = vf;
        this.shared = shared;
        this.request = request;
    }

    /** Answers a request. One that is itself an answer must not be given. */
    public static Answer answer(VfRecord vf, Shared shared, Message request) {
        if (request.isReply()) {
            throw new IllegalArgumentException("an answer is not answered: " + request);
        }
        return new IxgbeDriver(vf, shared, request).decide();
    }

    private Answer decide() {
        if (request.verb() == Message.Verb.RESET) {
            return reset();
        }
        if (!vf.clearToSend()) {
            return refuse("the function has not asked for its reset");
        }
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

    private Answer grant(VfRecord after, int... payload) {
        return new Answer(request.answer(Message.ACK, payload), after, "");
    }

    private Answer refuse(String why) {
        return new Answer(request.answer(Message.NACK), vf, why);
    }

    /** Granted also without an address; then it is the refusal that tells the guest's driver to choose one itself. */
    private Answer reset() {
        VfRecord after = vf.reset();
        int verdict = vf.adminMac() != 0 ? Message.ACK : Message.NACK;
        Message reply = request.answer(verdict, Message.lower(vf.adminMac()), Message.upper(vf.adminMac()), 0);
        return new Answer(reply, after, vf.adminMac() != 0 ? "" : "no address is assigned: the guest chooses one");
    }

    private Answer address() {
        long mac = request.mac();
        if (!isStation(mac)) {
            return refuse("not a station's address");
        }
        if (vf.adminMac() != 0 && !vf.trusted() && mac != vf.adminMac()) {
            return refuse("the administrator assigned another address and does not trust the function");
        }
        return grant(vf.with(draft -> draft.mac = mac));
    }

    private Answer groups() {
        return grant(vf.with(draft -> draft.hashes = hashes(request)));
    }

    /** Two hashes a word, the lower half first. */
    static List<Integer> hashes(Message request) {
        List<Integer> hashes = new ArrayList<>();
        for (int i = 0; i < Math.min(request.info(), HASHES); i++) {
            hashes.add(request.word(1 + i / 2) >>> (16 * (i % 2)) & 0xffff);
        }
        return hashes;
    }

    private Answer vlan() {
        boolean add = request.info() != 0;
        int vid = request.word(1) & (VLANS - 1);
        if (vf.portVlan() != 0) {
            return refuse("the administrator put the function in a port VLAN");
        }
        if (vid == 0 && !add) {
            return grant(vf);
        }
        boolean hasPlace = shared.vlansInUse().contains(vid) || vf.vids().contains(vid) || shared.vlanPlaces() > 0;
        if (add && vid != 0 && !hasPlace) {
            return refuse("no place for another VLAN in the table that all functions share");
        }
        return grant(vf.with(draft -> {
            if (vid != 0 && add) {
                draft.vids.add(vid);
            } else {
                draft.vids.remove(vid);
            }
        }));
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
        if (vf.adminMac() != 0 && !vf.trusted() && request.info() > 0) {
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

    static boolean isStation(long mac) {
        return mac != 0 && (mac >>> 40 & 1) == 0;
    }
}
