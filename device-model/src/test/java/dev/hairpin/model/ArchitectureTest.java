package dev.hairpin.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.random.RandomGenerator;

/** Which package may know which, and what none of them may know: the model is pure. */
@AnalyzeClasses(packages = "dev.hairpin.model", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
    /** ArchUnit's own option knows the usual build directory alone. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    @ArchTest
    static final ArchRule PACKAGES_KNOW_ONLY_THOSE_BEFORE_THEM = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.hairpin..")
            .withOptionalLayers(true)
            .layer("frame")
            .definedBy("dev.hairpin.model.frame")
            .layer("decision")
            .definedBy("dev.hairpin.model.decision")
            .layer("match")
            .definedBy("dev.hairpin.model.match")
            .layer("link")
            .definedBy("dev.hairpin.model.link")
            .layer("offload")
            .definedBy("dev.hairpin.model.offload")
            .layer("ring")
            .definedBy("dev.hairpin.model.ring")
            .layer("wire")
            .definedBy("dev.hairpin.model.wire")
            .layer("policy")
            .definedBy("dev.hairpin.model.policy")
            .layer("device")
            .definedBy("dev.hairpin.model.device")
            .layer("privilege")
            .definedBy("dev.hairpin.model.privilege")
            .layer("relay")
            .definedBy("dev.hairpin.model.relay")
            .layer("bridge")
            .definedBy("dev.hairpin.model.bridge")
            .layer("mailbox")
            .definedBy("dev.hairpin.model.mailbox")
            .layer("management")
            .definedBy("dev.hairpin.model.management")
            .layer("pci")
            .definedBy("dev.hairpin.model.pci")
            .layer("topology")
            .definedBy("dev.hairpin.model.topology")
            .whereLayer("frame")
            .mayNotAccessAnyLayer()
            .whereLayer("offload")
            .mayOnlyAccessLayers("frame")
            .whereLayer("decision")
            .mayOnlyAccessLayers("frame")
            .whereLayer("match")
            .mayOnlyAccessLayers("frame")
            .whereLayer("link")
            .mayOnlyAccessLayers("frame", "decision")
            .whereLayer("ring")
            .mayOnlyAccessLayers("frame", "decision", "link", "offload")
            .whereLayer("wire")
            .mayOnlyAccessLayers("frame", "decision", "link")
            .whereLayer("policy")
            .mayOnlyAccessLayers("frame", "decision", "match")
            .whereLayer("device")
            .mayOnlyAccessLayers("decision")
            .whereLayer("privilege")
            .mayNotAccessAnyLayer()
            .whereLayer("relay")
            .mayOnlyAccessLayers(
                    "frame", "decision", "match", "link", "ring", "wire", "policy", "device", "privilege", "offload")
            .whereLayer("bridge")
            .mayOnlyAccessLayers("frame", "decision", "match", "link", "policy", "relay")
            .whereLayer("mailbox")
            .mayNotAccessAnyLayer()
            .whereLayer("management")
            .mayOnlyAccessLayers(
                    "frame", "decision", "match", "link", "ring", "policy", "device", "privilege", "relay", "mailbox")
            .whereLayer("pci")
            .mayOnlyAccessLayers("decision")
            .whereLayer("topology")
            .mayOnlyAccessLayers("frame", "decision", "link", "ring", "wire", "policy", "device", "relay", "bridge")
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule NOTHING_KNOWS_ACTORS_FILES_SOCKETS_OR_THREADS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "akka..", "scala..", "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule NOTHING_KNOWS_THE_CLOCK_OF_THE_MACHINE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.time..")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule NOTHING_IS_LEFT_TO_CHANCE = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(RandomGenerator.class)
            .orShould()
            .callMethod(Math.class, "random");
}
