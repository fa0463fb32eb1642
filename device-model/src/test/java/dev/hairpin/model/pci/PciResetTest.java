package dev.hairpin.model.pci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.testkit.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PciResetTest {
    private static final int PF = 0x0500;
    private static final int VF0 = 0x0580;
    private static final int DEVICE_CONTROL = 0xa8;
    private static final int FLR = 0x8000;
    private static final long MS = 1_000_000;

    private PciDevice device;

    @BeforeEach
    void plug() {
        PciModel model = PciModels.named("82576").orElseThrow();
        device = new PciDevice(model, model.modes().get(0), 5);
        device.write(PF, 0x170, 2, 2, 0);
        device.write(PF, 0x168, 2, 9, 0);
    }

    @Test
    @Row("Reset/FLR settles")
    void theResetBitReadsZero() {
        device.write(VF0, DEVICE_CONTROL, 2, FLR | 0x2810, 100 * MS);
        assertThat(device.read(VF0, DEVICE_CONTROL, 2, 200 * MS)).isEqualTo(0x2810);
    }

    @Test
    @Row({"Reset/VF FLR", "Reset/FLR settles"})
    void aVirtualFunctionIsResetAlone() {
        long now = 100 * MS;
        device.write(VF0, 0x04, 2, 4, now);
        device.write(0x0582, 0x04, 2, 4, now);
        assertThat(device.write(VF0, DEVICE_CONTROL, 2, FLR, now)).isEqualTo(new PciEffect.FunctionReset(1, 0));
        assertThat(device.read(VF0, 0x04, 2, 199 * MS)).as("does not answer").isEqualTo(0xffff);
        assertThat(device.read(VF0, 0x04, 2, 200 * MS)).as("command").isZero();
        assertThat(device.read(0x0582, 0x04, 2, now)).as("its neighbour").isEqualTo(4);
    }

    @Test
    @Row("Reset/PF FLR")
    void thePhysicalFunctionsResetTakesTheVirtualOnesWithIt() {
        assertThat(device.write(PF, DEVICE_CONTROL, 2, FLR, 100 * MS)).isEqualTo(new PciEffect.FunctionReset(0, 2));
        assertThat(device.routingIds(200 * MS)).containsExactly(PF);
        assertThat(device.read(PF, 0x168, 2, 200 * MS)).as("VF Enable is clear").isZero();
    }

    @Test
    @Row("Reset/FLR keeps")
    void aResetKeepsPayloadSizeAndErrorLog() {
        device.write(PF, DEVICE_CONTROL, 2, 0x2830, 0);
        device.write(PF, 0x108, 4, 0x0010_0000, 0);
        device.write(PF, 0x10, 4, 0xfb00_0000L, 0);
        device.write(PF, DEVICE_CONTROL, 2, FLR | 0x2830, 0);
        assertThat(device.read(PF, DEVICE_CONTROL, 2, 100 * MS))
                .as("256 octets")
                .isEqualTo(0x2830);
        assertThat(device.read(PF, 0x108, 4, 100 * MS)).as("error mask").isEqualTo(0x0010_0000);
        assertThat(device.read(PF, 0x10, 4, 100 * MS)).as("BAR0").isZero();
    }

    @Test
    void aResetBitWrittenAsOneOctetCounts() {
        assertThat(device.write(PF, DEVICE_CONTROL + 1, 1, 0x80, 0)).isInstanceOf(PciEffect.FunctionReset.class);
    }

    @Test
    void aFrozenSlotReadsAllOnesAndForgetsNothing() {
        device.write(PF, 0x10, 4, 0xfb00_0000L, 0);
        device.freeze(true);
        assertThat(device.read(PF, 0, 4, 0)).isEqualTo(0xffff_ffffL);
        device.write(PF, 0x10, 4, 0, 0);
        device.freeze(false);
        assertThat(device.read(PF, 0x10, 4, 0)).isEqualTo(0xfb00_0000L);
    }
}
