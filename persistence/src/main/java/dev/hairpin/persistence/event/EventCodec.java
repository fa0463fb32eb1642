package dev.hairpin.persistence.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.model.decision.StageOpened;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.proto.JournalProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of stages to octets and back, by the messages of {@code journal.proto}. Stateless.
 *
 * <p>{@code decode(encode(event))} equals {@code event}. Decoding is total: any octets give an event or {@link
 * JournalDamage}, and it takes memory in proportion to the octets, but for a constant of {@link #MOST_ROWS} rows.
 */
public final class EventCodec {
    /** The number by which records name this codec, as Akka's serializers have it; never to be changed. */
    public static final int SERIALIZER = 8021;

    /** The version of the messages, package {@code hairpin.journal.v1}; records have it as their manifest. */
    public static final String VERSION = "1";

    /** No event has more rows or learned stations; so a few damaged octets cannot ask for all memory. */
    public static final int MOST_ROWS = 1 << 20;

    private EventCodec() {}

    /** The octets of {@code event}. Throws when it has more than {@link #MOST_ROWS} rows or stations. */
    public static byte[] encode(StageEvent event) {
        JournalProto.StageEvent.Builder message = JournalProto.StageEvent.newBuilder();
        if (event instanceof StageOpened opened) {
            message.setOpened(JournalProto.StageOpened.newBuilder()
                    .setStage(opened.stage())
                    .addAllPorts(opened.ports()));
        } else {
            message.setDecided(encode((Decided) event));
        }
        return message.build().toByteArray();
    }

    private static JournalProto.Decided encode(Decided event) {
        int rows = event.size();
        if (rows > MOST_ROWS || event.learned().size() > MOST_ROWS) {
            throw new IllegalArgumentException(event + ": an event holds at most " + MOST_ROWS + " rows");
        }
        JournalProto.Decided.Builder message = JournalProto.Decided.newBuilder()
                .setWave(event.wave())
                .setRows(rows)
                .setFirstNewOutcome(event.firstNewOutcome());
        long[] values = new long[rows];
        if (rows > 0) {
            message.setFirstTime(event.time(0)).setFirstNumber(event.number(0));
            long previous = event.time(0);
            for (int row = 1; row < rows; row++) {
                long time = event.time(row);
                values[row - 1] = Column.zigzag(time - previous);
                previous = time;
            }
            message.setTime(Column.encode(values, rows - 1));
            previous = event.number(0);
            for (int row = 1; row < rows; row++) {
                long number = event.number(row);
                values[row - 1] = Column.zigzag(number - previous);
                previous = number;
            }
            message.setNumber(Column.encode(values, rows - 1));
            for (int row = 0; row < rows; row++) {
                values[row] = event.outcome(row);
            }
            message.setOutcome(Column.encode(values, rows));
        }
        for (Outcome outcome : event.newOutcomes()) {
            message.addNewOutcomes(OutcomeCodec.encode(outcome));
        }
        EffectsCodec.encode(event, message);
        return message.build();
    }

    /** The event whose octets these are. */
    public static StageEvent decode(byte[] octets) {
        return decode(octets, 0, octets.length);
    }

    /** The event whose octets are the {@code length} ones from {@code offset} on; they may be reused afterwards. */
    public static StageEvent decode(byte[] octets, int offset, int length) {
        JournalProto.StageEvent message = parse(UnsafeByteOperations.unsafeWrap(octets, offset, length));
        return switch (message.getEventCase()) {
            case OPENED ->
                new StageOpened(
                        message.getOpened().getStage(), message.getOpened().getPortsList());
            case DECIDED -> decode(message.getDecided());
            case EVENT_NOT_SET ->
                throw new JournalDamage("no event of a stage, or one of a kind that is not known here");
        };
    }

    private static JournalProto.StageEvent parse(ByteString octets) {
        try {
            CodedInputStream in = octets.newCodedInput();
            in.enableAliasing(true);
            JournalProto.StageEvent message = JournalProto.StageEvent.parseFrom(in);
            in.checkLastTagWas(0);
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw new JournalDamage("no event of a stage: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new AssertionError("octets in memory are always readable", e);
        }
    }

    private static Decided decode(JournalProto.Decided message) {
        int rows = count(message.getRows(), "rows");
        long[] time = new long[rows];
        long[] number = new long[rows];
        int[] outcome = new int[rows];
        Column.decode(message.getTime(), "time", time, Math.min(1, rows), Math.max(0, rows - 1));
        Column.decode(message.getNumber(), "number", number, Math.min(1, rows), Math.max(0, rows - 1));
        if (rows > 0) {
            sum(time, message.getFirstTime());
            sum(number, message.getFirstNumber());
        }
        long[] values = new long[rows];
        Column.decode(message.getOutcome(), "outcome", values, 0, rows);
        for (int row = 0; row < rows; row++) {
            outcome[row] = index(values[row], "outcome");
        }
        List<Outcome> newOutcomes = new ArrayList<>(message.getNewOutcomesCount());
        for (JournalProto.Outcome each : message.getNewOutcomesList()) {
            newOutcomes.add(OutcomeCodec.decode(each));
        }
        return new Decided(
                message.getWave(),
                rows,
                time,
                number,
                outcome,
                index(message.getFirstNewOutcome(), "first_new_outcome"),
                List.copyOf(newOutcomes),
                EffectsCodec.decode(message, rows > 0 ? time[0] : 0));
    }

    /** Turns zigzag differences, from index 1 on, into the values. */
    private static void sum(long[] column, long first) {
        long value = first;
        column[0] = value;
        for (int row = 1; row < column.length; row++) {
            value += Column.unzigzag(column[row]);
            column[row] = value;
        }
    }

    static int count(int count, String name) {
        return (int) bounded(count, 0, MOST_ROWS, name);
    }

    static int index(long value, String name) {
        return (int) bounded(value, 0, Integer.MAX_VALUE, name);
    }

    static long bounded(long value, long least, long most, String name) {
        if (value < least || value > most) {
            throw new JournalDamage("'" + name + "' is " + value + ", expected " + least + " to " + most);
        }
        return value;
    }
}
