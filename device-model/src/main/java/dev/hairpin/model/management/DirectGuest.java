package dev.hairpin.model.management;

import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.relay.FunctionRecord;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a function is once a request is granted; the tables that functions share have yet to have place for it. */
final class DirectGuest {
    /** Ethernet's header, without FCS. */
    private static final int HEADER = 14;

    private DirectGuest() {}

    static Vsi granted(Vsi vsi, GuestRequest request) {
        VsiSettings set = vsi.settings();
        if (request instanceof GuestRequest.SetAddress asked) {
            return vsi.withAddresses(primary(vsi.addresses(), asked.mac()));
        } else if (request instanceof GuestRequest.AddAddress asked) {
            return vsi.withAddresses(and(vsi.addresses(), asked.mac()));
        } else if (request instanceof GuestRequest.RemoveAddress asked) {
            return vsi.withAddresses(without(vsi.addresses(), asked.mac()));
        } else if (request instanceof GuestRequest.JoinGroup asked) {
            return vsi.withGroups(and(vsi.groups(), asked.group()));
        } else if (request instanceof GuestRequest.LeaveGroup asked) {
            return vsi.withGroups(without(vsi.groups(), asked.group()));
        } else if (request instanceof GuestRequest.JoinVlan asked) {
            return vsi.with(set.withVlans(vlans(set.vlans(), asked.vid(), true)));
        } else if (request instanceof GuestRequest.LeaveVlan asked) {
            return vsi.with(set.withVlans(vlans(set.vlans(), asked.vid(), false)));
        } else if (request instanceof GuestRequest.Promiscuous asked) {
            return vsi.with(listening(set, asked.on(), allMulticast(set)));
        } else if (request instanceof GuestRequest.AllMulticast asked) {
            return vsi.with(listening(set, set.xcast() == Xcast.PROMISC, asked.on()));
        } else if (request instanceof GuestRequest.Mtu asked) {
            return vsi.with(set.withLongestFrame(asked.octets() + HEADER));
        } else if (request instanceof GuestRequest.Link asked) {
            return vsi.with(set.withTxEnabled(asked.up()).withRxEnabled(asked.up()));
        }
        throw new IllegalArgumentException(request.toString());
    }

    /** {@code mac} first, in place of what was first. */
    static List<Long> primary(List<Long> addresses, long mac) {
        List<Long> others = new ArrayList<>(addresses.isEmpty() ? addresses : addresses.subList(1, addresses.size()));
        others.remove(mac);
        others.add(0, mac);
        return others;
    }

    static List<Long> and(List<Long> addresses, long one) {
        List<Long> more = new ArrayList<>(addresses);
        more.add(one);
        return more;
    }

    static List<Long> without(List<Long> addresses, long one) {
        return addresses.stream().filter(other -> other != one).toList();
    }

    /** Who is in every VLAN stays so. */
    static VlanSet vlans(VlanSet before, int vid, boolean in) {
        if (before.any()) {
            return before;
        }
        TreeSet<Integer> vids = new TreeSet<>();
        for (int each : before.vids()) {
            vids.add(each);
        }
        if (in) {
            vids.add(vid);
        } else {
            vids.remove(vid);
        }
        return VlanSet.of(vids.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Whether all groups are asked for, be it beneath promiscuity. */
    static boolean allMulticast(VsiSettings set) {
        return set.xcast() == Xcast.ALLMULTI || set.record().allMulticast();
    }

    /** The most inclusive of what is asked for; the other is remembered. */
    static VsiSettings listening(VsiSettings set, boolean promiscuous, boolean allMulticast) {
        FunctionRecord record = set.record().withAllMulticast(promiscuous && allMulticast);
        return set.withXcast(promiscuous ? Xcast.PROMISC : allMulticast ? Xcast.ALLMULTI : Xcast.MULTI)
                .withRecord(record);
    }
}
