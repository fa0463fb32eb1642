package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Reached;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run in a process of its own is killed at some moment, as {@code kill -9} does it. What had arrived at an end by then is
 * accounted for in the journal, the journal is a beginning of the whole run's, and a run that takes it up ends as if
 * nothing had happened.
 *
 * <p>{@code -Dhairpin.kills=N} says how often, {@code -Dhairpin.seed=SEED} repeats one case.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES) // only so that a run which does not end is told from one that takes long
class KillTest {
    private static final String CASE = "case with -Dhairpin.kills=1 -Dhairpin.seed=";
    private static final long FIRST_SEED = 4711;
    private static final int VFS = 4;

    /** About what a process takes to its first arrival, in milliseconds. */
    private static final int LONGEST_START = 3000;

    private final Map<String, Runs> captures = new HashMap<>();
    private final Map<String, Ledger> expectations = new HashMap<>();

    /** When a process is killed: after so long, and not before so many arrivals. */
    private record Moment(int millis, int arrivals) {}

    /** How a run is carried out that is to be killed. */
    record Case(String capture, Mode mode, boolean tight, int wave, Means means) {
        private static final List<String> CAPTURES = List.of("lan.pcapng", "lan.pcapng", "vlans.pcapng");
        private static final List<Integer> WAVES = List.of(16, 61, 256, 1024);

        static Case of(long number, SplittableRandom random) {
            String capture = CAPTURES.get(random.nextInt(CAPTURES.size()));
            int wave = WAVES.get(random.nextInt(WAVES.size()));
            return new Case(
                    capture,
                    number % 2 == 0 ? Mode.VEPA : Mode.VEB,
                    number / 2 % 2 == 0,
                    capture.startsWith("vlans") ? 1 + wave / 10 : wave,
                    new Means(1 + random.nextInt(2), 1 + random.nextInt(8), false));
        }

        Limits limits() {
            return tight ? Runs.TIGHT : Limits.NONE;
        }
    }

    @Test
    void aKilledRunHasLostNothingThatArrivedAndIsTakenUpToTheSameEnd(@TempDir Path folder) throws Exception {
        String asked = System.getProperty("hairpin.seed");
        long first = asked == null ? FIRST_SEED : Long.parseLong(asked);
        int kills = Integer.getInteger("hairpin.kills", 10);
        int midway = 0;
        for (long seed = first; seed < first + kills; seed++) {
            midway += killed(seed, folder.resolve("run" + seed)) ? 1 : 0;
        }
        if (kills >= 10) {
            assertThat(midway).as("runs that were killed midway").isPositive();
        }
    }

    /** Returns whether the kill came when something, but not all, had arrived. */
    private boolean killed(long seed, Path run) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Case killed = Case.of(seed, random);
        String name = CASE + seed + ": " + killed;
        Ledger expected = expected(killed);
        Files.createDirectories(run);
        int all = expected.fates().values().stream().mapToInt(Integer::intValue).sum();
        Reached reached = new Reached(expected.arrivals().byEnd());
        boolean midway = false;
        int attempts = 1 + (random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0);
        for (int attempt = 0; attempt < attempts; attempt++) {
            Path file = run.resolve("arrivals" + attempt);
            ArrivalFile arrivals = ArrivalFile.create(file, all);
            // Seldom by the clock, so that starting and recovering are interrupted too; else when so much has arrived.
            Moment moment = random.nextInt(5) == 0
                    ? new Moment(random.nextInt(LONGEST_START), 0)
                    : new Moment(0, random.nextInt(all));
            kill(killed, run, file, arrivals, moment);
            List<ArrivalFile.Arrival> arrived = arrivals.read();
            midway |= !arrived.isEmpty() && arrived.size() < all;
            reached.goesOn(name, ArrivalFile.byEnd(arrived));
            System.out.printf("%s: killed after %,d of %,d arrivals%n", name, arrived.size(), all);
            assertNothingIsLost(
                    name,
                    run,
                    arrived,
                    expected,
                    runs(killed).topology(killed.mode, killed.limits()).sinks());
        }
        Ledger.Arrived arrived = new Ledger.Arrived();
        Runs.Digest end = runs(killed).actors(killed.mode, killed.limits(), killed.wave, killed.means, run, arrived);
        assertThat(end).as(name).isEqualTo(runs(killed).rig(killed.mode, killed.limits(), 4096));
        reached.goesOn(name, arrived.byEnd());
        reached.isComplete(name);
        return midway;
    }

    private Runs runs(Case of) throws Exception {
        Runs known = captures.get(of.capture);
        if (known == null) {
            known = Runs.of(Captures.sample(of.capture), VFS);
            captures.put(of.capture, known);
        }
        return known;
    }

    private Ledger expected(Case of) throws Exception {
        Runs runs = runs(of);
        return expectations.computeIfAbsent(
                of.capture + of.mode + of.tight, unknown -> runs.ledger(of.mode, of.limits()));
    }

    /** A run of {@code vlans.pcapng} as a VEPA, wherever its journal is. */
    static Case onServer(int wave, Means means) {
        return new Case("vlans.pcapng", Mode.VEPA, false, wave, means);
    }

    /** Kills a run when so much has arrived. */
    static void kill(Case killed, Path run, Path file, ArrivalFile arrivals, int arrived) throws Exception {
        kill(killed, run, file, arrivals, new Moment(0, arrived));
    }

    static void assertNothingIsLost(
            String name, Path run, List<ArrivalFile.Arrival> arrived, Ledger expected, List<String> ends) {
        Path home = run.resolve("journal");
        if (!Files.exists(home.resolve("CURRENT")) && !Files.exists(home.resolve("server.conf"))) {
            assertThat(arrived).as("%s: there is no journal", name).isEmpty();
            return;
        }
        Ledger journal = Ledger.of(run);
        journal.rows().forEach((stage, rows) -> {
            List<Ledger.Row> whole = expected.rows(stage);
            assertThat(rows.size()).as("%s: decisions of %s", name, stage).isLessThanOrEqualTo(whole.size());
            assertThat(rows.equals(whole.subList(0, rows.size())))
                    .as("%s: what %s decided is a beginning of what it decides in all", name, stage)
                    .isTrue();
        });
        Map<String, Integer> accounted = journal.fates();
        Map<String, Integer> copies = new HashMap<>();
        for (ArrivalFile.Arrival arrival : arrived) {
            copies.merge(arrival.frame() + " " + ends.get(arrival.end()), 1, Integer::sum);
        }
        copies.forEach((copy, count) -> assertThat(accounted.getOrDefault(copy, 0))
                .as("%s: copies of frame %s that the journal accounts for", name, copy)
                .isGreaterThanOrEqualTo(count));
    }

    private static void kill(Case killed, Path run, Path file, ArrivalFile arrivals, Moment moment) throws Exception {
        Path log = run.resolve("log");
        Process child = new ProcessBuilder(command(killed, run, file))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        try {
            child.waitFor(moment.millis, TimeUnit.MILLISECONDS);
            while (arrivals.count() < moment.arrivals && !child.waitFor(1, TimeUnit.MILLISECONDS)) {
                // It has not come so far yet.
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(child.exitValue())
                .as(() -> "the child has ended by itself: " + read(log))
                .isIn(0, 128 + 9);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    private static List<String> command(Case killed, Path run, Path file) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KilledRun.class.getName()));
        command.addAll(List.of(
                Captures.sample(killed.capture).toString(),
                killed.mode.name(),
                killed.tight ? "tight" : "free",
                "" + killed.wave,
                "" + killed.means.threads(),
                "" + killed.means.credits(),
                run.toString(),
                file.toString()));
        return command;
    }

    /** What the child process does. */
    static final class KilledRun {
        private KilledRun() {}

        public static void main(String[] arguments) throws Exception {
            ArrivalFile arrivals = ArrivalFile.open(Path.of(arguments[7]));
            Runs.of(Path.of(arguments[0]), VFS)
                    .actors(
                            Mode.valueOf(arguments[1]),
                            arguments[2].equals("tight") ? Runs.TIGHT : Limits.NONE,
                            Integer.parseInt(arguments[3]),
                            new Means(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]), false),
                            Path.of(arguments[6]),
                            arrivals);
        }
    }
}
