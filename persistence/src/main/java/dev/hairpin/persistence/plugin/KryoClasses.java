package dev.hairpin.persistence.plugin;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.decision.StageSnapshot;
import dev.hairpin.model.topology.Checkpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * What Kryo may write, each class under a number that never changes and is never used again for another. Anything else is
 * refused, when written and when read.
 */
final class KryoClasses {
    private static final Rule[] RULES = Rule.values();
    private static final DropReason[] REASONS = DropReason.values();

    private KryoClasses() {}

    static Kryo kryo() {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        // 0 to 9 are Kryo's own: primitives, String, void.
        kryo.register(byte[].class, 10);
        kryo.register(int[].class, 11);
        kryo.register(long[].class, 12);
        kryo.register(String[].class, 13);
        kryo.register(ArrayList.class, 14);
        kryo.register(StageSnapshot.class, new OfStageSnapshot(), 20);
        kryo.register(Outcome.class, new OfOutcome(), 21);
        kryo.register(Decided.Learned.class, new OfLearned(), 22);
        kryo.register(Decided.Metered.class, new OfMetered(), 23);
        kryo.register(Checkpoint.class, new CheckpointForm(), 24);
        return kryo;
    }

    private static final class OfStageSnapshot extends Serializer<StageSnapshot> {
        OfStageSnapshot() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, StageSnapshot snapshot) {
            output.writeLong(snapshot.wave());
            output.writeVarInt(snapshot.outcomes().size(), true);
            for (Outcome outcome : snapshot.outcomes()) {
                kryo.writeObject(output, outcome);
            }
            kryo.writeObject(output, snapshot.stations());
            kryo.writeObject(output, snapshot.meters());
            output.writeVarInt(snapshot.applied(), true);
        }

        @Override
        public StageSnapshot read(Kryo kryo, Input input, Class<? extends StageSnapshot> type) {
            long wave = input.readLong();
            int count = count(input, 4);
            List<Outcome> outcomes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                outcomes.add(kryo.readObject(input, Outcome.class));
            }
            return new StageSnapshot(
                    wave,
                    List.copyOf(outcomes),
                    kryo.readObject(input, Decided.Learned.class),
                    kryo.readObject(input, Decided.Metered.class),
                    input.readVarInt(true));
        }
    }

    private static final class OfOutcome extends Serializer<Outcome> {
        OfOutcome() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Outcome outcome) {
            output.writeVarInt(outcome.ingress(), false);
            output.writeVarInt(outcome.rule().ordinal(), true);
            output.writeVarInt(outcome.copies(), true);
            for (int i = 0; i < outcome.copies(); i++) {
                output.writeVarInt(outcome.egress(i), false);
            }
            output.writeBoolean(outcome.retags());
            for (int i = 0; outcome.retags() && i < outcome.copies(); i++) {
                output.writeLong(outcome.change(i));
            }
            output.writeVarInt(outcome.drops(), true);
            for (int i = 0; i < outcome.drops(); i++) {
                output.writeVarInt(outcome.droppedPort(i), false);
                output.writeVarInt(outcome.droppedReason(i).ordinal(), true);
            }
            output.writeVarInt(outcome.policyRules(), true);
            for (int i = 0; i < outcome.policyRules(); i++) {
                output.writeVarInt(outcome.policyRule(i), true);
            }
        }

        @Override
        public Outcome read(Kryo kryo, Input input, Class<? extends Outcome> type) {
            int ingress = input.readVarInt(false);
            Rule rule = known(RULES, input.readVarInt(true));
            int[] egress = new int[count(input, 1)];
            for (int i = 0; i < egress.length; i++) {
                egress[i] = input.readVarInt(false);
            }
            long[] change = input.readBoolean() ? input.readLongs(egress.length) : new long[0];
            int[] droppedPort = new int[count(input, 2)];
            DropReason[] droppedReason = new DropReason[droppedPort.length];
            for (int i = 0; i < droppedPort.length; i++) {
                droppedPort[i] = input.readVarInt(false);
                droppedReason[i] = known(REASONS, input.readVarInt(true));
            }
            int[] policyRules = new int[count(input, 1)];
            for (int i = 0; i < policyRules.length; i++) {
                policyRules[i] = input.readVarInt(true);
            }
            try {
                return new Outcome(ingress, rule, egress, change, droppedPort, droppedReason, policyRules);
            } catch (IllegalArgumentException e) {
                throw new KryoException(e);
            }
        }
    }

    private static final class OfLearned extends Serializer<Decided.Learned> {
        OfLearned() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Decided.Learned learned) {
            output.writeVarInt(learned.size(), true);
            output.writeLongs(learned.key(), 0, learned.size());
            output.writeInts(learned.port(), 0, learned.size());
            output.writeLongs(learned.seen(), 0, learned.size());
            output.writeInts(learned.kind(), 0, learned.size());
        }

        @Override
        public Decided.Learned read(Kryo kryo, Input input, Class<? extends Decided.Learned> type) {
            int size = count(input, 2 * Long.BYTES + 2 * Integer.BYTES);
            return new Decided.Learned(
                    input.readLongs(size), input.readInts(size), input.readLongs(size), input.readInts(size));
        }
    }

    private static final class OfMetered extends Serializer<Decided.Metered> {
        OfMetered() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output output, Decided.Metered metered) {
            output.writeVarInt(metered.size(), true);
            output.writeInts(metered.meter(), 0, metered.size());
            output.writeLongs(metered.level(), 0, metered.size());
            output.writeLongs(metered.at(), 0, metered.size());
        }

        @Override
        public Decided.Metered read(Kryo kryo, Input input, Class<? extends Decided.Metered> type) {
            int size = count(input, 2 * Long.BYTES + Integer.BYTES);
            return new Decided.Metered(input.readInts(size), input.readLongs(size), input.readLongs(size));
        }
    }

    /** A count of things of at least {@code octetsEach}, which must be there; so damage cannot ask for all memory. */
    static int count(Input input, int octetsEach) {
        int count = input.readVarInt(true);
        if (count < 0 || count > (input.limit() - input.position()) / octetsEach) {
            throw new KryoException("a count of " + count + ", which is more than there are octets for");
        }
        return count;
    }

    private static <E> E known(E[] all, int ordinal) {
        if (ordinal < 0 || ordinal >= all.length) {
            throw new KryoException(
                    all.getClass().getComponentType().getSimpleName() + " " + ordinal + " is not known");
        }
        return all[ordinal];
    }
}
