package dev.hairpin.experiments.travel;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Said;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LspciShowTest {
    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void replay() {
        run = folder.resolve("run");
        hairpin(
                        "replay",
                        Captures.sample("vlans.pcapng"),
                        "--mode",
                        "veb",
                        "--vfs",
                        "2",
                        "--device",
                        "82576",
                        "--out",
                        run)
                .well();
    }

    private List<String> lspci(Object... options) {
        Object[] words = new Object[3 + options.length];
        words[0] = "at";
        words[1] = run;
        words[2] = "lspci";
        System.arraycopy(options, 0, words, 3, options.length);
        return hairpin(words).well().lines();
    }

    @Test
    void listsThePhysicalFunctionAndAsManyVirtualOnesAsTheRunHas() {
        assertThat(lspci())
                .containsExactly(
                        "05:00.0 Ethernet controller: Intel Corporation 82576 Gigabit Network Connection (rev 01)",
                        "05:10.0 Ethernet controller: Intel Corporation 82576 Virtual Function (rev 01)",
                        "05:10.2 Ethernet controller: Intel Corporation 82576 Virtual Function (rev 01)");
    }

    @Test
    void listsThoseThatAreSelected() {
        assertThat(lspci("-n", "-d", "8086:10CA"))
                .containsExactly("05:10.0 0200: 8086:10ca (rev 01)", "05:10.2 0200: 8086:10ca (rev 01)");
        assertThat(lspci("-n", "-d", ":10c9")).containsExactly("05:00.0 0200: 8086:10c9 (rev 01)");
    }

    @Test
    void tellsHowManyAreEnabled() {
        assertThat(lspci("-vvv"))
                .contains(
                        "\t\tIOVCtl:\tEnable+ Migration- Interrupt- MSE+ ARIHierarchy- 10BitTagReq-",
                        "\t\tInitial VFs: 8, Total VFs: 8, Number of VFs: 2, Function Dependency Link: 00");
    }

    @Test
    void aDeviceThatIsOnNoBusAndAnOptionThatIsNoneAreRefused() {
        Said option = hairpin("at", run, "lspci", "-k");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err()).contains("found '-k' behind lspci, expected -n, -v, -vv, -vvv or -d VENDOR:DEVICE");
        Path ideal = folder.resolve("ideal");
        hairpin("replay", Captures.sample("vlans.pcapng"), "--mode", "veb", "--vfs", "2", "--out", ideal)
                .well();
        Said bus = hairpin("at", ideal, "lspci");
        assertThat(bus.code()).isEqualTo(2);
        assertThat(bus.err()).contains("found device ieee for nic0, which is on no PCI bus");
    }
}
