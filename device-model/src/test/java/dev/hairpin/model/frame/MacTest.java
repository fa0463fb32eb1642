package dev.hairpin.model.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.testkit.Property;
import org.junit.jupiter.api.Test;

class MacTest {
    @Test
    void hasItsFirstOctetHighest() {
        assertThat(Mac.parse("02:00:00:00:00:01")).hasValue(0x0200_0000_0001L);
        assertThat(Mac.format(0x0200_0000_0001L)).isEqualTo("02:00:00:00:00:01");
    }

    @Test
    void isParsedWithDashesAndInEitherCase() {
        assertThat(Mac.parse("01-80-C2-00-00-0e")).hasValue(0x0180_C200_000EL);
    }

    @Test
    void isParsedFromWhatItIsFormattedAs() {
        Property.forAll(1_000, dice -> {
            long mac = dice.between(0L, Mac.BROADCAST);
            assertThat(Mac.parse(Mac.format(mac))).hasValue(mac);
        });
    }

    @Test
    void isNotParsedFromAnythingElse() {
        for (String text : new String[] {
            "",
            "02:00:00:00:00",
            "02:00:00:00:00:01:",
            "02:00:00:00:00:0g",
            "0200.0000.0001",
            "02:00:00:00:00:-1",
            "02 00 00 00 00 01",
            "02:00-00:00:00:01",
            "02:00:00:00:00:0\uFF11"
        }) {
            assertThat(Mac.parse(text)).as("'%s'", text).isEmpty();
        }
    }

    @Test
    void isAGroupByTheLowestBitOfItsFirstOctet() {
        assertThat(Mac.isGroup(0x0100_0000_0000L)).isTrue();
        assertThat(Mac.isGroup(Mac.BROADCAST)).isTrue();
        assertThat(Mac.isGroup(0xFE00_0000_0000L)).isFalse();
        assertThat(Mac.isGroup(0x0001_0101_0101L)).isFalse();
    }

    @Test
    void isReservedFrom00To0F() {
        for (int last = 0; last <= 0x0F; last++) {
            assertThat(Mac.isReserved(0x0180_C200_0000L + last)).isTrue();
        }
        assertThat(Mac.isReserved(0x0180_C200_0010L)).isFalse();
        assertThat(Mac.isReserved(0x0180_C1FF_FFFFL)).isFalse();
        assertThat(Mac.isReserved(0x0080_C200_0000L)).isFalse();
        assertThat(Mac.PAUSE).isEqualTo(0x0180_C200_0001L);
    }

    @Test
    void isAStationUnlessItIsAGroupOrZero() {
        assertThat(Mac.isStation(0x0200_0000_0001L)).isTrue();
        assertThat(Mac.isStation(1)).isTrue();
        assertThat(Mac.isStation(0)).isFalse();
        assertThat(Mac.isStation(Mac.BROADCAST)).isFalse();
        assertThat(Mac.isStation(0x3333_0000_0001L)).isFalse();
    }
}
