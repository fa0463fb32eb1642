package dev.hairpin.model.management;

import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.mailbox.IgbDriver;
import dev.hairpin.model.mailbox.Message;
import dev.hairpin.model.mailbox.Message.Verb;
import dev.hairpin.model.mailbox.PfDriver;
import dev.hairpin.model.relay.FunctionRecord;
import dev.hairpin.model.relay.MailboxState;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.StationTable;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * ixgbevf and igbvf: what a guest asks for becomes messages, and what is granted the function's settings. Some of the
 * messages' answers these drivers do not pass on to who asked; a run is told of the refusal all the same.
 */
final class MailboxGuest {
    /** Ethernet's header and FCS, which the mailbox counts. */
    private static final int HEADER_AND_FCS = 18;

    private static final int FCS = 4;

    /** IGBVF_MAX_MAC_FILTERS. */
    private static final int IGBVF_FURTHER_ADDRESSES = 3;

    /** Which of the two drivers. */
    enum Dialect {
        IXGBEVF,
        IGBVF
    }

    private final NicSettings nic;
    private final Vsi vsi;
    private final VsiSettings set;
    private final Dialect dialect;
    private final Conversation talk;

    MailboxGuest(NicSettings nic, Vsi vsi, PfDriver driver, Dialect dialect) {
        this.nic = nic;
        this.vsi = vsi;
        this.set = vsi.settings();
        this.dialect = dialect;
        this.talk = new Conversation(nic, vsi, driver, dialect == Dialect.IXGBEVF);
    }

    /** The NIC afterwards; what is refused is {@link Refused}, after some time where nobody answers. */
    NicSettings carryOut(GuestRequest request) {
        boolean reset = request instanceof GuestRequest.Link link && link.up();
        boolean silent = request instanceof GuestRequest.Link link && !link.up();
        FunctionRecord record = set.record();
        if (!silent && record.mailbox() == MailboxState.FLOODED) {
            throw new Refused("the guest's driver floods its mailbox and asks for nothing else");
        }
        if (!silent && !reset && record.gaveUp()) {
            throw new Refused("the driver has given up on its mailbox, until it is reset: down and up (EIO)");
        }
        try {
            return said(request);
        } catch (Conversation.Unanswered unanswered) {
            // A function that finds nobody to talk to when it comes up stays down.
            VsiSettings left = set.withRecord(record.withGaveUp(true))
                    .withTxEnabled(set.txEnabled() && !reset)
                    .withRxEnabled(set.rxEnabled() && !reset);
            throw new Refused(
                    String.valueOf(unanswered.getMessage()),
                    nic.with(vsi.name(), before -> before.with(left)),
                    unanswered.nanos());
        }
    }

    /**
     * What a driver whose function is up does when the physical function's has taken its right to send away, or was reset:
     * it resets its function, too, and asks for all that it had once more.
     *
     * @param reset whether the physical function was reset; otherwise it pinged
     */
    NicSettings renegotiated(boolean reset) {
        boolean told = set.txEnabled() && (reset ? talk.resets() : talk.pinged());
        return told ? carryOut(new GuestRequest.Link(true)) : nic;
    }

    private NicSettings said(GuestRequest request) {
        if (request instanceof GuestRequest.SetAddress asked) {
            require(Message.ofMac(Verb.SET_MAC_ADDR, 0, asked.mac()), " (EPERM)");
            return with(vsi.withAddresses(DirectGuest.primary(vsi.addresses(), asked.mac())));
        } else if (request instanceof GuestRequest.AddAddress asked) {
            return further(DirectGuest.and(vsi.addresses(), asked.mac()));
        } else if (request instanceof GuestRequest.RemoveAddress asked) {
            return further(DirectGuest.without(vsi.addresses(), asked.mac()));
        } else if (request instanceof GuestRequest.JoinGroup || request instanceof GuestRequest.LeaveGroup) {
            return groups(DirectGuest.granted(vsi, request).groups());
        } else if (request instanceof GuestRequest.JoinVlan asked) {
            require(Message.of(Verb.SET_VLAN, 1, asked.vid()), " (EACCES)");
        } else if (request instanceof GuestRequest.LeaveVlan asked) {
            require(Message.of(Verb.SET_VLAN, 0, asked.vid()), " (EACCES)");
        } else if (request instanceof GuestRequest.OfPromiscuity) {
            return listening(DirectGuest.granted(vsi, request));
        } else if (request instanceof GuestRequest.Mtu asked) {
            return longestFrame(asked);
        } else if (request instanceof GuestRequest.Link link && link.up()) {
            return up();
        }
        return with(DirectGuest.granted(vsi, request));
    }

    /** The list is sent anew, one by one. */
    private NicSettings further(List<Long> addresses) {
        List<Long> further = addresses.subList(1, addresses.size());
        if (dialect == Dialect.IGBVF) {
            if (further.size() > IGBVF_FURTHER_ADDRESSES) {
                throw new Refused("igbvf asks for " + IGBVF_FURTHER_ADDRESSES + " further addresses at most (ENOSPC)");
            }
            require(Message.of(Verb.SET_MAC_ADDR, IgbDriver.CLEAR_FILTERS), "");
            further.forEach(mac -> require(Message.ofMac(Verb.SET_MAC_ADDR, IgbDriver.ADD_FILTER, mac), ""));
            return with(vsi.withAddresses(addresses));
        }
        if (further.isEmpty()) {
            require(Message.of(Verb.SET_MACVLAN, 0), "");
        }
        for (int index = 0; index < further.size(); index++) {
            require(Message.ofMac(Verb.SET_MACVLAN, index + 1, further.get(index)), "");
        }
        return with(vsi.withAddresses(addresses));
    }

    /** One message has all of them, as far as they fit. */
    private NicSettings groups(List<Long> groups) {
        if (groups.size() > Message.HASHES) {
            throw new Refused("a message has " + Message.HASHES + " groups: "
                    + Mac.format(groups.get(groups.size() - 1)) + " is left out, and the guest not told");
        }
        require(Message.ofHashes(hashes(groups)), "");
        return with(vsi.withGroups(groups));
    }

    private static List<Integer> hashes(List<Long> groups) {
        return groups.stream().map(StationTable::hash).toList();
    }

    /**
     * The untrusted are granted less, in silence. Who asked for all groups has asked: the relay gives them when the function
     * is trusted, as its driver asks again then.
     */
    private NicSettings listening(Vsi asked) {
        Xcast xcast = asked.settings().xcast();
        if (dialect == Dialect.IGBVF && xcast != set.xcast()) {
            throw new Refused("igbvf sends no message for that: nothing changes, and the guest is not told");
        }
        if (dialect == Dialect.IGBVF) {
            return with(asked);
        }
        Message request = Message.of(Verb.UPDATE_XCAST_MODE, 0, xcast.ordinal());
        require(request, "");
        if (talk.vf().xcast() < xcast.ordinal()) {
            String why = "not trusted: the function gets groups that it joined and no more, and the guest is not told";
            throw xcast == Xcast.ALLMULTI ? new Refused(why, with(asked)) : new Refused(why);
        }
        return with(asked);
    }

    /** ixgbe switches receiving off before it refuses. */
    private NicSettings longestFrame(GuestRequest.Mtu asked) {
        talk.ask(Message.of(Verb.SET_LPE, 0, asked.octets() + HEADER_AND_FCS));
        if (!talk.refusal().isEmpty()) {
            Vsi left = vsi.with(set.withRxEnabled(talk.vf().receives()));
            throw new Refused(talk.refusal() + " (EINVAL)", nic.with(vsi.name(), before -> left));
        }
        Vsi granted = DirectGuest.granted(vsi, asked);
        // Only a function that is up was switched off by a refusal before.
        boolean receives = set.txEnabled() ? talk.vf().receives() : set.rxEnabled();
        return with(granted.with(granted.settings().withRxEnabled(receives)));
    }

    /** A reset, and all that the driver remembers asked for again. Where an address is assigned the guest takes it. */
    private NicSettings up() {
        Message reply = talk.ask(Message.of(Verb.RESET, 0));
        List<Long> addresses = vsi.addresses();
        if (reply.granted()) {
            addresses = DirectGuest.primary(addresses, reply.mac());
        }
        if (dialect == Dialect.IXGBEVF) {
            talk.ask(Message.of(Verb.API_NEGOTIATE, 0, Conversation.NEWEST_API));
            talk.ask(Message.of(Verb.UPDATE_XCAST_MODE, 0, set.xcast().ordinal()));
        }
        if (!reply.granted() && !addresses.isEmpty()) {
            talk.ask(Message.ofMac(Verb.SET_MAC_ADDR, 0, addresses.get(0)));
        }
        talk.ask(Message.ofHashes(
                hashes(vsi.groups().subList(0, Math.min(vsi.groups().size(), Message.HASHES)))));
        List<Long> granted = new ArrayList<>();
        for (int index = 0; index < addresses.size(); index++) {
            long mac = addresses.get(index);
            Message request = dialect == Dialect.IGBVF
                    ? Message.ofMac(Verb.SET_MAC_ADDR, IgbDriver.ADD_FILTER, mac)
                    : Message.ofMac(Verb.SET_MACVLAN, index, mac);
            if (index == 0 || talk.ask(request).granted()) {
                granted.add(mac);
            }
        }
        for (int vid : set.vlans().vids()) {
            talk.ask(Message.of(Verb.SET_VLAN, 1, vid));
        }
        VlanSet vlans = set.portVlan() != 0 ? set.vlans() : talk.vlans();
        return with(vsi.withAddresses(granted)
                .with(set.withVlans(vlans)
                        .withTxEnabled(true)
                        .withRxEnabled(true)
                        .withRecord(set.record().withGaveUp(false))));
    }

    private void require(Message request, String errno) {
        talk.ask(request);
        if (!talk.refusal().isEmpty()) {
            throw new Refused(talk.refusal() + errno);
        }
    }

    /** The function as the physical function's driver leaves it: who gets further addresses is not checked any more. */
    private NicSettings with(Vsi granted) {
        VsiSettings after = granted.settings();
        boolean checked = after.spoofMac() || after.spoofVlan();
        Vsi settled = checked && !talk.vf().spoofChecked()
                ? granted.with(after.withSpoofMac(false).withSpoofVlan(false))
                : granted;
        return nic.with(vsi.name(), before -> settled);
    }

    /** Octets with FCS that a limit without it is in the mailbox. */
    static int withFcs(int longestFrame, int otherwise) {
        return longestFrame == Integer.MAX_VALUE ? otherwise : longestFrame + FCS;
    }
}
