package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.privilege.Sharing;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharingReaderTest {
    private static Reading read(String device, int virtuals, String words) {
        String functions = IntStream.range(0, virtuals)
                .mapToObj(vf -> "vf" + vf + " { mac = \"02:00:00:00:01:%02x\" }".formatted(vf))
                .collect(Collectors.joining("\n"));
        return TopologyReader.read("lan.conf", """
                nics.nic0 { mode = veb, device = "%s", %s
                  vfs { pf { mac = "02:00:00:00:00:01" }
                  %s } }
                bridge { ports { p0 { to = nic0 }, ext0 {} } }
                """.formatted(device, words, functions));
    }

    private static NicSettings nic(Reading reading) {
        return reading.topology()
                .orElseThrow(() -> new AssertionError(reading.problems()))
                .nics()
                .get(0)
                .settings();
    }

    private static Sharing sharing(Reading reading) {
        return nic(reading).privileges().sharing();
    }

    private static List<String> problems(Reading reading) {
        return reading.problems().stream().map(Problem::message).toList();
    }

    @Test
    void withoutAModeANicIsInItsUsualOne() {
        assertThat(sharing(read("x3100", 3, ""))).isEqualTo(Sharing.USUAL);
    }

    @Test
    void aModeIsNamedAsTheDevicesModesAre() {
        assertThat(sharing(read("x3100", 3, "function-mode = multi-function")).mode())
                .isEqualTo("multi-function");
        assertThat(problems(read("x3100", 3, "function-mode = multifunction")))
                .singleElement()
                .asString()
                .contains("found multifunction, expected one of sr-iov, single-function, multi-function");
    }

    @Test
    void aModeWhoseCountNobodyConfirmedIsTakenWithAWarning() {
        Reading reading = read("x3100", 3, "function-mode = multi-function-4");
        assertThat(sharing(reading).mode()).isEqualTo("multi-function-4");
        assertThat(problems(reading)).singleElement().asString().contains("how many functions it has is assumed");
        assertThat(problems(read("x3100", 3, "function-mode = sr-iov-4"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "x3100, sr-iov, 16", "x3100, sr-iov-8, 7", "x3100, sr-iov-4, 3", "x3100, multi-function, 7",
        "x3100, multi-function-2, 1", "x3100, single-function, 0", "x3100, mr-iov, 16", "x3100, mr-iov-8, 7",
        "82576, sr-iov, 7", "82599, sr-iov, 63"
    })
    void thereAreNoMoreFunctionsThanTheModeHas(String device, String mode, int most) {
        assertThat(problems(read(device, most, "function-mode = " + mode))).isEmpty();
        assertThat(problems(read(device, most + 1, "function-mode = " + mode)))
                .anyMatch(problem -> problem.contains("expected " + most + " at most")
                        // where it is all that the device has the shared tables say so, too
                        || problem.contains("stations"));
    }

    @Test
    void aFunctionHasAsManyQueuesAsVirtualPaths() {
        String two = "function-mode = multi-function, vfs.vf0.queues = 2";
        assertThat(problems(read("x3100", 3, two))).isEmpty();
        assertThat(problems(read("x3100", 3, two.replace("multi-function", "sr-iov"))))
                .singleElement()
                .asString()
                .contains("vf0 has 2 queues, expected as many as it has virtual paths: 1 of 17");
        assertThat(problems(read("82599", 3, two.replace("multi-function", "sr-iov"))))
                .isEmpty();
    }

    @Test
    void aDeviceOnNoBusHasNoModes() {
        assertThat(problems(read("ieee", 3, "function-mode = sr-iov")))
                .singleElement()
                .asString()
                .contains("expected a device on a PCI bus: 82576, 82599, x3100");
    }

    @Test
    void rootComplexesDivideTheFunctionsAmongThem() {
        Sharing sharing =
                sharing(read("x3100", 3, "function-mode = mr-iov, hierarchies { rc0 = [pf, vf0], rc1 = [vf2, vf1] }"));
        assertThat(sharing.hierarchiesText()).isEqualTo("rc0: pf vf0; rc1: vf2 vf1");
        assertThat(sharing(read("x3100", 3, "function-mode = mr-iov")).hierarchiesText())
                .isEqualTo("rc0: pf vf0 vf1 vf2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sr-iov | rc0 = [pf, vf0, vf1] | which is for one system",
                "mr-iov | rc0 = [pf, vf0] | found no hierarchy for vf1",
                "mr-iov | rc0 = [pf, vf0], rc1 = [vf0, vf1] | found vf0, which rc0 has",
                "mr-iov | rc0 = [vf0], rc1 = [pf, vf1] | found pf, expected it in the first hierarchy",
                "mr-iov | rc0 = [pf, vf0], vf1 = [vf1] | found a root complex named vf1",
                "mr-iov | rc0 = [pf, vf0], rc1 = [vf1, vf7] | found vf7, expected one of pf, vf0, vf1"
            })
    void aDivisionThatIsNoneIsAMistake(String mode, String trees, String problem) {
        assertThat(problems(read("x3100", 2, "function-mode = " + mode + ", hierarchies { " + trees + " }")))
                .anyMatch(message -> message.contains(problem));
        assertThat(problems(read("x3100", 2, "hierarchies { " + trees + " }")))
                .anyMatch(message -> message.contains("expected function-mode = mr-iov"));
    }

    private static void refused(ThrowingCallable entering, String why) {
        Assertions.assertThatThrownBy(entering).isInstanceOf(Refused.class).hasMessageContaining(why);
    }

    @Test
    void aChangeEntersAnotherModeOfTheDevice() {
        NicSettings nic = nic(read("x3100", 3, ""));
        NicSettings legacy = SharingReader.entered(nic, "multi-function");
        assertThat(legacy.privileges().sharing().mode()).isEqualTo("multi-function");
        assertThat(SharingReader.entered(legacy, "mr-iov-8")
                        .privileges()
                        .sharing()
                        .hierarchiesText())
                .isEqualTo("rc0: pf vf0 vf1 vf2");
        refused(() -> SharingReader.entered(nic, "multi-function-2"), "expected 1 at most");
        refused(() -> SharingReader.entered(nic, "legacy"), "no function mode legacy");
    }

    @Test
    void aNicThatServersShareEntersNoModeForOneSystem() {
        NicSettings nic =
                nic(read("x3100", 3, "function-mode = mr-iov, hierarchies { a = [pf, vf0], b = [vf1, vf2] }"));
        refused(() -> SharingReader.entered(nic, "sr-iov"), "a, b share nic0");
        assertThat(SharingReader.entered(nic, "mr-iov-8").privileges().sharing().hierarchies())
                .hasSize(2);
    }
}
