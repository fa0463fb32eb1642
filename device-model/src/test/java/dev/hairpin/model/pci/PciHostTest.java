package dev.hairpin.model.pci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Evidence;
import dev.hairpin.model.pci.PciHost.Addresses;
import dev.hairpin.model.testkit.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PciHostTest {
    private static final long SETTLED = PciHost.pause(true);

    private static PciDevice device(String name, String mode) {
        PciModel model = PciModels.named(name).orElseThrow();
        return new PciDevice(model, model.mode(mode).orElseThrow(), 5);
    }

    private static PciHost host(PciDevice device) {
        return new PciHost(device, Addresses.USUAL, device.model().virtualLimit());
    }

    private static List<FunctionMode> forOneSystem(PciModel model) {
        return model.modes().stream()
                .filter(mode -> mode.kind() != FunctionMode.Kind.MR_IOV)
                .toList();
    }

    @Test
    void everyWindowGetsAnAddressOfItsOwnThatIsAMultipleOfItsSize() {
        PciDevice device = device("82576", "sr-iov");
        host(device).enumerate(0);
        assertThat(device.read(0x0500, 0x10, 4, 0)).as("128 KiB").isEqualTo(0xfb00_0000L);
        assertThat(device.read(0x0500, 0x14, 4, 0)).as("128 KiB").isEqualTo(0xfb02_0000L);
        assertThat(device.read(0x0500, 0x18, 4, 0)).as("32 ports").isEqualTo(0xd001);
        assertThat(device.read(0x0500, 0x1c, 4, 0)).as("16 KiB, 64 bits").isEqualTo(0x4000_0004L);
        assertThat(device.read(0x0500, 0x20, 4, 0)).as("its upper half").isEqualTo(0x38);
        assertThat(device.read(0x0500, 0x184, 4, 0)).as("8 of 16 KiB for VFs").isEqualTo(0x4000_400cL);
        assertThat(device.read(0x0500, 0x190, 4, 0)).as("8 more").isEqualTo(0x4002_400cL);
    }

    @Test
    void windowsOfAllFunctionsAreApart() {
        for (PciModel model : PciModels.all()) {
            for (FunctionMode mode : forOneSystem(model)) {
                PciDevice device = new PciDevice(model, mode, 5);
                PciHost host = host(device);
                host.enumerate(0);
                int virtuals = mode.kind() == FunctionMode.Kind.SR_IOV ? model.virtualLimit() : 0;
                if (virtuals > 0) {
                    assertThat(host.virtualFunctions(Math.min(virtuals, mode.functions() - 1), 0))
                            .isEmpty();
                }
                Set<Integer> ids = new HashSet<>(device.routingIds(SETTLED));
                assertThat(ids)
                        .as("%s %s", model.name(), mode.name())
                        .hasSize(device.routingIds(SETTLED).size());
                List<Window> found = new ArrayList<>();
                for (long at = 0; at < 64L << 20; at += 4096) {
                    device.decode(Addresses.USUAL.memory64() + at, SETTLED).ifPresent(found::add);
                }
                assertThat(found).as("%s %s", model.name(), mode.name()).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    @Row("sriov_numvfs/order")
    void sysfsNumbersThemEnablesThemAndTheyAnswerAfterThePause() {
        PciDevice device = device("82576", "sr-iov");
        PciHost host = host(device);
        host.enumerate(0);
        assertThat(host.virtualFunctions(7, 0)).isEmpty();
        assertThat(device.routingIds(PciHost.pause(true))).hasSize(8);
    }

    @Test
    @Row("sriov_numvfs/ERANGE")
    void sysfsRefusesMoreThanTheDriverTakes() {
        PciHost host = host(device("82576", "sr-iov"));
        assertThat(host.virtualFunctions(8, 0))
                .as("igb takes 7 of 8")
                .contains(new PciHost.Refusal("ERANGE", "8 virtual functions asked, there can be 7"));
    }

    @Test
    @Row({"sriov_numvfs/EBUSY", "sriov_numvfs/no change"})
    void sysfsRefusesAnotherNumberWhileTheyAreEnabled() {
        PciHost host = host(device("82576", "sr-iov"));
        host.virtualFunctions(3, 0);
        assertThat(host.virtualFunctions(3, 0)).as("the same is no change").isEmpty();
        assertThat(host.virtualFunctions(4, 0).orElseThrow().errno()).isEqualTo("EBUSY");
        assertThat(host.virtualFunctions(0, 0)).isEmpty();
        assertThat(host.virtualFunctions(4, 0)).isEmpty();
    }

    @Test
    @Row("sriov_numvfs/ENOENT")
    void sysfsHasNothingToSwitchWithoutTheCapability() {
        PciHost host = host(device("x3100", "multi-function"));
        assertThat(host.virtualFunctions(1, 0).orElseThrow().errno()).isEqualTo("ENOENT");
    }

    @Test
    void inLegacyModeTheFunctionsAreThereFromTheStart() {
        // 05:00.0 to 05:00.7, as the deck shows them
        assertThat(device("x3100", "multi-function").routingIds(0))
                .containsExactly(0x0500, 0x0501, 0x0502, 0x0503, 0x0504, 0x0505, 0x0506, 0x0507);
    }

    @Test
    void inLegacyModeEachHasItsIdentityAndNoCapabilityOfSriov() {
        PciDevice device = device("x3100", "multi-function");
        for (int id : device.routingIds(0)) {
            assertThat(device.read(id, 0, 4, 0)).isEqualTo(0x5833_17d5L);
            assertThat(device.read(id, 0x160, 2, 0)).isZero();
            assertThat(device.read(id, 0x0e, 1, 0)).as("multi-function").isEqualTo(0x80);
        }
    }

    @Test
    void moreThanEightFunctionsAreChainedByAlternativeRouting() {
        PciDevice device = device("x3100", "multi-function-17");
        int function = 0;
        int seen = 0;
        do {
            seen++;
            function = (int) device.read(0x0500 + function, 0x155, 1, 0);
        } while (function != 0);
        assertThat(seen).isEqualTo(17);
    }

    @Test
    void everyModeEnumeratesAsManyFunctionsAsItHas() {
        for (FunctionMode mode : forOneSystem(PciModels.named("x3100").orElseThrow())) {
            PciDevice device = device("x3100", mode.name());
            if (mode.kind() == FunctionMode.Kind.SR_IOV) {
                assertThat(host(device).virtualFunctions(mode.functions() - 1, 0))
                        .isEmpty();
            }
            assertThat(device.routingIds(SETTLED)).as(mode.name()).hasSize(mode.functions());
        }
    }

    @Test
    void everyRowSaysWhatItIsFoundedOn() {
        for (PciModel model : PciModels.all()) {
            PciDevice device = new PciDevice(model, model.modes().get(0), 5);
            assertThat(device.table(0))
                    .allSatisfy(row -> assertThat(row.source()).as(row.name()).isNotBlank())
                    .anySatisfy(row -> assertThat(row.evidence()).isEqualTo(Evidence.DOCUMENT));
        }
    }
}
