package dev.hairpin.model.management;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.mailbox.Mailbox;
import dev.hairpin.model.mailbox.Message;
import dev.hairpin.model.mailbox.MessageRounds;
import dev.hairpin.model.mailbox.Patience;
import dev.hairpin.model.mailbox.PfDriver;
import dev.hairpin.model.mailbox.PfDriver.Answer;
import dev.hairpin.model.mailbox.PfDriver.Shared;
import dev.hairpin.model.mailbox.VfRecord;
import dev.hairpin.model.relay.MailboxState;
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

    /** Of a function that floods its mailbox; what it is does not matter. */
    private static final Message FLOOD = Message.of(Message.Verb.GET_QUEUES, 0);

    private final MessageRounds mailboxes;
    private final PfDriver driver;
    private final Shared shared;
    private final boolean managed;
    private final NicSettings nic;
    private final int own;
    private VfRecord vf;
    private String refusal = "";

    Conversation(NicSettings nic, Vsi vsi, PfDriver driver, boolean versions) {
        VsiSettings set = vsi.settings();
        List<Long> addresses = vsi.addresses();
        this.driver = driver;
        this.nic = nic;
        this.own = nic.vsis().indexOf(vsi);
        this.mailboxes = new MessageRounds(nic.vsis().size());
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
        if (!mailboxes.send(own, request)) {
            throw new IllegalStateException("the mailbox is not free for " + request);
        }
        serve();
        Patience.Wait wait = Patience.await(mailboxes.of(own));
        if (!wait.answered()) {
            throw new Unanswered(wait.nanos());
        }
        return mailboxes.words(own);
    }

    /** One round of the physical function's driver, if it answers at all, through the mailboxes of all functions. */
    private void serve() {
        List<Vsi> all = nic.vsis();
        if (all.get(own).settings().record().mailbox() == MailboxState.SILENT) {
            return;
        }
        for (int function = 0; function < all.size(); function++) {
            if (function != own && all.get(function).settings().record().mailbox() == MailboxState.FLOODED) {
                mailboxes.send(function, FLOOD);
            }
        }
        mailboxes.round((function, request) -> function == own ? answer(request) : refuse(request));
    }

    private Message answer(Message request) {
        Answer answer = driver.answer(vf, shared, request);
        vf = answer.vf();
        refusal = answer.refusal();
        return answer.reply();
    }

    private static Message refuse(Message request) {
        return new Message(new int[] {request.words()[0] | Message.NACK});
    }

    /** Whether the guest's driver resets its function when the physical one pings it after it took the right to send away. */
    boolean pinged() {
        mailboxes.post(own, Message.ping(false));
        return Patience.await(mailboxes.of(own)).answered()
                && !mailboxes.words(own).isClearToSend();
    }

    /** Whether it does when the physical function is reset: it sees that a reset is under way, and then that it is over. */
    boolean resets() {
        Mailbox mailbox = mailboxes.of(own);
        mailbox.beginReset();
        boolean began = (mailbox.readVirtual() & Mailbox.V_RESET) != 0;
        mailbox.endReset();
        return began && (mailbox.readVirtual() & Mailbox.V_RESET_DONE) != 0;
    }

    /** The physical function's driver has not answered for so long that the guest's waits no more. */
    static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long nanos;

        Unanswered(long nanos) {
            super("no answer to " + Patience.TRIES + " tries, one every " + Patience.EACH_NANOS / 1_000
                    + " us: the driver gives up until it is reset (ETIMEDOUT)");
            this.nanos = nanos;
        }

        long nanos() {
            return nanos;
        }
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
