package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalDamage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The persistence ids of a journal, all in memory, by name. Every method is to be called under the journal's lock. */
final class Ids {
    private final Map<String, Id> byName = new TreeMap<>();
    private int nextNumber = 1;

    /** Reads all of them. */
    static Ids read(Database database) {
        Ids ids = new Ids();
        try (Rows rows = database.rows()) {
            boolean more = rows.seek(Keys.table(Keys.IDS));
            while (more && rows.key()[0] == Keys.IDS) {
                ids.add(Keys.idOf(rows.key()), rows.value());
                more = rows.next();
            }
            ids.byName.values().forEach(id -> readHighest(rows, id));
        }
        return ids;
    }

    private void add(String name, byte[] value) {
        int number = value.length == Integer.BYTES ? ByteBuffer.wrap(value).getInt() : 0;
        if (number <= 0) {
            throw new JournalDamage("its number is not readable").at(name, JournalDamage.UNKNOWN);
        }
        byName.put(name, new Id(name, number, true));
        nextNumber = Math.max(nextNumber, number + 1);
    }

    private static void readHighest(Rows rows, Id id) {
        byte[] deletion = Keys.deletion(id.number);
        if (rows.seek(deletion) && Arrays.equals(rows.key(), deletion)) {
            byte[] value = rows.value();
            if (value.length != Long.BYTES) {
                throw new JournalDamage("the mark of its deletions is not readable").at(id.name, JournalDamage.UNKNOWN);
            }
            id.deletedTo = ByteBuffer.wrap(value).getLong();
        }
        id.highest = id.deletedTo;
        if (rows.seekBack(Keys.record(Keys.EVENTS, id.number, Long.MAX_VALUE))
                && Keys.isRecordOf(rows.key(), Keys.EVENTS, id.number)) {
            id.highest = Math.max(id.highest, Keys.sequenceOf(rows.key()));
        }
        id.pending = id.highest;
    }

    @Nullable
    Id find(String name) {
        return byName.get(name);
    }

    /** The id, with a number of its own if it is new. */
    Id findOrAdd(String name) {
        return byName.computeIfAbsent(name, absent -> new Id(absent, nextNumber++, false));
    }

    /** Puts the id's name into {@code batch} when the database does not have it. */
    static void store(Id id, WriteBatch batch) throws RocksDBException {
        if (!id.stored) {
            batch.put(
                    Keys.id(id.name),
                    ByteBuffer.allocate(Integer.BYTES).putInt(id.number).array());
        }
    }

    /** Names of those that ever had an event, ascending. */
    List<String> withEvents() {
        List<String> names = new ArrayList<>();
        for (Id id : byName.values()) {
            if (id.highest > 0) {
                names.add(id.name);
            }
        }
        return names;
    }
}
