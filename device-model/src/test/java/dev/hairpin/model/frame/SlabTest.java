package dev.hairpin.model.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SlabTest {
    private static final byte[] OCTETS = {(byte) 0xF1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void readsBigEndian() {
        Slab slab = Slab.of(OCTETS);

        assertThat(slab.size()).isEqualTo(9);
        assertThat(slab.octet(0)).isEqualTo(0xF1);
        assertThat(slab.u16(0)).isEqualTo(0xF102);
        assertThat(slab.i32(0)).isEqualTo(0xF102_0304);
        assertThat(slab.i64(1)).isEqualTo(0x0203_0405_0607_0809L);
    }

    @Test
    void copiesARange() {
        byte[] into = new byte[4];
        Slab.of(OCTETS).copy(2, into, 1, 3);
        assertThat(into).containsExactly(0, 3, 4, 5);
    }

    @Test
    void doesNotChangeWithTheOctetsItWasMadeOf() {
        byte[] octets = OCTETS.clone();
        Slab slab = Slab.of(octets);
        octets[0] = 0;
        assertThat(slab.octet(0)).isEqualTo(0xF1);
    }

    @Test
    void throwsOutsideItsBounds() {
        Slab slab = Slab.of(OCTETS);
        for (long offset : new long[] {-1, 9, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> slab.octet(offset)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> slab.u16(8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.i64(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slab.copy(7, new byte[4], 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
