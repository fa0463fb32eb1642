package dev.hairpin.experiments;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The one direction: between the modules, and between the packages that Maven cannot hold apart. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("dev.hairpin");

    private static final String MODEL = "dev.hairpin.model..";
    private static final String PCAP = "dev.hairpin.pcap..";
    private static final String PROTO = "dev.hairpin.proto..";
    private static final String PERSISTENCE = "dev.hairpin.persistence..";
    private static final String ACTORS = "dev.hairpin.actors..";
    private static final String LINK = "dev.hairpin.actors.link..";
    private static final String EXTERNAL = "dev.hairpin.external..";
    private static final String EXPERIMENTS = "dev.hairpin.experiments..";
    private static final String COMMAND = "dev.hairpin.experiments.command..";

    @Test
    void allModulesAreSeen() {
        for (String module : new String[] {
            "model.topology.Rig",
            "pcap.Capture",
            "persistence.store.RocksJournal",
            "actors.link.StageHost",
            "external.AdjacentBridge",
            "experiments.Hairpin"
        }) {
            assertThat(ALL.contain("dev.hairpin." + module)).as(module).isTrue();
        }
    }

    @Test
    void theDeviceModelIsPure() {
        classes()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(MODEL, "java..", "org.jspecify..", "org.agrona.."))
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..", "java.time..")
                .check(ALL);
    }

    @Test
    void readingCapturesKnowsTheModelAndNothingElseOfOurs() {
        onlyOfOurs(PCAP, MODEL);
        without(PCAP, "akka..", "scala..", "org.rocksdb..");
    }

    @Test
    void nothingNeedsLibpcap() {
        without("dev.hairpin..", "org.pcap4j.core..", "com.sun.jna..");
    }

    @Test
    void theJournalKnowsTheSchemasAndTheModel() {
        onlyOfOurs(PROTO);
        onlyOfOurs(PERSISTENCE, PROTO, MODEL);
        without("dev.hairpin.persistence.store..", "akka..", "scala..");
        without("dev.hairpin.persistence.event..", "akka..", "scala..", "org.rocksdb..");
    }

    @Test
    void actorsKnowThoseBelow() {
        onlyOfOurs(ACTORS, PERSISTENCE, MODEL);
        without(ACTORS, "org.rocksdb..");
        noClasses()
                .that()
                .resideInAPackage(LINK)
                .should()
                .dependOnClassesThat(resideInAPackage(ACTORS).and(not(resideInAPackage(LINK))))
                .check(ALL);
    }

    @Test
    void theExternalBridgeKnowsOfTheNicsActorsTheLinksOnly() {
        onlyOfOurs(EXTERNAL, LINK, MODEL);
    }

    @Test
    void nothingDependsOnTheExperiments() {
        noClasses()
                .that()
                .resideOutsideOfPackage(EXPERIMENTS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(EXPERIMENTS)
                .check(ALL);
    }

    @Test
    void nobodyKnowsTheCommandButWhereItStarts() {
        noClasses()
                .that(resideInAPackage("dev.hairpin..")
                        .and(not(resideInAPackage(COMMAND)))
                        .and(not(equivalentTo(Hairpin.class))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(COMMAND)
                .check(ALL);
    }

    @Test
    void placementKnowsNothingOfRunsAndWhatIsMadeOfThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.hairpin.experiments.placement..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hairpin.experiments.run..",
                        "dev.hairpin.experiments.projection..",
                        "dev.hairpin.experiments.bench..",
                        "akka..")
                .check(ALL);
    }

    @Test
    void aRunKnowsNothingOfWhatIsToldOfIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.hairpin.experiments.run..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hairpin.experiments.projection..", "dev.hairpin.experiments.bench..")
                .check(ALL);
    }

    @Test
    void onlyTheCommandPrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(ALL);
    }

    @Test
    void onlyWhereTheCommandStartsIsTheProcessEnded() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Hairpin.class)
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(ALL);
    }

    /** Of all that is ours, {@code module} depends on itself and on {@code others} only. */
    private static void onlyOfOurs(String module, String... others) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.hairpin..")
                        .and(not(resideInAPackage(module)))
                        .and(not(resideInAnyPackage(others))))
                .check(ALL);
    }

    private static void without(String module, String... others) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(ALL);
    }
}
