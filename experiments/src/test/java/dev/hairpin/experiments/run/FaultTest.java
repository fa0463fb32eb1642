package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.testkit.Faults;
import dev.hairpin.experiments.testkit.Faults.Fault;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Reached;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One change of the run's folder fails, be it a write, a sync, or a file that is made or renamed: the first, the second, and
 * so on, until a run has none left. Each time the run stops with exit code 3 and says what failed and what to do, nothing
 * had arrived at an end that the journal does not account for, and {@code resume} brings it to the same end.
 *
 * <p>All of it happens in one other process, which is told of each failure by the system. Failures are of one kind after the
 * other; with {@code -Dhairpin.faults=all} every change fails in every way.
 */
class FaultTest {
    private static final String KINDS = "hairpin.faults";
    private static final boolean EACH = "all".equals(System.getProperty(KINDS));
    private static final String[] TRAFFIC = {"--mode", "vepa", "--vfs", "4", "--fdb", "cold", "--wave", "16"};
    private static final int FRAMES = 240;
    private static final int STATIONS = 6;

    /** So many runs that no failure has reached end the loop: what is synced in the background is not always as much. */
    private static final int UNTOUCHED = 3;

    @Test
    void theCommandStopsCleanlyAtEveryChangeThatFailsAndResumeCompletesIt(@TempDir Path folder) throws Exception {
        inAnotherProcess(folder, Commanded.class);
    }

    @Test
    void nothingArrivesThatTheJournalDoesNotHoldAtEveryChangeThatFails(@TempDir Path folder) throws Exception {
        inAnotherProcess(folder, Arriving.class);
    }

    private static void inAnotherProcess(Path folder, Class<?> main) throws IOException, InterruptedException {
        Map<String, String> environment = Faults.environment(folder);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        // Checkpoints are written, too, and what fails may be one.
        command.add("-Dhairpin.checkpoint-waves=4");
        command.add("-D" + KINDS + "=" + System.getProperty(KINDS, ""));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.add(folder.toRealPath().toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process child = builder.start();
        System.out.print(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(child.waitFor())
                .as("the other process has found all as it should be")
                .isZero();
    }

    private static Path capture(Path folder) throws IOException {
        Made made = new Made();
        for (int frame = 0; frame < FRAMES; frame++) {
            int from = frame % STATIONS;
            int to = (frame * 7 + frame / STATIONS) % STATIONS;
            made.frame(frame * 1_000_000L, from, from == to ? 0xFFFF_FFFF_FFFFL : Made.station(to));
        }
        return made.write(folder.resolve("capture.pcap"));
    }

    private static void delete(Path run) throws IOException {
        if (!Files.exists(run)) {
            return;
        }
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * Which failures a loop over all changes has: always the same, or one kind after the other.
     *
     * @param kinds of failures, in turn
     */
    private record Pass(List<Fault> kinds) {
        static List<Pass> all() {
            return EACH
                    ? Stream.of(Fault.values())
                            .map(fault -> new Pass(List.of(fault)))
                            .toList()
                    : List.of(new Pass(List.of(Fault.values())));
        }

        Fault fault(int nth) {
            return kinds.get(nth % kinds.size());
        }

        String words() {
            return String.join(" / ", kinds.stream().map(Fault::words).toList());
        }
    }

    /** How a loop over all changes went. */
    private static final class Count {
        private final String what;
        private int stopped;
        private int harmless;
        private int before;
        private int untouched;

        Count(String what) {
            this.what = what;
        }

        boolean goesOn() {
            return untouched < UNTOUCHED;
        }

        void print() {
            System.out.printf(
                    "%s: %d changes failed: %d runs stopped and were resumed, %d before there was a run, %d harmless%n",
                    what, stopped + before + harmless, stopped, before, harmless);
        }
    }

    /** The command, by its words and its exit code. */
    static final class Commanded {
        private Commanded() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Path capture = capture(folder);
            Path run = folder.resolve("run");
            Faults faults = Faults.here();
            String whole = digest(replay(capture, folder.resolve("whole")).well());
            for (Pass pass : Pass.all()) {
                Count count = new Count("the command, " + pass.words());
                for (int nth = 1; count.goesOn(); nth++) {
                    Fault fault = pass.fault(nth);
                    faults.arm(run, nth, fault);
                    Said said = replay(capture, run);
                    boolean struck = faults.disarm() >= nth;
                    String name = fault + " at change " + nth + ": " + said;
                    if (!struck || said.code() == 0) {
                        assertThat(said.code()).as(name).isZero();
                        assertThat(digest(said)).as(name).isEqualTo(whole);
                        count.untouched += struck ? 0 : 1;
                        count.harmless += struck ? 1 : 0;
                    } else {
                        assertThat(said.code()).as(name).isEqualTo(3);
                        assertThat(said.err()).as(name).contains(fault.words()).contains(run.toString());
                        boolean begun = said.err().contains("hairpin resume " + run);
                        Said then = begun ? Said.hairpin("resume", run) : replay(capture, run);
                        assertThat(then.code()).as("%s%nthen %s", name, then).isZero();
                        assertThat(digest(then)).as("%s%nthen %s", name, then).isEqualTo(whole);
                        count.stopped += begun ? 1 : 0;
                        count.before += begun ? 0 : 1;
                    }
                    delete(run);
                }
                count.print();
            }
        }

        private static Said replay(Path capture, Path run) {
            List<Object> words = new ArrayList<>(List.of("replay", capture));
            words.addAll(List.of(TRAFFIC));
            words.addAll(List.of("--out", run));
            return Said.hairpin(words.toArray());
        }

        private static String digest(Said said) {
            List<String> lines = said.lines();
            return String.join(" ", lines.subList(lines.size() - 2, lines.size()));
        }
    }

    /** A run in actors, by what arrives at its ends. */
    static final class Arriving {
        private static final Means MEANS = new Means(2, 4, false);

        private Arriving() {}

        public static void main(String[] arguments) throws IOException, RunFailed {
            Path folder = Path.of(arguments[0]);
            Runs runs = Runs.of(capture(folder), 4);
            Path run = folder.resolve("run");
            Faults faults = Faults.here();
            for (Mode mode : Mode.values()) {
                Ledger whole = runs.ledger(mode, Runs.TIGHT);
                List<String> ends = runs.topology(mode, Runs.TIGHT).sinks();
                for (Pass pass : Pass.all()) {
                    Count count = new Count(mode.word() + ", " + pass.words());
                    for (int nth = 1; count.goesOn(); nth++) {
                        Fault fault = pass.fault(nth);
                        String name = mode + ", " + fault + " at change " + nth;
                        Ledger.Arrived arrived = new Ledger.Arrived();
                        faults.arm(run, nth, fault);
                        boolean failed = failed(runs, mode, run, arrived);
                        boolean struck = faults.disarm() >= nth;
                        assertThat(failed && !struck).as(name).isFalse();
                        boolean begun = Files.exists(run.resolve("journal").resolve("CURRENT"));
                        check(name, begun ? Ledger.of(run) : new Ledger(), whole, arrived, ends);
                        Ledger.Arrived again = new Ledger.Arrived();
                        assertThat(runs.actors(mode, Runs.TIGHT, 16, MEANS, run, again))
                                .as(name)
                                .isEqualTo(runs.rig(mode, Runs.TIGHT, 16));
                        Reached reached = new Reached(whole.arrivals().byEnd());
                        reached.goesOn(name, arrived.byEnd());
                        reached.goesOn(name, again.byEnd());
                        reached.isComplete(name);
                        count.untouched += struck ? 0 : 1;
                        count.harmless += struck && !failed ? 1 : 0;
                        count.stopped += failed && begun ? 1 : 0;
                        count.before += failed && !begun ? 1 : 0;
                        delete(run);
                    }
                    count.print();
                }
            }
        }

        private static boolean failed(Runs runs, Mode mode, Path run, Ledger.Arrived arrived) {
            try {
                Limits limits = Runs.TIGHT;
                ActorRun.run(runs.topology(mode, limits), runs.feed(16), arrived, run.resolve("journal"), MEANS);
                return false;
            } catch (RunFailed expected) {
                return true;
            }
        }

        /** What arrived is accounted for, and what the journal holds is a beginning of what is decided in all. */
        private static void check(
                String name, Ledger journal, Ledger whole, Ledger.Arrived arrived, List<String> ends) {
            journal.rows().forEach((stage, rows) -> {
                List<Ledger.Row> all = whole.rows(stage);
                assertThat(rows.equals(all.subList(0, Math.min(rows.size(), all.size()))))
                        .as("%s: what %s decided is a beginning of what it decides in all", name, stage)
                        .isTrue();
            });
            Map<String, Integer> accounted = journal.fates();
            arrived.copies(ends)
                    .forEach((copy, copies) -> assertThat(accounted.getOrDefault(copy, 0))
                            .as("%s: copies of frame %s that the journal accounts for", name, copy)
                            .isGreaterThanOrEqualTo(copies));
        }
    }
}
