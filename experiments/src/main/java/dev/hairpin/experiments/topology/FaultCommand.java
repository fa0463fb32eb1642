package dev.hairpin.experiments.topology;

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

    private static final String LINK = "link-down";
    private static final Map<String, Trouble> KINDS = new LinkedHashMap<>();
    private static final Map<String, Stall> STALLS = new LinkedHashMap<>();

    static {
        KINDS.put("flr", Trouble.RESETTING);
        KINDS.put("dma-error", Trouble.DMA_ERROR);
        KINDS.put("ecc-error", Trouble.ECC_ERROR);
        KINDS.put("removed", Trouble.REMOVED);
        STALLS.put("rx-stall", Stall.RECEIVES);
        STALLS.put("tx-stall", Stall.SENDS);
    }

    private FaultCommand() {}

    /** Reads on behind {@code fault}. */
    static Change read(Words words, Map<String, NicSettings> nics, Map<String, Place> places) throws ChangeInvalid {
        List<String> functions = new ArrayList<>(places.keySet());
        functions.remove(Place.CHASSIS);
        List<String> all = new ArrayList<>(functions);
        all.addAll(nics.keySet());
        String name = words.take(all, "a function or a NIC: " + String.join(", ", all));
        boolean whole = nics.containsKey(name);
        List<String> kinds = new ArrayList<>(KINDS.keySet());
        kinds.addAll(STALLS.keySet());
        if (whole) {
            kinds.add(LINK);
        }
        kinds.add(OVER);
        String kind = words.take(kinds, "a kind of fault: " + String.join(", ", kinds));
        words.end("the end of the line");
        if (kind.equals(LINK)) {
            return new Change.AtNic(name, before -> before.withUplinkUp(false));
        }
        Trouble trouble = KINDS.getOrDefault(kind, Trouble.NONE);
        Stall stall = STALLS.getOrDefault(kind, Stall.NONE);
        if (whole) {
            return new Change.AtNic(name, before -> {
                NicSettings after = before;
                for (Vsi vsi : before.vsis()) {
                    after = stalled(struck(after, vsi.name(), trouble), vsi.name(), stall);
                }
                return kind.equals(OVER) ? after.withUplinkUp(true) : after;
            });
        }
        Place place = Objects.requireNonNull(places.get(name));
        return new Change.AtNic(place.nic(), before -> {
            NicSettings after = before;
            for (String pair : before.sharing(place.function())) {
                after = struck(after, pair, trouble);
            }
            return stalled(after, place.function(), stall);
        });
    }

    private static NicSettings struck(NicSettings nic, String station, Trouble trouble) {
        return nic.with(station, vsi -> vsi.with(vsi.settings().withTrouble(trouble)));
    }

    private static NicSettings stalled(NicSettings nic, String station, Stall stall) {
        return nic.withRings(station, rings -> rings.with(stall));
    }
}
