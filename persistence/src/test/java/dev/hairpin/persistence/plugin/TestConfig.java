package dev.hairpin.persistence.plugin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;

/** Configurations of actor systems. */
final class TestConfig {
    private TestConfig() {}

    static Config with(String text) {
        return ConfigFactory.parseString(text);
    }

    /** Journal and snapshots are Hairpin's, in {@code folder}. */
    static Config in(Path folder) {
        return with("""
                        akka.persistence.journal.plugin = "hairpin.journal"
                        akka.persistence.snapshot-store.plugin = "hairpin.snapshots"
                        akka.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                        akka.loggers = ["akka.event.slf4j.Slf4jLogger"]
                        akka.logging-filter = "akka.event.slf4j.Slf4jLoggingFilter"
                        """).withValue("hairpin.journal.dir", ConfigValueFactory.fromAnyRef(folder.toString()));
    }
}
