package dev.hairpin.model.pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.pci.PciHost.Addresses;
import dev.hairpin.model.testkit.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An X3100 with 17 functions behind three root complexes: rc0 has five of them, rc1 three, rc2 one. */
class MultiRootTest {
    private static final PciModel X3100 = PciModels.named("x3100").orElseThrow();
    private static final FunctionMode MODE = X3100.mode("mr-iov").orElseThrow();
    private static final long SETTLED = PciHost.pause(true);
    private static final int FLR = 0x8000;
    private static final int DEVICE_CONTROL = 0xa8;
    private static final int PF = 0x0500;

    private MultiRoot shared;

    private static Map<String, Integer> functions(int first, int second, int third) {
        Map<String, Integer> functions = new LinkedHashMap<>();
        functions.put("rc0", first);
        functions.put("rc1", second);
        functions.put("rc2", third);
        return functions;
    }

    /** Each host enumerates what it sees, and enables all the virtual functions it has. */
    @BeforeEach
    void plug() {
        shared = new MultiRoot(X3100, MODE, functions(5, 3, 1), 5);
        for (String name : shared.names()) {
            PciDevice device = shared.in(name);
            PciHost host = new PciHost(device, Addresses.USUAL, X3100.virtualLimit());
            host.enumerate(0);
            if (device.mode().functions() > 1) {
                assertThat(host.virtualFunctions(device.mode().functions() - 1, 0))
                        .isEmpty();
            }
        }
    }

    private List<Integer> seen(String name) {
        return shared.in(name).routingIds(SETTLED);
    }

    @Test
    void eachRootComplexSeesItsFunctionsAndNoOthers() {
        assertThat(seen("rc0")).containsExactly(0x0500, 0x0501, 0x0502, 0x0503, 0x0504);
        assertThat(seen("rc1")).containsExactly(0x0500, 0x0501, 0x0502);
        assertThat(seen("rc2")).containsExactly(0x0500);
        // The device has 17 functions, but in rc1 nothing answers behind the third.
        for (int id = 0x0503; id <= 0x0510; id++) {
            assertThat(shared.in("rc1").read(id, 0, 4, SETTLED)).isEqualTo(0xffff_ffffL);
        }
    }

    @Test
    void theCapabilityTellsOfTheHierarchysOwnFunctionsOnly() {
        assertThat(shared.in("rc0").read(PF, 0x160 + 0x0e, 2, SETTLED))
                .as("TotalVFs")
                .isEqualTo(4);
        assertThat(shared.in("rc1").read(PF, 0x160 + 0x0e, 2, SETTLED)).isEqualTo(2);
        assertThat(shared.in("rc2").read(PF, 0x160, 4, SETTLED))
                .as("no capability")
                .isZero();
    }

    @Test
    void windowsOfOneHierarchyAreNotThoseOfAnother() {
        PciDevice first = shared.in("rc0");
        PciDevice third = shared.in("rc2");
        long window = third.windows(0).get(0).address();
        assertThat(third.decode(window, SETTLED)).contains(new Window(0, 0, 0));
        long behind = first.windows(4).get(0).address();
        assertThat(first.decode(behind, SETTLED)).contains(new Window(4, 0, 0));
        assertThat(third.decode(behind, SETTLED)).isEmpty();
    }

    @Test
    void aResetInOneHierarchyDisturbsNoOther() {
        assertThat(shared.in("rc1").write(PF, DEVICE_CONTROL, 2, FLR, SETTLED))
                .isEqualTo(new PciEffect.FunctionReset(0, 2));
        assertThat(seen("rc1")).isEmpty();
        assertThat(seen("rc0")).hasSize(5);
        assertThat(seen("rc2")).hasSize(1);
    }

    @Test
    void virtualFunctionsSwitchedOffInOneStayInTheOthers() {
        shared.in("rc0").write(PF, 0x168, 2, 0, SETTLED);
        assertThat(seen("rc0")).containsExactly(PF);
        assertThat(seen("rc1")).hasSize(3);
    }

    @Test
    void aFrozenSlotIsFrozenForItsServerOnly() {
        shared.in("rc0").freeze(true);
        assertThat(shared.in("rc0").read(PF, 0, 4, SETTLED)).isEqualTo(0xffff_ffffL);
        assertThat(shared.in("rc1").read(PF, 0, 4, SETTLED)).isEqualTo(0x5833_17d5L);
    }

    @Test
    void thereAreNoMoreFunctionsThanTheModeHas() {
        assertThat(new MultiRoot(X3100, MODE, functions(9, 7, 1), 5).names()).containsExactly("rc0", "rc1", "rc2");
        assertThatThrownBy(() -> new MultiRoot(X3100, MODE, functions(9, 7, 2), 5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aModeForOneSystemIsNoneForSeveralNorTheOtherWayRound() {
        FunctionMode single = X3100.mode("sr-iov").orElseThrow();
        assertThatThrownBy(() -> new MultiRoot(X3100, single, functions(1, 1, 1), 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PciDevice(X3100, MODE, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shared.in("rc3")).hasMessageContaining("rc3");
    }

    /** 17 virtual paths: one each for 17 functions, two for eight and one spare, all for one. */
    @Test
    @Row("Rates/vxge paths")
    void virtualPathsAreDividedAmongTheFunctionsOfAMode() {
        assertThat(X3100.modes())
                .allSatisfy(mode -> assertThat(X3100.paths(mode) * mode.functions())
                        .as(mode.name())
                        .isBetween(X3100.paths() - mode.functions() + 1, X3100.paths()));
        assertThat(X3100.paths(X3100.mode("sr-iov").orElseThrow())).isEqualTo(1);
        assertThat(X3100.paths(X3100.mode("multi-function").orElseThrow())).isEqualTo(2);
        assertThat(X3100.paths(X3100.mode("single-function").orElseThrow())).isEqualTo(17);
    }
}
