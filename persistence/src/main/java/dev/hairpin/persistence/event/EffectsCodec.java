package dev.hairpin.persistence.event;

import static dev.hairpin.persistence.event.Column.unzigzag;
import static dev.hairpin.persistence.event.Column.zigzag;

import com.google.protobuf.ByteString;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Applied;
import dev.hairpin.model.decision.Decided.Effects;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.Decided.Metered;
import dev.hairpin.proto.JournalProto;
import java.util.List;

/** What goes with decisions, to messages and back. Times are told from that of the event's first decision. */
final class EffectsCodec {
    private EffectsCodec() {}

    static void encode(Decided event, JournalProto.Decided.Builder message) {
        Effects effects = event.effects();
        long firstTime = event.size() > 0 ? event.time(0) : 0;
        if (effects.learned().size() > 0) {
            message.setLearned(encode(effects.learned(), firstTime));
        }
        if (effects.metered().size() > 0) {
            message.setMetered(encode(effects.metered(), firstTime));
        }
        for (Applied applied : effects.applied()) {
            message.addApplied(JournalProto.Applied.newBuilder()
                    .setTime(applied.time())
                    .setChange(applied.change())
                    .setRefusal(applied.refusal()));
        }
    }

    static Effects decode(JournalProto.Decided message, long firstTime) {
        if (!message.hasLearned() && !message.hasMetered() && message.getAppliedCount() == 0) {
            return Effects.NONE;
        }
        List<Applied> applied = message.getAppliedList().stream()
                .map(each -> new Applied(each.getTime(), each.getChange(), each.getRefusal()))
                .toList();
        return new Effects(decode(message.getLearned(), firstTime), decode(message.getMetered(), firstTime), applied);
    }

    private static JournalProto.Learned encode(Learned learned, long firstTime) {
        int stations = learned.size();
        long[] values = new long[stations];
        JournalProto.Learned.Builder message = JournalProto.Learned.newBuilder().setStations(stations);
        long previous = 0;
        for (int i = 0; i < stations; i++) {
            values[i] = zigzag(learned.key()[i] - previous);
            previous = learned.key()[i];
        }
        message.setKey(Column.encode(values, stations));
        for (int i = 0; i < stations; i++) {
            values[i] = zigzag(learned.port()[i]);
        }
        message.setPort(Column.encode(values, stations));
        for (int i = 0; i < stations; i++) {
            values[i] = zigzag(learned.seen()[i] - firstTime);
        }
        message.setSeen(Column.encode(values, stations));
        boolean allLearned = true;
        for (int i = 0; i < stations; i++) {
            values[i] = learned.kind()[i];
            allLearned &= values[i] == 0;
        }
        return (allLearned ? message : message.setKind(Column.encode(values, stations))).build();
    }

    private static Learned decode(JournalProto.Learned message, long firstTime) {
        int stations = EventCodec.count(message.getStations(), "stations");
        if (stations == 0) {
            return Learned.NOTHING;
        }
        long[] key = column(message.getKey(), "key", stations);
        int[] port = ports(column(message.getPort(), "port", stations));
        long[] seen = times(column(message.getSeen(), "seen", stations), firstTime);
        int[] kind = message.getKind().isEmpty()
                ? new int[stations]
                : indices(column(message.getKind(), "kind", stations), "kind");
        long previous = 0;
        for (int i = 0; i < stations; i++) {
            previous += unzigzag(key[i]);
            key[i] = previous;
        }
        return new Learned(key, port, seen, kind);
    }

    private static JournalProto.Metered encode(Metered metered, long firstTime) {
        int meters = metered.size();
        long[] values = new long[meters];
        JournalProto.Metered.Builder message = JournalProto.Metered.newBuilder().setMeters(meters);
        for (int i = 0; i < meters; i++) {
            values[i] = metered.meter()[i];
        }
        message.setMeter(Column.encode(values, meters));
        for (int i = 0; i < meters; i++) {
            values[i] = zigzag(metered.level()[i]);
        }
        message.setLevel(Column.encode(values, meters));
        for (int i = 0; i < meters; i++) {
            values[i] = zigzag(metered.at()[i] - firstTime);
        }
        return message.setAt(Column.encode(values, meters)).build();
    }

    private static Metered decode(JournalProto.Metered message, long firstTime) {
        int meters = EventCodec.count(message.getMeters(), "meters");
        if (meters == 0) {
            return Metered.NOTHING;
        }
        long[] level = column(message.getLevel(), "level", meters);
        for (int i = 0; i < meters; i++) {
            level[i] = unzigzag(level[i]);
        }
        return new Metered(
                indices(column(message.getMeter(), "meter", meters), "meter"),
                level,
                times(column(message.getAt(), "at", meters), firstTime));
    }

    private static long[] column(ByteString octets, String name, int count) {
        long[] values = new long[count];
        Column.decode(octets, name, values, 0, count);
        return values;
    }

    private static int[] ports(long[] values) {
        int[] ports = new int[values.length];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = (int) EventCodec.bounded(unzigzag(values[i]), Integer.MIN_VALUE, Integer.MAX_VALUE, "port");
        }
        return ports;
    }

    private static int[] indices(long[] values, String name) {
        int[] indices = new int[values.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = EventCodec.index(values[i], name);
        }
        return indices;
    }

    private static long[] times(long[] values, long firstTime) {
        for (int i = 0; i < values.length; i++) {
            values[i] = firstTime + unzigzag(values[i]);
        }
        return values;
    }
}
