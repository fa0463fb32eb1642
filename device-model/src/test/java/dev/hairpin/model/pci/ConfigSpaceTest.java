package dev.hairpin.model.pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigSpaceTest {
    private static Register register(int offset, int octets, long reset, long writable, long clears, long kept) {
        return new Register(offset, octets, "at " + offset, reset, writable, clears, kept, Evidence.DOCUMENT, "test");
    }

    private static ConfigSpace of(Register... table) {
        return new ConfigSpace(List.of(table));
    }

    @Test
    void theLowestOctetComesFirst() {
        ConfigSpace space = of(register(0, 4, 0x10c9_8086L, 0, 0, 0));
        assertThat(space.read(0, 2)).isEqualTo(0x8086);
        assertThat(space.read(2, 2)).isEqualTo(0x10c9);
        assertThat(space.read(3, 1)).isEqualTo(0x10);
    }

    @Test
    void onlyWritableBitsAreWritten() {
        ConfigSpace space = of(register(4, 2, 0x0001, 0x0547, 0, 0));
        space.write(4, 2, 0xffff);
        assertThat(space.read(4, 2)).isEqualTo(0x0547);
        space.write(4, 2, 0);
        assertThat(space.read(4, 2)).isZero();
    }

    @Test
    void aStatusBitIsClearedByWritingOneAndLeftByWritingZero() {
        ConfigSpace space = of(register(6, 2, 0x0010, 0, 0xf900, 0));
        space.set(6, 2, 0xf910);
        space.write(6, 2, 0x0800);
        assertThat(space.read(6, 2)).isEqualTo(0xf110);
        space.write(6, 2, 0);
        assertThat(space.read(6, 2)).isEqualTo(0xf110);
    }

    @Test
    void aWriteOfOneOctetLeavesItsNeighbours() {
        ConfigSpace space = of(register(8, 4, 0, 0xffff_ffffL, 0, 0));
        space.write(8, 4, 0x11223344);
        space.write(9, 1, 0xaa);
        assertThat(space.read(8, 4)).isEqualTo(0x1122aa44);
    }

    @Test
    void whatNoRowNamesReadsZeroAndTakesNothing() {
        ConfigSpace space = of(register(0, 2, 0xffff, 0, 0, 0));
        space.write(2, 2, 0xffff);
        assertThat(space.read(2, 2)).isZero();
    }

    @Test
    void aResetLeavesTheBitsThatAreKept() {
        ConfigSpace space = of(register(0, 2, 0x2810, 0x78ff, 0, 0x00e0));
        space.write(0, 2, 0x50ef);
        space.reset();
        // 0x2810 with bits 7:5 as they were: 0xe0
        assertThat(space.read(0, 2)).isEqualTo(0x28f0);
    }

    @Test
    void rowsThatOverlapAreNoTable() {
        assertThatThrownBy(() -> of(register(0, 4, 0, 0, 0, 0), register(2, 2, 0, 0, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overlaps");
    }

    @Test
    void aRowWithBitsBeyondItsOctetsIsNone() {
        assertThatThrownBy(() -> register(0, 1, 0x100, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> register(0, 1, 0, 3, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> register(4093, 4, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
