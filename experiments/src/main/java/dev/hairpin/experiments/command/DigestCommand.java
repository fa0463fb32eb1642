package dev.hairpin.experiments.command;

import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.model.decision.RunDigest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "digest",
        description = "Prints two numbers that stand for a whole run: fate (every frame's egress and reasons, by relay)"
                + " and timed (with times).",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DigestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A run's folder.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunFolder run = RunFolder.open(folder);
        RunDigest digest = run.digest();
        spec.commandLine().getOut().println(digest.fate());
        spec.commandLine().getOut().println(digest.timed());
        Optional<String> broken = run.brokenSeal(digest);
        broken.ifPresent(what -> spec.commandLine().getErr().println("hairpin: " + what));
        return broken.isPresent() ? ExitCode.DIFFERS : ExitCode.DONE;
    }
}
