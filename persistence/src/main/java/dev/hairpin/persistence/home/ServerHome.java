package dev.hairpin.persistence.home;

import akka.actor.ClassicActorSystemProvider;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import dev.hairpin.persistence.store.StoredEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL server, through akka-persistence-jdbc. The run's folder has a file {@code server.conf} in place of the
 * journal, with the server's address and the run's id there; never a password.
 *
 * <p>All runs of a server share its tables. The persistence ids of a run begin with its id and a slash.
 */
final class ServerHome implements JournalHome {
    static final String FILE = "server.conf";

    private static final int FORMAT = 1;
    private static final String POOL = "akka-persistence-jdbc.shared-databases.slick";

    private final ServerAddress address;
    private final String run;

    ServerHome(ServerAddress address, String run) {
        this.address = address;
        this.run = run;
    }

    /** The home that {@code folder} tells of, if it does. */
    static Optional<ServerHome> in(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Config config = ConfigFactory.parseFile(file.toFile());
            if (config.getInt("format") != FORMAT) {
                throw new JournalRefused(file + ": a journal of format " + config.getInt("format")
                        + "; this version of Hairpin reads format " + FORMAT);
            }
            return Optional.of(new ServerHome(ServerAddress.kept(config), config.getString("run")));
        } catch (ConfigException e) {
            throw new JournalRefused(file + ": does not tell where the journal is: " + e.getMessage(), e);
        }
    }

    /** Makes a journal for a new run on the server, and says so in {@code folder}, which is made. */
    static void create(Path folder, ServerAddress address) {
        Map<String, Object> values = new LinkedHashMap<>(address.toBeKept());
        values.put("format", FORMAT);
        values.put("run", ServerTables.newRun(address));
        Path partial = folder.resolve(FILE + ".partial");
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    partial,
                    ConfigFactory.parseMap(values)
                            .root()
                            .render(ConfigRenderOptions.defaults()
                                    .setOriginComments(false)
                                    .setJson(false)),
                    StandardCharsets.UTF_8);
            Files.move(partial, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new JournalException("cannot say in " + folder + " where the journal is: " + e.getMessage(), e);
        }
    }

    private String ids() {
        return run + "/";
    }

    @Override
    public Config settings(boolean syncAlways) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("akka.persistence.journal.plugin", "jdbc-journal");
        values.put("akka.persistence.snapshot-store.plugin", "jdbc-snapshot-store");
        values.put("hairpin.home.read", "jdbc-read-journal");
        values.put("hairpin.home.ids", ids());
        values.put("jdbc-journal.replay-filter.mode", "fail");
        for (String plugin : new String[] {"jdbc-journal", "jdbc-snapshot-store", "jdbc-read-journal"}) {
            values.put(plugin + ".use-shared-db", "slick");
        }
        values.put(POOL + ".profile", "slick.jdbc.PostgresProfile$");
        values.put(POOL + ".db.driver", "org.postgresql.Driver");
        values.put(POOL + ".db.url", address.url());
        address.user().ifPresent(user -> values.put(POOL + ".db.user", user));
        address.password().ifPresent(password -> values.put(POOL + ".db.password", password));
        return ConfigFactory.parseMap(values).withFallback(ConfigFactory.parseResources("hairpin-server.conf"));
    }

    @Override
    public Claim claim() {
        return RunClaim.of(address, run);
    }

    /** A server has acknowledged only what is on its disk. */
    @Override
    public Optional<JournalException> failure(ClassicActorSystemProvider system) {
        return Optional.empty();
    }

    @Override
    public StoredEvents open() {
        return ServerEvents.open(address, run, ids());
    }
}
