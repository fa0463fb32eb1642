package dev.hairpin.persistence.plugin;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A process that goes on with the journal in the folder it is given until it is killed, and writes a line {@code ID
 * NUMBER} to its output for each event that was acknowledged. It ends by itself when its input does.
 */
final class KilledWriter {
    static final String[] IDS = {"one", "two", "three"};

    private KilledWriter() {}

    public static void main(String[] args) throws IOException {
        ActorSystem.create(guardian(), "killed", TestConfig.in(Path.of(args[0])).withFallback(ConfigFactory.load()));
        while (System.in.read() >= 0) {
            // Whoever started this is still there.
        }
        Runtime.getRuntime().halt(1);
    }

    private static Behavior<String> guardian() {
        return Behaviors.setup(context -> {
            Map<String, ActorRef<WaveCounter.Command>> counters = new HashMap<>();
            for (String id : IDS) {
                counters.put(id, context.spawn(WaveCounter.create(id, context.getSelf()), id));
            }
            return Behaviors.receiveMessage(line -> {
                String[] words = line.split(" ", 3);
                if (words[1].equals("failed")) {
                    throw new IllegalStateException(line);
                }
                if (!words[1].equals("recovered")) {
                    say(line);
                }
                Objects.requireNonNull(counters.get(words[0])).tell(WaveCounter.Next.NEXT);
                return Behaviors.same();
            });
        });
    }

    private static void say(String line) throws IOException {
        System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
