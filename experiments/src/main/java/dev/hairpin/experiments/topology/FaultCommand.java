package dev.hairpin.experiments.topology;

import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.relay.MailboxState;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Trouble;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.ring.Stall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code fault FUNCTION|NIC KIND}: what the experimenter lets go wrong, and {@code over} when it is right again. At a NIC it is
 * all its functions that are struck, or its wire.
 *
 * <p>A fault of a PCI function strikes all stations that have a queue pair of it; rings that stand still are those of one.
 *
 * <p>A guest whose function was reset asks for all that it had once more, and gets it: settings are as before when it is over.
 */
final class FaultCommand {
    /** When it is right again. */
    static final String OVER = "over";

    /** A transmit ring that stands still, which must end. */
    static final String TX_STALL = "tx-stall";

    /** The wire is down. */
    static final String LINK = "link-down";

    private static final Map<String, Trouble> KINDS = new LinkedHashMap<>();
    private static final Map<String, Stall> STALLS = new LinkedHashMap<>();

    static {
        KINDS.put("flr", Trouble.RESETTING);
        KINDS.put("dma-error", Trouble.DMA_ERROR);
        KINDS.put("ecc-error", Trouble.ECC_ERROR);
        KINDS.put("removed", Trouble.REMOVED);
        KINDS.put("malicious", Trouble.MALICIOUS);
        STALLS.put("rx-stall", Stall.RECEIVES);
        STALLS.put(TX_STALL, Stall.SENDS);
    }

    private FaultCommand() {}

    /** Reads on behind {@code fault}. */
    static Change read(Words words, Map<String, NicSettings> nics, Map<String, Place> places) throws ChangeInvalid {
        List<String> all = new ArrayList<>(Place.functions(places));
        all.addAll(nics.keySet());
        String name = words.take(all, "a function or a NIC: " + String.join(", ", all));
        boolean whole = nics.containsKey(name);
        List<String> kinds = new ArrayList<>(KINDS.keySet());
        kinds.addAll(STALLS.keySet());
        if (whole) {
            kinds.add(LINK);
        }
        kinds.add(whole ? MailboxFault.SILENT : MailboxFault.FLOOD);
        kinds.add(OVER);
        String kind = words.take(kinds, "a kind of fault: " + String.join(", ", kinds));
        words.end("the end of the line");
        if (kind.equals(LINK)) {
            return new Change.AtNic(name, before -> before.withUplinkUp(false));
        }
        String nic = whole ? name : Objects.requireNonNull(places.get(name)).nic();
        List<String> struck = whole
                ? Objects.requireNonNull(nics.get(name)).vsis().stream()
                        .map(Vsi::name)
                        .toList()
                : List.of(Objects.requireNonNull(places.get(name)).function());
        MailboxState mailbox = MailboxFault.KINDS.get(kind);
        if (mailbox != null) {
            return new Change.AtNic(nic, before -> MailboxFault.struck(before, struck, mailbox));
        }
        Trouble trouble = KINDS.getOrDefault(kind, Trouble.NONE);
        Stall stall = STALLS.getOrDefault(kind, Stall.NONE);
        return new Change.AtNic(nic, before -> {
            NicSettings after = before;
            for (String station : struck) {
                for (String pair : before.sharing(station)) {
                    after = after.with(pair, vsi -> vsi.with(vsi.settings().withTrouble(trouble)));
                }
                after = after.withRings(station, rings -> rings.with(stall));
            }
            if (!kind.equals(OVER)) {
                return after;
            }
            after = MailboxFault.over(whole ? after.withUplinkUp(true) : after, struck);
            boolean reset = whole && before.vsis().stream().anyMatch(FaultCommand::isResetting);
            return reset ? renegotiated(after) : after;
        });
    }

    private static boolean isResetting(Vsi vsi) {
        return vsi.settings().trouble() == Trouble.RESETTING;
    }

    /** The physical function was reset, which the mailboxes of all others tell, first that it is and then that it was. */
    private static NicSettings renegotiated(NicSettings nic) {
        NicSettings after = nic;
        for (Vsi vsi : nic.vsis()) {
            after = GuestDriver.renegotiated(after, vsi.name(), true);
        }
        return after;
    }
}
