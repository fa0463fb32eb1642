package dev.hairpin.experiments.projection;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Applied;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.frame.Mac;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** What a stage's events say of its state: its filtering database, and the changes of its configuration so far. */
final class Beliefs {
    private static final long ADDRESS = (1L << 48) - 1;

    private final List<String> ports;

    /** By filtering identifier and address. */
    private final Long2ObjectHashMap<Seen> stations = new Long2ObjectHashMap<>();

    private int applied;
    private @Nullable Applied last;

    private record Seen(int port, long time, int kind) {}

    Beliefs(List<String> ports) {
        this.ports = ports;
    }

    /** What it knows from the start. */
    void begin(Learned known) {
        learn(known);
    }

    void take(Decided event) {
        learn(event.learned());
        for (Applied change : event.effects().applied()) {
            applied++;
            last = change;
        }
    }

    private void learn(Learned learned) {
        for (int i = 0; i < learned.size(); i++) {
            stations.put(learned.key()[i], new Seen(learned.port()[i], learned.seen()[i], learned.kind()[i]));
        }
    }

    /** The changes of configuration that hold. */
    String configuration() {
        Applied change = last;
        if (change == null) {
            return "as at the start";
        }
        return "after " + applied + (applied == 1 ? " change: " : " changes, the last: ") + change.change() + " at "
                + DecisionTable.seconds(change.time())
                + (change.refusal().isEmpty() ? "" : ", refused: " + change.refusal());
    }

    /** The entries for an address, one for each filtering identifier. */
    String entries(long address) {
        Map<Long, Seen> found = new LinkedHashMap<>();
        stations.forEach((key, seen) -> {
            if ((key & ADDRESS) == address) {
                found.put(key >>> 48, seen);
            }
        });
        if (found.isEmpty()) {
            return Mac.format(address) + " unknown";
        }
        List<String> words = new ArrayList<>();
        found.forEach((fid, seen) -> words.add(Mac.format(address) + (fid == 0 ? "" : " in " + fid) + " behind "
                + (seen.port() >= 0 && seen.port() < ports.size() ? ports.get(seen.port()) : "port " + seen.port())
                + (seen.time() == 0 ? "" : ", seen at " + DecisionTable.seconds(seen.time()))));
        return String.join("; ", words);
    }
}
