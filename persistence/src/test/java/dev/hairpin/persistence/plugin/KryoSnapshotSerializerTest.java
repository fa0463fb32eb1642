package dev.hairpin.persistence.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.StageSnapshot;
import dev.hairpin.model.frame.FrameColumns;
import dev.hairpin.model.link.Passage;
import dev.hairpin.model.topology.Checkpoint;
import dev.hairpin.model.topology.SeekableFeed.Position;
import dev.hairpin.persistence.Golden;
import dev.hairpin.persistence.RandomEvents;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KryoSnapshotSerializerTest {
    private final long seed = RandomEvents.seed();
    private final RandomEvents random = new RandomEvents(seed);
    private final KryoSnapshotSerializer serializer = new KryoSnapshotSerializer();

    private StageSnapshot snapshot() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            outcomes.add(random.outcome());
        }
        return new StageSnapshot(seed, outcomes, random.learned(), random.metered(), (int) seed & 0xFF);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws NotSerializableException {
        for (int i = 0; i < 200; i++) {
            StageSnapshot snapshot = snapshot();
            byte[] octets = serializer.toBinary(snapshot);
            assertThat(serializer.fromBinary(octets, serializer.manifest(snapshot)))
                    .as("seed %d", seed)
                    .isEqualTo(snapshot);
        }
    }

    @Test
    void anyListOfOutcomesIsWritten() throws NotSerializableException {
        StageSnapshot empty = new StageSnapshot(1, List.of(), Decided.Learned.NOTHING, Decided.Metered.NOTHING, 0);
        StageSnapshot copies = new StageSnapshot(
                1, Collections.nCopies(3, random.outcome()), Decided.Learned.NOTHING, Decided.Metered.NOTHING, 0);
        assertThat(serializer.fromBinary(serializer.toBinary(empty), "1")).isEqualTo(empty);
        assertThat(serializer.fromBinary(serializer.toBinary(copies), "1")).isEqualTo(copies);
    }

    @Test
    void aCheckpointIsReadAgainWithAllThatWaitsInIt() throws NotSerializableException {
        SplittableRandom chance = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            byte[] octets = serializer.toBinary(checkpoint(chance));
            Checkpoint again = (Checkpoint) serializer.fromBinary(octets, KryoSnapshotSerializer.MANIFEST);
            assertThat(serializer.toBinary(again)).as("seed %d", seed).isEqualTo(octets);
        }
        assertThat(read(serializer.toBinary(Checkpoint.BEGINNING))).isEqualTo(Checkpoint.BEGINNING);
    }

    private static Checkpoint checkpoint(SplittableRandom chance) {
        List<Checkpoint.OfStage> stages = new ArrayList<>();
        for (int stage = chance.nextInt(5); stage >= 0; stage--) {
            FrameColumns frames = new FrameColumns(chance.nextInt(4));
            for (int frame = 0; frame < frames.size(); frame++) {
                frames.time()[frame] = chance.nextLong();
                frames.number()[frame] = chance.nextLong();
                frames.tag()[frame] = chance.nextInt();
                frames.port()[frame] = chance.nextInt();
                frames.retagging()[frame] = chance.nextLong();
            }
            List<long[]> held = List.of(chance.longs(chance.nextInt(4)).toArray(), new long[0]);
            stages.add(new Checkpoint.OfStage(
                    chance.nextLong(1L << 40), new Passage(List.of(frames, new FrameColumns(0)), held)));
        }
        return new Checkpoint(
                new Position(chance.nextLong(), chance.nextLong(), chance.nextLong(), chance.nextLong()), stages);
    }

    @Test
    void manyThreadsWriteTogether() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        List<StageSnapshot> snapshots =
                IntStream.range(0, 32).mapToObj(i -> snapshot()).toList();
        for (StageSnapshot snapshot : snapshots) {
            all.add(CompletableFuture.runAsync(
                    () -> assertThat(read(serializer.toBinary(snapshot))).isEqualTo(snapshot)));
        }
        all.forEach(CompletableFuture::join);
    }

    private Object read(byte[] octets) {
        try {
            return serializer.fromBinary(octets, KryoSnapshotSerializer.MANIFEST);
        } catch (NotSerializableException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anyOctetsGiveASnapshotOrAreRefused() {
        SplittableRandom chance = new SplittableRandom(seed);
        for (int i = 0; i < 4000; i++) {
            byte[] octets = serializer.toBinary(i % 2 == 0 ? snapshot() : checkpoint(chance));
            int at = chance.nextInt(octets.length);
            byte[] damaged = chance.nextInt(4) == 0 ? Arrays.copyOf(octets, at) : octets;
            if (damaged == octets) {
                damaged[at] ^= (byte) (1 << chance.nextInt(8));
            }
            try {
                serializer.fromBinary(damaged, KryoSnapshotSerializer.MANIFEST);
            } catch (NotSerializableException expected) {
                assertThat(expected).hasMessageContaining("snapshot");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", snapshot " + i, e);
            }
        }
    }

    @Test
    void refusesAnotherVersion() {
        byte[] octets = serializer.toBinary(snapshot());
        assertThatThrownBy(() -> serializer.fromBinary(octets, "2"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("version '2'");
    }

    @Test
    void refusesClassesThatAreNotRegistered() {
        assertThatThrownBy(() -> serializer.toBinary(Thread.currentThread()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not registered");
    }

    @Test
    void classesKeepTheirNumbers() {
        Kryo kryo = KryoClasses.kryo();
        StringBuilder numbers = new StringBuilder();
        for (int id = 0; id < 1000; id++) {
            Registration registration = kryo.getRegistration(id);
            if (registration != null) {
                numbers.append(id)
                        .append(' ')
                        .append(registration.getType().getName())
                        .append('\n');
            }
        }
        Golden.assertOnlyAddedAtEnd("kryo-classes.txt", numbers.toString());
    }
}
