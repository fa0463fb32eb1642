package dev.hairpin.experiments.topology;

import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Trouble;
import dev.hairpin.model.relay.Vsi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code fault FUNCTION|NIC KIND}: what the experimenter lets go wrong, and {@code over} when it is right again. At a NIC it is
 * all its functions that are struck, or its wire.
 *
 * <p>A guest whose function was reset asks for all that it had once more, and gets it: settings are as before when it is over.
 */
final class FaultCommand {
    /** When it is right again. */
    static final String OVER = "over";

    /** The wire is down. */
    static final String LINK = "link-down";

    private static final Map<String, Trouble> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("flr", Trouble.RESETTING);
        KINDS.put("dma-error", Trouble.DMA_ERROR);
        KINDS.put("ecc-error", Trouble.ECC_ERROR);
        KINDS.put("removed", Trouble.REMOVED);
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
        if (whole) {
            return new Change.AtNic(name, before -> {
                NicSettings after = before.with(
                        before.vsis().stream().map(vsi -> struck(vsi, trouble)).toList());
                return trouble == Trouble.NONE ? after.withUplinkUp(true) : after;
            });
        }
        Place place = Objects.requireNonNull(places.get(name));
        return new Change.AtNic(place.nic(), before -> before.with(place.function(), vsi -> struck(vsi, trouble)));
    }

    private static Vsi struck(Vsi vsi, Trouble trouble) {
        return vsi.with(vsi.settings().withTrouble(trouble));
    }
}
