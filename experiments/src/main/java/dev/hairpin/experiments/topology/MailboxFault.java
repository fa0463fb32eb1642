package dev.hairpin.experiments.topology;

import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.relay.MailboxState;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Vsi;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

/** What goes wrong with mailboxes, which costs no frame. */
final class MailboxFault {
    /** The driver of the physical function answers nobody; of a NIC as a whole. */
    static final String SILENT = "pf-silent";

    /** The driver of a function sends without end. */
    static final String FLOOD = "mailbox-flood";

    static final Map<String, MailboxState> KINDS = Map.of(SILENT, MailboxState.SILENT, FLOOD, MailboxState.FLOODED);

    private MailboxFault() {}

    /** The NIC with the mailboxes of {@code functions} so; refused where the device has none. */
    static NicSettings struck(NicSettings nic, Collection<String> functions, MailboxState state) {
        if (!GuestDriver.of(nic.device()).hasMailbox()) {
            throw new Refused("functions of " + nic.device() + " have no mailbox");
        }
        return with(
                nic, vsi -> functions.contains(vsi.name()) && !vsi.settings().physical(), state);
    }

    /**
     * All is well again with the mailboxes of {@code functions}. The physical function's driver pings them, and a guest whose
     * driver had given up resets its function.
     */
    static NicSettings over(NicSettings nic, Collection<String> functions) {
        NicSettings now = with(nic, vsi -> functions.contains(vsi.name()), MailboxState.ANSWERED);
        for (String function : functions) {
            if (now.vsi(function).settings().record().gaveUp()) {
                now = GuestDriver.renegotiated(now, function, false);
            }
        }
        return now;
    }

    private static NicSettings with(NicSettings nic, Predicate<Vsi> struck, MailboxState state) {
        return nic.with(nic.vsis().stream()
                .map(vsi -> struck.test(vsi)
                        ? vsi.with(vsi.settings()
                                .withRecord(vsi.settings().record().withMailbox(state)))
                        : vsi)
                .toList());
    }
}
