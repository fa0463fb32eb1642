package dev.hairpin.experiments.command;

import dev.hairpin.experiments.topology.Problem;
import dev.hairpin.experiments.topology.Reading;
import dev.hairpin.experiments.topology.TopologyReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description =
                "Tells what a topology file describes, or every mistake in it with its line, what was found and what"
                        + " was expected.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "In HOCON; docs/topology.md tells what it may have.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Reading reading = TopologyReader.read(file);
        reading.problems().forEach(err::println);
        if (reading.topology().isEmpty()) {
            long mistakes = reading.problems().stream()
                    .filter(problem -> !problem.warning())
                    .count();
            err.println("hairpin: " + file + ": " + mistakes + (mistakes == 1 ? " mistake" : " mistakes"));
            return ExitCode.UNUSABLE;
        }
        TopologySummary.lines(reading.topology().orElseThrow()).forEach(out::println);
        long warnings = reading.problems().stream().filter(Problem::warning).count();
        if (warnings > 0) {
            out.println(warnings + (warnings == 1 ? " warning" : " warnings"));
        }
        return ExitCode.DONE;
    }
}
