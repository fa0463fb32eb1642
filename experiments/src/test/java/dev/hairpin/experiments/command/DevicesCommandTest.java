package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Golden;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Devices;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hairpin devices}: what each device answers, and on what that is founded. */
class DevicesCommandTest {
    @Test
    void devicesAreListedWithALineEach() throws Exception {
        Golden.hold("devices/all.txt", () -> hairpin("devices").well().out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ieee", "82576", "82599", "x3100", "linux-macvlan"})
    void aDeviceIsATableOfAnswers(String name) throws Exception {
        Golden.hold(
                "devices/" + name + ".txt",
                () -> hairpin("devices", name).well().out());
    }

    @Test
    void theSameCanBeHadAsJson() throws Exception {
        Golden.hold(
                "devices/82599.json",
                () -> hairpin("devices", "82599", "--json").well().out());
        assertThat(hairpin("devices", "--json").well().json().value("devices"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .extracting(device -> ((Map<?, ?>) device).get("name"))
                .isEqualTo(Devices.all().stream()
                        .map(device -> (Object) device.name())
                        .toList());
    }

    @Test
    void whatDiffersFromTheStandardIsMarked() {
        List<String> marked = hairpin("devices", "82599").well().lines().stream()
                .filter(line -> line.startsWith("*  "))
                .map(line -> line.substring(3, line.indexOf(' ', 3)))
                .toList();
        assertThat(marked)
                .isEqualTo(Choice.all().stream()
                        .filter(choice -> !Devices.named("82599")
                                .orElseThrow()
                                .get(choice)
                                .equals(Devices.IEEE.get(choice)))
                        .map(Choice::name)
                        .toList())
                .contains("group-echo");
    }

    @Test
    void anUnknownDeviceIsRefusedWithThoseThereAre() {
        Said said = hairpin("devices", "82598");
        assertThat(said.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(said.err())
                .isEqualTo("hairpin: device: found 82598, expected ieee, 82576, 82599, x3100, linux-macvlan; 82599?\n");
    }
}
