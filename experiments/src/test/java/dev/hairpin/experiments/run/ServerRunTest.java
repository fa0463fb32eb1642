package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Postgres;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.persistence.home.JournalHome;
import dev.hairpin.persistence.home.ServerAddress;
import dev.hairpin.persistence.stage.StageJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose journal is on a PostgreSQL server, a real one. */
@Timeout(value = 30, unit = TimeUnit.MINUTES) // only so that a run which does not end is told from one that takes long
class ServerRunTest {
    private static final Path CAPTURE = Captures.sample("vlans.pcapng");
    private static final int VFS = 4;
    private static final int WAVE = 64;
    private static final Means MEANS = new Means(2, 2, false);
    private static final String SECRET = "not-to-be-seen";
    private static final int KILLS = Math.max(2, Integer.getInteger("hairpin.kills", 10) / 5);

    @TempDir
    private static Path data;

    private static Postgres server;

    @BeforeAll
    static void start() {
        server = Postgres.start(data.resolve("server"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRunIsTheSameWhereverItsJournalIs(@TempDir Path folder) {
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        Said.hairpin("replay", CAPTURE, "--mode", "vepa", "--wave", WAVE, "--out", here)
                .well();
        Said.hairpin("replay", CAPTURE, "--mode", "vepa", "--wave", WAVE, "--journal", server.url(), "--out", there)
                .well();
        for (String verb : List.of("digest", "decisions")) {
            assertThat(Said.hairpin(verb, there).well().out())
                    .as(verb)
                    .isEqualTo(Said.hairpin(verb, here).well().out());
        }
        Said.hairpin("verify", there).well();
        assertThat(Said.hairpin("explain", there, 100).well().out())
                .isEqualTo(Said.hairpin("explain", here, 100).well().out());
    }

    @Test
    void aForkIsTheSameWhereverItsJournalAndItsParentsAre(@TempDir Path folder) {
        Path here = replay(folder.resolve("here"), "veb");
        Path there = replay(folder.resolve("there"), "veb", "--journal", server.url());
        Path direct = replay(folder.resolve("direct"), "vepa");
        for (List<Object> change :
                List.<List<Object>>of(List.of("--mode", "vepa"), List.of("--mode", "vepa", "--from", "5"))) {
            String name = "fork" + change.size() + change.get(1);
            Path expected = fork(here, change, here.resolveSibling(name));
            Path fork = fork(there, change, there.resolveSibling(name), "--journal", server.url());
            assertThat(fork.resolve(StageJournal.FOLDER)).isDirectoryContaining("glob:**/server.conf");
            Path mixed = fork(there, change, there.resolveSibling(name + "-here"));
            for (List<Object> asked : asked()) {
                assertThat(said(asked, there, fork))
                        .as("%s after %s", asked, change)
                        .isNotEmpty()
                        .isEqualTo(said(asked, here, expected));
            }
            assertThat(said(List.of("digest"), there, mixed)).isEqualTo(said(List.of("digest"), here, expected));
            Said.hairpin("verify", fork).well();
            Said.hairpin("verify", "--journal-only", fork).well();
            assertThat(said(List.of("digest"), there, fork).equals(said(List.of("digest"), here, direct)))
                    .as("%s is the VEPA from the start", change)
                    .isEqualTo(change.equals(List.of("--mode", "vepa")));
        }
    }

    /** What is asked of a fork; {@code diff} is asked of its parent and it. */
    private static List<List<Object>> asked() {
        return List.of(
                List.of("digest"),
                List.of("decisions", "--csv"),
                List.of("diff"),
                List.of("at", "@7.5", "bridge", "-s", "fdb"),
                List.of("at", "@#900", "ip", "-s", "-d", "link"),
                List.of("at", "", "ethtool", "-S", "vf1"),
                List.of("diff", "@7.5", "@#1200"));
    }

    private static String said(List<Object> asked, Path parent, Path run) {
        List<Object> words = new ArrayList<>(asked);
        if (words.get(0).equals("at")) {
            words.set(1, run + words.get(1).toString());
        } else if (words.get(0).equals("diff") && words.size() > 1) {
            words.set(1, run + words.get(1).toString());
            words.set(2, run + words.get(2).toString());
        } else if (words.get(0).equals("diff")) {
            words.addAll(List.of(parent, run));
        } else {
            words.add(1, run);
        }
        Said said = Said.hairpin(words.toArray());
        assertThat(said.err()).as("%s", words).isEmpty();
        return said.out();
    }

    private static Path replay(Path folder, String mode, Object... options) {
        Path run = folder.resolve("run");
        List<Object> words =
                new ArrayList<>(List.of("replay", CAPTURE, "--mode", mode, "--fdb=cold", "--wave", WAVE, "--out", run));
        words.addAll(List.of(options));
        Said.hairpin(words.toArray()).well();
        return run;
    }

    private static Path fork(Path parent, List<Object> change, Path fork, Object... options) {
        List<Object> words = new ArrayList<>(List.of("what-if", parent, "--out", fork));
        words.addAll(change);
        words.addAll(List.of(options));
        Said.hairpin(words.toArray()).well();
        return fork;
    }

    @Test
    void aPasswordIsNeitherKeptNorSaid(@TempDir Path folder) throws IOException {
        Path run = folder.resolve("run");
        Path file = Files.writeString(
                folder.resolve("server.conf"),
                "journal { url = \"" + server.url().replaceAll("\\?.*", "") + "\", user = postgres, password = "
                        + SECRET + " }");
        Said said = Said.hairpin("replay", CAPTURE, "--mode", "veb", "--journal", file, "--out", run)
                .well();
        assertThat(said.out()).doesNotContain(SECRET);
        Said.hairpin("digest", run).well();
        try (Stream<Path> kept = Files.walk(run)) {
            for (Path each : kept.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(each)).as(each.toString()).doesNotContain(SECRET);
            }
        }
        Path other = folder.resolve("other");
        Said refused = Said.hairpin(
                "replay", CAPTURE, "--mode", "veb", "--journal", server.url() + "&password=" + SECRET, "--out", other);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("PGPASSWORD").doesNotContain(SECRET);
        assertThat(other.resolve(Manifest.FILE)).doesNotExist();
    }

    @Test
    void aServerThatIsGoneIsSaid(@TempDir Path folder) {
        Said said = Said.hairpin(
                "replay",
                CAPTURE,
                "--mode",
                "veb",
                "--journal",
                "jdbc:postgresql://localhost:1/none",
                "--out",
                folder.resolve("run"));
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("jdbc:postgresql://localhost:1/none");
    }

    @Test
    void aRunHasOneWriterAtATime(@TempDir Path folder) throws Exception {
        Path journal = settled(folder);
        JournalHome.Claim claim = JournalHome.of(journal).claim();
        try {
            assertThatThrownBy(() -> run(folder, (end, burst) -> {}))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining("is being written already: a journal has one writer at a time");
        } finally {
            claim.close();
        }
        assertThat(run(folder, (end, burst) -> {})).isEqualTo(whole());
    }

    @Test
    void aServerThatIsStoppedInMidRunStopsTheRunWhichIsTakenUpWhenItIsBack(@TempDir Path folder) throws Exception {
        settled(folder);
        Ledger.Arrived arrived = new Ledger.Arrived();
        Receiver stopping = new Receiver() {
            private boolean stopped;

            @Override
            public void received(int end, Burst burst) {
                arrived.received(end, burst);
                if (!stopped) {
                    stopped = true;
                    server.stop();
                }
            }
        };
        try {
            assertThatThrownBy(() -> run(folder, stopping)).isInstanceOf(RunFailed.class);
        } finally {
            server.startAgain();
        }
        Map<String, Integer> accounted = Ledger.of(folder).fates();
        List<String> ends =
                Runs.of(CAPTURE, VFS).topology(Mode.VEPA, Limits.NONE).sinks();
        arrived.copies(ends)
                .forEach((copy, copies) ->
                        assertThat(accounted.getOrDefault(copy, 0)).as(copy).isGreaterThanOrEqualTo(copies));
        assertThat(run(folder, (end, burst) -> {})).isEqualTo(whole());
    }

    @Test
    void aKilledRunHasLostNothingThatArrivedAndIsTakenUpToTheSameEnd(@TempDir Path folder) throws Exception {
        settled(folder);
        Ledger expected = Runs.of(CAPTURE, VFS).ledger(Mode.VEPA, Limits.NONE);
        List<String> ends =
                Runs.of(CAPTURE, VFS).topology(Mode.VEPA, Limits.NONE).sinks();
        int all = expected.fates().values().stream().mapToInt(Integer::intValue).sum();
        for (int kill = 0; kill < KILLS; kill++) {
            Path file = folder.resolve("arrivals" + kill);
            ArrivalFile arrivals = ArrivalFile.create(file, all);
            KillTest.kill(KillTest.onServer(WAVE, MEANS), folder, file, arrivals, all * (kill + 1) / (KILLS + 2));
            System.out.printf("killed after %,d of %,d arrivals%n", arrivals.count(), all);
            KillTest.assertNothingIsLost("kill " + kill, folder, arrivals.read(), expected, ends);
        }
        assertThat(run(folder, (end, burst) -> {})).isEqualTo(whole());
    }

    /** A run's folder whose journal is on the server. Returns the place of the journal in it. */
    private static Path settled(Path folder) {
        Path journal = folder.resolve(StageJournal.FOLDER);
        JournalHome.create(journal, ServerAddress.of(server.url()));
        return journal;
    }

    private static Runs.Digest run(Path folder, Receiver receiver) throws IOException, RunFailed {
        return Runs.of(CAPTURE, VFS).actors(Mode.VEPA, Limits.NONE, WAVE, MEANS, folder, receiver);
    }

    private static Runs.Digest whole() throws IOException {
        return Runs.of(CAPTURE, VFS).rig(Mode.VEPA, Limits.NONE, WAVE);
    }
}
