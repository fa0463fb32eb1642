package dev.hairpin.persistence.plugin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.hairpin.persistence.home.JournalHome;
import java.nio.file.Path;

/** Configurations of actor systems. */
final class TestConfig {
    private TestConfig() {}

    static Config with(String text) {
        return ConfigFactory.parseString(text);
    }

    /** Journal and snapshots are Hairpin's, in {@code folder}. */
    static Config in(Path folder) {
        return of(JournalHome.of(folder));
    }

    /** Journal and snapshots are where {@code home} says. */
    static Config of(JournalHome home) {
        return with("""
                        akka.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                        akka.loggers = ["akka.event.slf4j.Slf4jLogger"]
                        akka.logging-filter = "akka.event.slf4j.Slf4jLoggingFilter"
                        """).withFallback(home.settings(false));
    }
}
