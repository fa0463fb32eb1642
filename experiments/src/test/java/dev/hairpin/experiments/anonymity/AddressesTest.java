package dev.hairpin.experiments.anonymity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.frame.Mac;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What addresses become, and what stays of them. */
class AddressesTest {
    private final Addresses addresses = new Addresses("a seed");

    @Test
    void everyNumberHasAnImageOfItsOwnAndThoseThatStayHaveNoOther() {
        Permutation permutation = new Permutation(new byte[] {1}, "test", 10, number -> number < 100);
        Set<Long> images = new HashSet<>();
        int same = 0;
        for (long number = 0; number < 1024; number++) {
            long image = permutation.map(number);
            assertThat(image).isBetween(0L, 1023L);
            if (number < 100) {
                assertThat(image).isEqualTo(number);
            }
            same += image == number ? 1 : 0;
            images.add(image);
        }
        assertThat(images).hasSize(1024);
        assertThat(same).isLessThan(110);
    }

    @Test
    void oneSeedMapsAlikeAndAnotherOtherwise() {
        long station = 0x0011_2233_4455L;
        assertThat(new Addresses("a seed").mac(station)).isEqualTo(addresses.mac(station));
        assertThat(new Addresses("another").mac(station)).isNotEqualTo(addresses.mac(station));
    }

    @Test
    void aStationStaysOneAndKeepsItsLocalBit() {
        for (long station : new long[] {0x0011_2233_4455L, 0x0200_0000_1001L, 0xFEFF_FFFF_FFFFL}) {
            long image = addresses.mac(station);
            assertThat(image).isNotEqualTo(station);
            assertThat(Mac.isStation(image)).isTrue();
            assertThat(image & 0x0200_0000_0000L).isEqualTo(station & 0x0200_0000_0000L);
            assertThat(image >>> 48).isZero();
        }
        assertThat(addresses.mac(0x0011_2233_4455L) >>> 24)
                .as("vendors tell nothing")
                .isNotEqualTo(addresses.mac(0x0011_2233_4456L) >>> 24);
    }

    @Test
    void whatHasAMeaningForBridgesStays() {
        for (long address : new long[] {
            0, Mac.BROADCAST, Mac.PAUSE, 0x0180_C200_000EL, 0x0100_5E01_0203L, 0x3333_0000_0001L, 0x0000_5E00_0101L
        }) {
            assertThat(addresses.mac(address)).as(Mac.format(address)).isEqualTo(address);
        }
        for (int address : new int[] {0, 0x7F00_0001, 0xE000_0016, 0xEFFF_FFFA, 0xFFFF_FFFF}) {
            assertThat(addresses.ipv4(address)).isEqualTo(address);
        }
        assertThat(addresses.ipv4(0x0A00_0001)).isNotEqualTo(0x0A00_0001);
        assertThat(addresses.ipv6Low(0, 1)).isEqualTo(1);
        assertThat(addresses.ipv6High(0xFF02_0000_0000_0000L)).isEqualTo(0xFF02_0000_0000_0000L);
        assertThat(addresses.ipv6High(0xFE80_0000_0000_0000L)).isEqualTo(0xFE80_0000_0000_0000L);
        assertThat(addresses.ipv6High(0x2001_0DB8_0000_0000L)).isNotEqualTo(0x2001_0DB8_0000_0000L);
    }

    @Test
    void theSolicitedNodeGroupOfAnAddressIsThatOfItsImage() {
        long low = 0x0211_22FF_FE33_4455L;
        long image = addresses.ipv6Low(0xFE80_0000_0000_0000L, low);
        assertThat(image).isNotEqualTo(low);
        long last = image & 0xFF_FFFFL;
        assertThat(addresses.ipv6Low(0xFF02_0000_0000_0000L, 0x0000_0001_FF33_4455L))
                .isEqualTo(0x0000_0001_FF00_0000L | last);
        assertThat(addresses.mac(0x3333_FF33_4455L)).isEqualTo(0x3333_FF00_0000L | last);
    }
}
