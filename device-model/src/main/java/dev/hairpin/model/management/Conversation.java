package dev.hairpin.model.management;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.mailbox.Mailbox;
import dev.hairpin.model.mailbox.Message;
import dev.hairpin.model.mailbox.PfDriver;
import dev.hairpin.model.mailbox.PfDriver.Answer;
import dev.hairpin.model.mailbox.PfDriver.Shared;
import dev.hairpin.model.mailbox.VfRecord;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Requests of one function and their answers, through its mailbox. The guest's driver has asked for its reset long ago, and
 * its messages are of the newest version that both know.
 */
final class Conversation {
    /** The number of API 1.7, the newest of ixgbe in Linux 6.18. */
    static final int NEWEST_API = 8;

    private static final int USUAL_FRAME = 1518;

    /** What ixgbe has for a function, without traffic classes. */
    private static final int QUEUES = 2;

    private final Mailbox mailbox = new Mailbox();
    private final PfDriver driver;
    private final Shared shared;
    private final boolean managed;
    private VfRecord vf;
    private String refusal = "";

    Conversation(NicSettings nic, Vsi vsi, PfDriver driver, boolean versions) {
        VsiSettings set = vsi.settings();
        List<Long> addresses = vsi.addresses();
        this.driver = driver;
        this.managed = !set.vlans().any();
        this.shared = shared(nic, vsi);
        Set<Integer> vids = new HashSet<>();
        for (int vid : set.vlans().vids()) {
            vids.add(vid);
        }
        this.vf = new VfRecord(
                true,
                versions ? NEWEST_API : 0,
                set.record().assignedMac(),
                set.trusted(),
                set.portVlan(),
                set.spoofMac() || set.spoofVlan(),
                addresses.isEmpty() ? 0 : addresses.get(0),
                addresses.isEmpty() ? List.of() : addresses.subList(1, addresses.size()),
                vids,
                List.of(),
                set.xcast().ordinal(),
                MailboxGuest.withFcs(set.longestFrame(), USUAL_FRAME),
                set.rxEnabled());
    }

    /** What the other functions leave of the tables. */
    private static Shared shared(NicSettings nic, Vsi vsi) {
        int addresses = 0;
        boolean jumbo = false;
        Set<Integer> vlans = new HashSet<>();
        for (Vsi each : nic.vsis()) {
            VsiSettings set = each.settings();
            addresses += each.addresses().size();
            jumbo |= set.physical() && MailboxGuest.withFcs(set.longestFrame(), USUAL_FRAME) > USUAL_FRAME;
            if (set.portVlan() > 0) {
                vlans.add(set.portVlan());
            }
            for (int vid : set.vlans().vids()) {
                vlans.add(vid);
            }
        }
        int own = Math.max(0, vsi.addresses().size() - 1);
        return new Shared(
                nic.device().get(Choice.ADDRESSES) - (addresses - own),
                nic.device().get(Choice.VLANS) - vlans.size(),
                vlans,
                jumbo,
                QUEUES,
                false);
    }

    /** Puts a request into the mailbox and takes the answer out; what is granted {@link #vf} has. */
    Message ask(Message request) {
        mailbox.writeVirtual(Mailbox.V_OWNS);
        put(Mailbox.V_OWNS, request);
        mailbox.writeVirtual(Mailbox.V_REQUEST);
        if (mailbox.takeRequest()) {
            Answer answer = driver.answer(vf, shared, taken());
            vf = answer.vf();
            refusal = answer.refusal();
            mailbox.writePhysical(Mailbox.P_OWNS);
            put(Mailbox.P_OWNS, answer.reply());
            mailbox.writePhysical(Mailbox.P_STATUS);
        }
        if ((mailbox.readVirtual() & Mailbox.V_STATUS) == 0) {
            throw new IllegalStateException("no answer to " + request);
        }
        return taken();
    }

    private void put(int side, Message message) {
        int[] words = message.words();
        for (int number = 0; number < words.length; number++) {
            if (!mailbox.write(side, number, words[number])) {
                throw new IllegalStateException("the mailbox is not free for " + message);
            }
        }
    }

    private Message taken() {
        int[] words = new int[Mailbox.WORDS];
        for (int number = 0; number < words.length; number++) {
            words[number] = mailbox.word(number);
        }
        return new Message(words);
    }

    /** The function as the physical function's driver has it now. */
    VfRecord vf() {
        return vf;
    }

    /** Why the last request was refused, or empty. */
    String refusal() {
        return refusal;
    }

    /** The VLANs that it is in now; who is in every VLAN stays so. */
    VlanSet vlans() {
        return managed
                ? VlanSet.of(
                        vf.vids().stream().mapToInt(Integer::intValue).sorted().toArray())
                : VlanSet.ANY;
    }
}
