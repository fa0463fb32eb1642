package dev.hairpin.experiments.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.travel.Answer;
import dev.hairpin.experiments.travel.Asked;
import dev.hairpin.experiments.travel.Asked.NotUnderstood;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "at",
        description = "Tells the state of a run at a time of it, in the words and layouts of iproute2, ethtool and"
                + " pciutils:"
                + " bridge [-d] [-s] [-j] fdb|link|vlan|mdb, ip [-d] [-s] [-j] link, ethtool -S DEV,"
                + " [in ROOT-COMPLEX] lspci [-n|-v|-vvv] [-d VENDOR:DEVICE].",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "hairpin at run1@12.345 bridge -s fdb show br bridge",
            "hairpin at run1@#1812 ip -s link show nic0"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AtCommand implements Callable<Integer> {
    @Option(names = "--capture", paramLabel = "FILE", description = "Where the capture is now, if it was moved.")
    private @Nullable Path capture;

    @Parameters(
            index = "0",
            paramLabel = "DIR[@T]",
            description =
                    "A run's folder and a time: seconds since the first frame, after all that happened by then; or"
                            + " #N, when frame N enters. Without one, the end.")
    private String place;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "What is asked.")
    private List<String> words;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Asked asked = Asked.of(words);
            Answer answer = asked.of(RunAtTime.of(place).state(capture));
            if (asked.json()) {
                out.println(JSON.std.asString(answer.json()));
            } else {
                answer.text().forEach(out::println);
            }
            return ExitCode.DONE;
        } catch (NotUnderstood mistake) {
            throw new Unusable(mistake.what());
        }
    }
}
