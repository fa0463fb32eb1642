package dev.hairpin.experiments.command;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;

/**
 * Ctrl-C and SIGTERM while a run is under way: they end the run, not the process. What is decided is kept, the command says
 * how to go on, and the process ends with the command's own exit code.
 */
public final class Interruption implements AutoCloseable {
    /** With which a process ends that was interrupted; once its command has ended, that knows. */
    private static final CompletableFuture<Integer> EXIT_CODE = new CompletableFuture<>();

    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final Thread atSignal;

    private Interruption(PrintWriter err) {
        this.atSignal = new Thread(
                () -> {
                    err.println("hairpin: stopping");
                    stop.complete(null);
                    // The only way to have another code than the signal's.
                    Runtime.getRuntime().halt(EXIT_CODE.join());
                },
                "interruption");
    }

    /** From now on, until it is closed. */
    static Interruption begin(PrintWriter err) {
        Interruption begun = new Interruption(err);
        Runtime.getRuntime().addShutdownHook(begun.atSignal);
        return begun;
    }

    /** Completes when there is a signal. */
    CompletableFuture<Void> stop() {
        return stop;
    }

    /** The command has come to {@code code}; if it was interrupted, the process ends with that now. */
    public static void ended(int code) {
        EXIT_CODE.complete(code);
    }

    @Override
    public void close() {
        if (!stop.isDone()) {
            try {
                Runtime.getRuntime().removeShutdownHook(atSignal);
            } catch (IllegalStateException alreadyEnding) {
                // Then it waits for the exit code.
            }
        }
    }
}
