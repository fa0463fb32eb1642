package dev.hairpin.experiments.run;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.hairpin.actors.traffic.Pace;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.home.JournalHome;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs a topology in actors over a journal. */
public final class ActorRun {
    private ActorRun() {}

    /**
     * How a run is carried out. Of no consequence for what is decided.
     *
     * @param threads that actors share
     * @param credits waves that may be under way
     * @param syncAlways whether every write waits for the disk, so that a power failure loses nothing
     * @param framesPerSecond of the wall clock, beyond what a journal holds already; 0 for as fast as it goes
     * @param stop once it completes, the run ends: what is under way is decided, and nothing more is fed
     */
    public record Means(
            int threads, int credits, boolean syncAlways, long framesPerSecond, CompletableFuture<Void> stop) {
        /** As fast as it goes, to the end. */
        public Means(int threads, int credits, boolean syncAlways) {
            this(threads, credits, syncAlways, 0, new CompletableFuture<>());
        }

        /** The same at another pace. */
        public Means at(long framesPerSecond) {
            return new Means(threads, credits, syncAlways, framesPerSecond, stop);
        }

        /** The same, until {@code stop} completes. */
        public Means until(CompletableFuture<Void> stop) {
            return new Means(threads, credits, syncAlways, framesPerSecond, stop);
        }

        Pace pace() {
            return framesPerSecond == 0 ? Pace.FREE : new WallClock(framesPerSecond);
        }

        /** All processors, as many waves as keep them busy, and what survives {@code kill -9}. */
        public static Means usual() {
            return new Means(Math.max(2, Runtime.getRuntime().availableProcessors()), 8, false);
        }
    }

    /** A run that stopped before its end. What was decided until then is in the journal. */
    public static final class RunFailed extends Exception {
        private static final long serialVersionUID = 1L;

        RunFailed(Throwable cause) {
            super("the run has stopped: " + cause.getMessage() + reason(cause), cause);
        }

        /** The innermost cause, which is what a person can do something about. */
        private static String reason(Throwable failure) {
            Throwable innermost = failure;
            while (innermost.getCause() != null) {
                innermost = innermost.getCause();
            }
            return innermost == failure ? "" : ": " + innermost;
        }
    }

    /**
     * Feeds all of {@code feed} through {@code topology} and returns once every decision is durable. A journal that holds
     * decisions already is taken up: what it has is not decided again.
     *
     * @param journal the folder of the journal; made if it is not there
     * @param receiver is told what comes out
     * @return nanoseconds of the wall clock from the first frame to the last durable decision
     */
    public static long run(Topology topology, Feed feed, Receiver receiver, Path journal, Means means)
            throws RunFailed {
        try {
            JournalHome home = JournalHome.of(journal);
            JournalHome.Claim claim = home.claim();
            try {
                return run(topology, feed, receiver, home, means);
            } finally {
                claim.close();
            }
        } catch (JournalException e) {
            throw new RunFailed(e);
        }
    }

    private static long run(Topology topology, Feed feed, Receiver receiver, JournalHome home, Means means)
            throws RunFailed {
        CompletableFuture<Long> finished = new CompletableFuture<>();
        long nanos;
        ActorSystem<LanRun.Command> system = ActorSystem.create(
                LanRun.create(topology, feed, receiver, means, finished), "hairpin", config(home, means));
        system.getWhenTerminated()
                .thenRun(() -> finished.completeExceptionally(new IllegalStateException("the actors have stopped")));
        CompletableFuture<Void> stopping = means.stop().thenRun(() -> system.tell(new LanRun.Stop()));
        try {
            nanos = finished.join();
        } catch (CompletionException failed) {
            throw new RunFailed(failed.getCause() == null ? failed : failed.getCause());
        } finally {
            stopping.cancel(false);
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
        Optional<JournalException> failure = home.failure(system);
        if (failure.isPresent()) {
            throw new RunFailed(failure.get());
        }
        return nanos;
    }

    private static Config config(JournalHome home, Means means) {
        return ConfigFactory.load(ConfigFactory.parseMap(Map.of("hairpin.threads", means.threads()))
                .withFallback(home.settings(means.syncAlways()))
                .withFallback(ConfigFactory.parseResources("hairpin-run.conf")));
    }
}
