package dev.hairpin.experiments.command;

import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.FolderUnwritable;
import dev.hairpin.experiments.run.Lineage;
import dev.hairpin.experiments.run.Origin;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.persistence.JournalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code hairpin} itself: the list of verbs, and how errors become one line and an exit code. */
@Command(
        name = "hairpin",
        description = "Puts captured traffic through a NIC's VEB, or through a VEPA and a bridge that hairpins it, and"
                + " records every forwarding decision.",
        mixinStandardHelpOptions = true,
        versionProvider = HairpinCommand.Version.class,
        subcommands = {
            CompareCommand.class,
            ReplayCommand.class,
            ResumeCommand.class,
            WhatIfCommand.class,
            DecisionsCommand.class,
            DigestCommand.class,
            DiffCommand.class,
            VerifyCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            AtCommand.class,
            BenchCommand.class,
            CheckCommand.class,
            DevicesCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done or equal, 1 differs, 2 usage or unreadable input, 3 partial but durable.",
            "hairpin VERB --help tells the options of a verb."
        })
public final class HairpinCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an error beside its message.")
    private boolean debug;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    private HairpinCommand() {}

    /** Runs the command and returns its exit code. Results go to standard output, everything else to standard error. */
    public static int run(String... arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, arguments);
        out.flush();
        return code;
    }

    /** Likewise, with other places to print to. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        HairpinCommand command = new HairpinCommand();
        CommandLine whole = new CommandLine(command);
        // What stands behind the run is another tool's command line, options and all.
        Objects.requireNonNull(whole.getSubcommands().get("at")).setStopAtPositional(true);
        int code = whole.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, words) -> misused(failure))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("hairpin: " + message(failure));
                    if (command.debug) {
                        failure.printStackTrace(line.getErr());
                    }
                    return exitCode(failure);
                })
                .execute(arguments);
        out.flush();
        return code;
    }

    /** The traffic options in the words that a run was started with. */
    static TrafficOptions traffic(List<String> words) {
        CommandLine line = new CommandLine(new HairpinCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        CommandLine.ParseResult verb =
                line.parseArgs(words.toArray(String[]::new)).subcommand();
        if (verb != null && verb.commandSpec().userObject() instanceof RunsCapture run) {
            return run.traffic();
        }
        throw new Unusable("found a run made by '" + String.join(" ", words) + "', expected compare or replay");
    }

    /** The settings of the experiment that a run, or the first of its parents, was. */
    static CaptureExperiment.Settings settings(RunFolder run) throws IOException, PlacementRefused {
        return traffic(run.origin().command()).settings();
    }

    /** How the configuration of {@code run} came about. */
    static Lineage lineage(RunFolder run, CaptureExperiment experiment) throws IOException, PlacementRefused {
        Origin origin = run.origin();
        Lineage lineage = Lineage.of(experiment, origin.mode());
        for (List<String> words : origin.forks()) {
            CommandLine.ParseResult verb = new CommandLine(new HairpinCommand())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .parseArgs(words.toArray(String[]::new))
                    .subcommand();
            if (verb == null || !(verb.commandSpec().userObject() instanceof WhatIfCommand command)) {
                throw new Unusable("found a fork made by '" + String.join(" ", words) + "', expected what-if");
            }
            lineage = lineage.fork(experiment, command.whatIf());
        }
        return lineage;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing");
    }

    /** One line, and where to read on; without a verb, the verbs. */
    private static int misused(ParameterException failure) {
        CommandLine line = failure.getCommandLine();
        line.getErr()
                .println("hairpin: " + message(failure).lines().findFirst().orElse("") + "; see "
                        + line.getCommandSpec().qualifiedName() + " --help");
        if (line.getParent() == null) {
            line.usage(line.getErr());
        }
        return ExitCode.UNUSABLE;
    }

    private static int exitCode(Exception failure) throws Exception {
        if (failure instanceof RunFailed || failure instanceof FolderUnwritable) {
            return ExitCode.PARTIAL;
        }
        if (failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof JournalException
                || failure instanceof PlacementRefused
                || failure instanceof Unusable) {
            return ExitCode.UNUSABLE;
        }
        throw failure;
    }

    private static String message(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return failure.getMessage() + ": no such file";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** What a user gave that cannot be used; the message says what was found and what was expected. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hairpin " + text()};
        }

        static String text() {
            String version = HairpinCommand.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }
    }
}
