package dev.hairpin.persistence.home;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How a PostgreSQL server is reached: an address {@code jdbc:postgresql://HOST[:PORT]/DATABASE[?user=USER&...]}, or a file
 * with {@code journal.url}, {@code journal.user} and {@code journal.password}.
 *
 * <p>The password comes from that file, else from the environment's PGPASSWORD, else as the driver finds it, in
 * {@code ~/.pgpass}. It is in no message and is kept nowhere; an address that has one is refused, for it would be.
 */
public final class ServerAddress {
    private static final String SCHEME = "jdbc:postgresql:";
    private static final String FILE = "file";
    private static final String URL = "url";
    private static final String PASSWORD = "PGPASSWORD";

    private final String url;
    private final Optional<String> user;
    private final Optional<String> password;
    private final Optional<Path> file;

    private ServerAddress(String url, Optional<String> user, Optional<String> password, Optional<Path> file) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.file = file;
    }

    /**
     * Reads an address, or the file that has one.
     *
     * @throws JournalRefused when it is neither
     */
    public static ServerAddress of(String text) {
        if (!text.startsWith(SCHEME)) {
            return in(Path.of(text).toAbsolutePath().normalize());
        }
        return new ServerAddress(
                withoutPassword(text, "the address of the journal"),
                Optional.empty(),
                Optional.ofNullable(System.getenv(PASSWORD)),
                Optional.empty());
    }

    private static ServerAddress in(Path file) {
        if (!Files.isReadable(file)) {
            throw new JournalRefused(file + ": cannot be read; expected jdbc:postgresql://HOST/DATABASE, or a file with"
                    + " journal.url in it");
        }
        try {
            Config journal = ConfigFactory.parseFile(file.toFile()).resolve().getConfig("journal");
            String url = withoutPassword(journal.getString(URL), file + ": journal.url");
            if (!url.startsWith(SCHEME)) {
                throw new JournalRefused(
                        file + ": journal.url: found '" + url + "', expected jdbc:postgresql://HOST/DATABASE");
            }
            return new ServerAddress(
                    url,
                    text(journal, "user"),
                    text(journal, "password").or(() -> Optional.ofNullable(System.getenv(PASSWORD))),
                    Optional.of(file));
        } catch (ConfigException e) {
            throw new JournalRefused(file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> text(Config journal, String name) {
        return journal.hasPath(name) ? Optional.of(journal.getString(name)) : Optional.empty();
    }

    private static String withoutPassword(String url, String what) {
        if (url.toLowerCase(Locale.ROOT).contains("password=") || url.matches("[^?]*//[^/?]*:[^/?]*@.*")) {
            throw new JournalRefused(what + " has a password in it, which would be kept with the run: set " + PASSWORD
                    + ", or write it to ~/.pgpass or to a file that --journal names");
        }
        return url;
    }

    /** As it was kept. */
    static ServerAddress kept(Config config) {
        return config.hasPath(FILE) ? in(Path.of(config.getString(FILE))) : of(config.getString(URL));
    }

    /** What is kept with a run to reach it again. */
    Map<String, Object> toBeKept() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(URL, url);
        file.ifPresent(path -> values.put(FILE, path.toString()));
        return values;
    }

    String url() {
        return url;
    }

    Optional<String> user() {
        return user;
    }

    Optional<String> password() {
        return password;
    }

    Connection connect() {
        Properties properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(word -> properties.setProperty("password", word));
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw failure("cannot reach the journal's server", e);
        }
    }

    JournalException failure(String what, SQLException e) {
        return new JournalException(what + " " + url + ": " + e.getMessage(), e);
    }

    /** The address alone. */
    @Override
    public String toString() {
        return url;
    }
}
