package dev.hairpin.experiments.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.bench.Bench;
import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.run.ActorRun.Means;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description =
                "Measures a workload made from a seed: bare loop, Rig, and both modes with every decision durable.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BenchCommand implements Callable<Integer> {
    private static final String INCLUDED =
            "Included: reading and parsing the capture, every stage, in veb and vepa also the actors, their start and end,"
                    + " and the journal, synced at its end; verify decides a journal's run again and compares, recover takes"
                    + " up one that has ended, actors and all. Not included: making the workload, placing its stations,"
                    + " exports. A quarter of the frames went through everything before, to warm up; of each the fastest of all"
                    + " rounds.";

    @Option(names = "--frames", defaultValue = "2000000", description = "How many (default: ${DEFAULT-VALUE}).")
    private long frames;

    @Option(names = "--seed", defaultValue = "1", description = "Of the workload (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--threads", paramLabel = "N", description = "For the actors (default: all processors).")
    private @Nullable Integer threads;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (frames < 1) {
            throw new Unusable("--frames: found " + frames + ", expected 1 or more");
        }
        if (rounds < 1) {
            throw new Unusable("--rounds: found " + rounds + ", expected 1 or more");
        }
        if (threads != null && threads < 1) {
            throw new Unusable("--threads: found " + threads + ", expected 1 or more");
        }
        Means usual = Means.usual();
        Means means = new Means(threads == null ? usual.threads() : threads, usual.credits(), usual.syncAlways());
        List<Bench.Figure> figures = new Bench(means, 4096).run(frames, seed, rounds);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(values(figures, means)));
            return ExitCode.DONE;
        }
        out.printf(
                Locale.ROOT,
                "%,d frames, seed %d: 8 VFs, 8 hosts, IMIX; 60 %% VF to VF, 30 %% external, 5 %% broadcast, 5 %%"
                        + " multicast; fewer frames where there are more VFs; %d threads%n%n",
                frames,
                seed,
                means.threads());
        out.printf(
                Locale.ROOT,
                "%-24s %14s %12s %14s %14s %14s%n",
                "",
                "frames/s",
                "to bare",
                "CPU s/M frames",
                "decisions/s",
                "octets/decision");
        for (Bench.Figure figure : figures) {
            out.printf(
                    Locale.ROOT,
                    "%-24s %,14.0f %12.3f %14.2f %,14.0f %14.2f%n",
                    figure.name(),
                    figure.framesPerSecond(),
                    figure.framesPerSecond() / figures.get(0).framesPerSecond(),
                    figure.cpuSecondsPerMillionFrames(),
                    figure.decisionsPerSecond(),
                    figure.octetsPerDecision());
        }
        out.println();
        out.println(INCLUDED);
        return ExitCode.DONE;
    }

    private Map<String, Object> values(List<Bench.Figure> figures, Means means) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frames", frames);
        values.put("seed", seed);
        values.put("rounds", rounds);
        values.put("threads", means.threads());
        values.put("java", Runtime.version().toString());
        values.put("processors", Runtime.getRuntime().availableProcessors());
        List<Object> rows = new ArrayList<>();
        for (Bench.Figure figure : figures) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", figure.name());
            row.put("framesPerSecond", Math.round(figure.framesPerSecond()));
            row.put("ratioToBareLoop", figure.framesPerSecond() / figures.get(0).framesPerSecond());
            row.put("cpuSecondsPerMillionFrames", figure.cpuSecondsPerMillionFrames());
            row.put("decisions", figure.decisions());
            row.put("decisionsPerSecond", Math.round(figure.decisionsPerSecond()));
            row.put("octetsPerDecision", figure.octetsPerDecision());
            rows.add(row);
        }
        values.put("figures", rows);
        values.put("included", INCLUDED);
        return values;
    }
}
