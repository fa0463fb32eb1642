package dev.hairpin.model.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VlanTagTest {
    @Test
    void givesBackTheHalvesItIsMadeOf() {
        for (int tpid : new int[] {VlanTag.TPID_C, VlanTag.TPID_S}) {
            for (int tci = 0; tci <= 0xFFFF; tci += 7) {
                int tag = VlanTag.of(tpid, tci);
                assertThat(VlanTag.tpid(tag)).isEqualTo(tpid);
                assertThat(VlanTag.vid(tag)).isEqualTo(tci % 4096);
                assertThat(VlanTag.pcp(tag)).isEqualTo(tci / 8192);
            }
        }
    }

    @Test
    void isNeverNoneNotEvenWithAControlInformationOfZero() {
        assertThat(VlanTag.of(VlanTag.TPID_C, 0)).isNotEqualTo(VlanTag.NONE);
    }

    @Test
    void isAnnouncedByTwoEtherTypesAlone() {
        for (int etherType = EthernetHeader.CUT; etherType <= 0xFFFF; etherType++) {
            assertThat(VlanTag.isTpid(etherType)).isEqualTo(etherType == 0x8100 || etherType == 0x88A8);
        }
    }
}
