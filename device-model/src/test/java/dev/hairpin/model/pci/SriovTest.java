package dev.hairpin.model.pci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.testkit.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The capability of SR-IOV, row by row, on the 82576: 8 VFs from routing id 0x80 on, every second. */
class SriovTest {
    private static final int BUS = 5;
    private static final int PF = BUS << 8;
    private static final int AT = 0x160;
    private static final long MS = 1_000_000;
    private static final int ENABLE_MEMORY = 0x0009;

    private PciDevice device;

    @BeforeEach
    void plug() {
        PciModel model = PciModels.named("82576").orElseThrow();
        device = new PciDevice(model, model.modes().get(0), BUS);
    }

    private long read(int field, int octets) {
        return device.read(PF, AT + field, octets, 0);
    }

    private PciEffect write(int field, int octets, long value, long now) {
        return device.write(PF, AT + field, octets, value, now);
    }

    private void enable(int number, long now) {
        write(0x10, 2, number, now);
        write(0x08, 2, ENABLE_MEMORY, now);
    }

    @Test
    @Row("SR-IOV/Extended Capability Header")
    void isFoundByItsIdAndVersion() {
        assertThat(read(0, 4)).as("id 0010, version 1, the last").isEqualTo(0x0001_0010);
    }

    @Test
    @Row("SR-IOV/SR-IOV Capabilities")
    void capabilitiesTellOfNoMigration() {
        write(0x04, 4, 0xffff_ffffL, 0);
        assertThat(read(0x04, 4)).isZero();
    }

    @Test
    @Row({"SR-IOV/Function Dependency Link", "SR-IOV/VF Migration State Array Offset"})
    void functionsDependOnNoOthersAndHaveNoStatesOfMigration() {
        write(0x12, 1, 0xff, 0);
        write(0x3c, 4, 0xffff_ffffL, 0);
        assertThat(read(0x12, 1)).as("on itself").isZero();
        assertThat(read(0x3c, 4)).isZero();
    }

    @Test
    @Row("SR-IOV/VF BAR3")
    void theWindowOfMsiXIsMeasuredLikewise() {
        write(0x30, 4, 0xffff_ffffL, 0);
        write(0x34, 4, 0xffff_ffffL, 0);
        assertThat(read(0x30, 4)).as("16 KiB, 64 bits, prefetchable").isEqualTo(0xffff_c00cL);
        assertThat(read(0x34, 4)).isEqualTo(0xffff_ffffL);
    }

    @Test
    @Row("SR-IOV/SR-IOV Control")
    void controlTakesEnableMemoryAndHierarchyOnly() {
        write(0x08, 2, 0xffff, 0);
        assertThat(read(0x08, 2)).isEqualTo(0x0019);
    }

    @Test
    @Row("SR-IOV/SR-IOV Status")
    void statusIsReadOnly() {
        write(0x0a, 2, 0xffff, 0);
        assertThat(read(0x0a, 2)).isZero();
    }

    @Test
    @Row({"SR-IOV/InitialVFs", "SR-IOV/TotalVFs"})
    void initialAndTotalAreEqualAndReadOnly() {
        write(0x0c, 4, 0, 0);
        assertThat(read(0x0c, 2)).isEqualTo(8);
        assertThat(read(0x0e, 2)).isEqualTo(8);
    }

    @Test
    @Row("SR-IOV/NumVFs")
    void theNumberIsTakenWhileTheyAreDisabled() {
        write(0x10, 2, 3, 0);
        assertThat(read(0x10, 2)).isEqualTo(3);
    }

    @Test
    @Row({"SR-IOV/NumVFs", "VF/NumVFs while enabled"})
    void theNumberIsNotTakenWhileTheyAreEnabled() {
        enable(3, 0);
        write(0x10, 2, 5, 0);
        assertThat(read(0x10, 2)).isEqualTo(3);
    }

    @Test
    @Row({"SR-IOV/First VF Offset", "SR-IOV/VF Stride", "SR-IOV/VF Device ID"})
    void offsetStrideAndDeviceAreReadOnly() {
        write(0x14, 4, 0, 0);
        write(0x1a, 2, 0, 0);
        assertThat(read(0x14, 2)).isEqualTo(0x80);
        assertThat(read(0x16, 2)).isEqualTo(2);
        assertThat(read(0x1a, 2)).isEqualTo(0x10ca);
    }

    @Test
    @Row({"SR-IOV/Supported Page Sizes", "SR-IOV/System Page Size"})
    void theSixPageSizesAreSupportedAndFourKibSet() {
        assertThat(read(0x1c, 4)).isEqualTo(0x553);
        assertThat(read(0x20, 4)).isEqualTo(1);
    }

    @Test
    @Row("SR-IOV/System Page Size")
    void thePageSizeTakesOneSupportedSizeAndNothingElse() {
        write(0x20, 4, 0x10, 0);
        assertThat(read(0x20, 4)).as("64 KiB").isEqualTo(0x10);
        write(0x20, 4, 0x11, 0);
        assertThat(read(0x20, 4)).as("two sizes are none").isEqualTo(0x10);
        write(0x20, 4, 0x4, 0);
        assertThat(read(0x20, 4)).as("16 KiB is not supported").isEqualTo(0x10);
        enable(1, 0);
        write(0x20, 4, 1, 0);
        assertThat(read(0x20, 4)).as("not while they are enabled").isEqualTo(0x10);
    }

    @Test
    @Row("SR-IOV/VF BAR0")
    void windowsAreMeasuredForOneVirtualFunction() {
        write(0x24, 4, 0xffff_ffffL, 0);
        write(0x28, 4, 0xffff_ffffL, 0);
        assertThat(read(0x24, 4)).as("16 KiB, 64 bits, prefetchable").isEqualTo(0xffff_c00cL);
        assertThat(read(0x28, 4)).isEqualTo(0xffff_ffffL);
        write(0x2c, 4, 0xffff_ffffL, 0);
        assertThat(read(0x2c, 4)).as("no window").isZero();
    }

    @Test
    @Row({"SR-IOV/SR-IOV Control", "VF/routing id"})
    void enablingMakesAsManyAsWereNumbered() {
        write(0x10, 2, 3, 0);
        assertThat(write(0x08, 2, ENABLE_MEMORY, 0)).isEqualTo(new PciEffect.FunctionsEnabled(3));
        // 05:00.0, then 05:10.0, 05:10.2, 05:10.4
        assertThat(device.routingIds(100 * MS)).containsExactly(0x0500, 0x0580, 0x0582, 0x0584);
    }

    @Test
    @Row("VF/settling")
    void virtualFunctionsDoNotAnswerBeforeHundredMilliseconds() {
        enable(1, 5 * MS);
        assertThat(device.read(0x0580, 0, 4, 105 * MS - 1)).isEqualTo(0xffff_ffffL);
        assertThat(device.read(0x0580, 0x08, 1, 105 * MS)).as("revision").isEqualTo(1);
    }

    @Test
    @Row("VF/vanishing")
    void enabledAgainWithinASecondTheyAnswerOnlyAfterIt() {
        enable(1, 0);
        write(0x08, 2, 0, 200 * MS);
        enable(1, 300 * MS);
        assertThat(device.routingIds(1_199 * MS)).hasSize(1);
        assertThat(device.routingIds(1_200 * MS)).hasSize(2);
    }

    @Test
    @Row("VF/NumVFs beyond TotalVFs")
    void aNumberBeyondTheTotalMakesNone() {
        write(0x10, 2, 9, 0);
        assertThat(write(0x08, 2, ENABLE_MEMORY, 0)).isEqualTo(new PciEffect.FunctionsEnabled(0));
        assertThat(device.routingIds(1_000 * MS)).containsExactly(PF);
    }

    @Test
    @Row("Reset/VF Enable cleared")
    void disablingTakesThemAllAndWhatTheyHeld() {
        enable(2, 0);
        device.write(0x0582, 0x04, 2, 0x0004, 100 * MS);
        assertThat(write(0x08, 2, 0, 100 * MS)).isEqualTo(new PciEffect.FunctionsGone(2));
        assertThat(device.routingIds(100 * MS)).containsExactly(PF);
        enable(2, 2_000 * MS);
        assertThat(device.read(0x0582, 0x04, 2, 3_000 * MS)).isZero();
    }

    @Test
    @Row({"VF/identity", "VF/no INTx", "VF/own BARs", "VF/no I/O ports"})
    void aVirtualFunctionHasNoIdentityNoPinNoWindowsOfItsOwn() {
        enable(1, 0);
        long now = 100 * MS;
        assertThat(device.read(0x0580, 0x00, 4, now)).as("vendor and device").isEqualTo(0xffff_ffffL);
        assertThat(device.read(0x0580, 0x3c, 2, now))
                .as("interrupt line and pin")
                .isZero();
        device.write(0x0580, 0x10, 4, 0xffff_ffffL, now);
        assertThat(device.read(0x0580, 0x10, 4, now)).as("BAR0").isZero();
        device.write(0x0580, 0x04, 2, 0xffff, now);
        assertThat(device.read(0x0580, 0x04, 2, now)).as("bus master only").isEqualTo(0x0004);
    }

    @Test
    @Row("VF/window n")
    void aWindowOfVirtualFunctionNIsNSizesFromTheFirst() {
        write(0x24, 4, 0xa000_0000L, 0);
        enable(3, 0);
        long now = 100 * MS;
        assertThat(device.decode(0xa000_0000L, now)).contains(new Window(1, 0, 0));
        assertThat(device.decode(0xa000_4010L, now)).contains(new Window(2, 0, 0x10));
        assertThat(device.decode(0xa000_bfffL, now)).contains(new Window(3, 0, 0x3fff));
        assertThat(device.decode(0xa000_c000L, now)).as("a fourth is not there").isEmpty();
    }

    @Test
    @Row("VF/window n")
    void aLargerPageOfTheSystemPutsThemFurtherApart() {
        write(0x20, 4, 0x10, 0);
        write(0x24, 4, 0xa000_0000L, 0);
        enable(2, 0);
        assertThat(device.decode(0xa001_0000L, 100 * MS)).contains(new Window(2, 0, 0));
        assertThat(device.decode(0xa000_4000L, 100 * MS))
                .as("behind the window, in its page")
                .isEmpty();
    }

    @Test
    @Row("VF/memory")
    void theirMemoryIsSwitchedByThePhysicalFunction() {
        write(0x24, 4, 0xa000_0000L, 0);
        write(0x10, 2, 1, 0);
        write(0x08, 2, 0x0001, 0);
        assertThat(device.decode(0xa000_0000L, 100 * MS)).isEmpty();
        write(0x08, 2, ENABLE_MEMORY, 100 * MS);
        assertThat(device.decode(0xa000_0000L, 100 * MS)).contains(new Window(1, 0, 0));
    }

    @Test
    @Row("VF/routing id")
    void routingIdsCarryIntoTheBusNumber() {
        PciModel model = PciModels.named("82599").orElseThrow();
        PciDevice many = new PciDevice(model, model.modes().get(0), BUS);
        many.write(PF, AT + 0x10, 2, 64, 0);
        many.write(PF, AT + 0x08, 2, ENABLE_MEMORY, 0);
        // The 64th: 0x0500 + 0x80 + 2 * 63 = 0x05fe; one more would be on bus 6.
        assertThat(many.routingId(64)).isEqualTo(0x05fe);
        assertThat(many.routingId(65)).isEqualTo(0x0600);
    }
}
