package dev.hairpin.persistence.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import dev.hairpin.persistence.store.RocksJournal;
import dev.hairpin.persistence.store.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persistent actors as Hairpin has them, on the plugins. */
class PersistentActorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ID = "counter";

    @TempDir
    private Path folder;

    private interface Work {
        void with(ActorRef<WaveCounter.Command> counter, TestProbe<String> told);
    }

    private void inASystem(Work work) {
        ActorTestKit kit =
                ActorTestKit.create("persistent", TestConfig.in(folder).withFallback(ConfigFactory.load()));
        try {
            TestProbe<String> told = kit.createTestProbe();
            work.with(kit.spawn(WaveCounter.create(ID, told.getRef())), told);
        } finally {
            kit.shutdownTestKit();
        }
    }

    private static void persist(ActorRef<WaveCounter.Command> counter, TestProbe<String> told, int from, int to) {
        for (int i = from; i <= to; i++) {
            counter.tell(WaveCounter.Next.NEXT);
            told.expectMessage(PATIENCE, ID + " " + i);
        }
    }

    @Test
    void recoversFromSnapshotAndEvents() {
        inASystem((counter, told) -> {
            told.expectMessage(PATIENCE, ID + " recovered 0");
            persist(counter, told, 1, 120);
        });
        inASystem((counter, told) -> {
            told.expectMessage(PATIENCE, ID + " recovered 120");
            persist(counter, told, 121, 122);
        });
    }

    @Test
    void recoversFromEventsWhenNoSnapshotCanBeRead() {
        inASystem((counter, told) -> {
            told.expectMessage(PATIENCE, ID + " recovered 0");
            persist(counter, told, 1, 120);
        });
        try (RocksJournal journal = RocksJournal.openForWriting(folder)) {
            for (long sequence : new long[] {50, 100, 110}) {
                journal.snapshots()
                        .save(new Snapshot(
                                ID,
                                sequence,
                                1,
                                KryoSnapshotSerializer.IDENTIFIER,
                                KryoSnapshotSerializer.MANIFEST,
                                new byte[0],
                                new byte[] {99, 1, 2}));
            }
            journal.snapshots().save(new Snapshot(ID, 115, 1, 424242, "unheard of", new byte[0], new byte[0]));
        }
        inASystem((counter, told) -> {
            told.expectMessage(PATIENCE, ID + " recovered 120");
            persist(counter, told, 121, 121);
        });
    }

    @Test
    void aSecondActorSystemIsToldWhyItMayNotWrite() {
        inASystem((counter, told) -> {
            told.expectMessage(PATIENCE, ID + " recovered 0");
            inASystem((second, secondTold) -> assertThat(secondTold.receiveMessage(PATIENCE))
                    .contains("failed")
                    .contains("being written already"));
            persist(counter, told, 1, 3);
        });
    }

    @Test
    void saysThatNoFolderIsSet() {
        assertRefused("hairpin.journal.dir = \"\"", "hairpin.journal.dir is not set");
    }

    @Test
    void saysWhatSyncMayBe() {
        assertRefused("hairpin.journal.sync = sometimes", "sync = 'sometimes', expected background or always");
    }

    private void assertRefused(String setting, String reason) {
        ActorTestKit kit = ActorTestKit.create(
                "persistent",
                TestConfig.with(setting).withFallback(TestConfig.in(folder)).withFallback(ConfigFactory.load()));
        try {
            TestProbe<String> told = kit.createTestProbe();
            kit.spawn(WaveCounter.create(ID, told.getRef()));
            assertThat(told.receiveMessage(PATIENCE)).contains("failed").contains(reason);
        } finally {
            kit.shutdownTestKit();
        }
    }
}
