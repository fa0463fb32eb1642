package dev.hairpin.model.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.testkit.Property;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EthernetHeaderTest {
    private static final long TIME = 1_700_000_000_123_456_789L;

    @Test
    void readsAnUntaggedFrame() {
        // 02:00:00:00:00:02 < 02:00:00:00:00:01, IPv4
        Burst read = read("020000000002 020000000001 0800 4500");

        assertHeader(read, 0x0200_0000_0002L, 0x0200_0000_0001L, VlanTag.NONE, 0x0800);
        assertThat(read.time(0)).isEqualTo(TIME);
        assertThat(read.number(0)).isEqualTo(1812);
        assertThat(read.port(0)).isEqualTo(3);
        assertThat(read.captured(0)).isEqualTo(16);
        assertThat(read.length(0)).isEqualTo(1514);
    }

    @Test
    void readsTheHighestBitOfAnAddressAsABitAndNotAsASign() {
        // ff:ff:ff:ff:ff:ff < fe:dc:ba:98:76:54, ARP
        assertHeader(read("ffffffffffff fedcba987654 0806"), Mac.BROADCAST, 0xFEDC_BA98_7654L, VlanTag.NONE, 0x0806);
    }

    @Test
    void readsACustomerTag() {
        // 802.1Q: PCP 5, DEI 0, VID 10; then IPv6
        Burst read = read("020000000002 020000000001 8100 a00a 86dd 6000");

        assertHeader(read, 0x0200_0000_0002L, 0x0200_0000_0001L, 0x8100_A00A, 0x86DD);
        assertThat(VlanTag.tpid(read.tag(0))).isEqualTo(VlanTag.TPID_C);
        assertThat(VlanTag.vid(read.tag(0))).isEqualTo(10);
        assertThat(VlanTag.pcp(read.tag(0))).isEqualTo(5);
    }

    @Test
    void readsAServiceTag() {
        // 802.1ad: PCP 0, DEI 1, VID 4095; then IPv4
        Burst read = read("020000000002 020000000001 88a8 1fff 0800");

        assertThat(read.tag(0)).isEqualTo(0x88A8_1FFF);
        assertThat(read.etherType(0)).isEqualTo(0x0800);
    }

    @Test
    void readsTheOuterOfTwoTagsAndTellsTheInnerAsTheEtherType() {
        // S-tag VID 100, C-tag VID 10, IPv4
        Burst read = read("020000000002 020000000001 88a8 0064 8100 000a 0800");

        assertThat(read.tag(0)).isEqualTo(0x88A8_0064);
        assertThat(read.etherType(0)).isEqualTo(VlanTag.TPID_C);
    }

    @Test
    void takesNoOtherEtherTypeForATag() {
        // 0x9100, the pre-standard outer tag
        assertHeader(
                read("020000000002 020000000001 9100 0064 0800"),
                0x0200_0000_0002L,
                0x0200_0000_0001L,
                VlanTag.NONE,
                0x9100);
    }

    @Test
    void takesALengthFieldAsItStands() {
        // 802.3 with LLC: a BPDU of 38 octets
        assertThat(read("0180c2000000 020000000001 0026 424203").etherType(0)).isEqualTo(0x0026);
    }

    @Test
    void readsWhatACutLeavesWholeAndZeroForTheRest() {
        byte[] octets = HexFormat.of().parseHex("a1a2a3a4a5a6b1b2b3b4b5b68100a00a86dd6000");
        for (int captured = 0; captured <= 20; captured++) {
            Burst read = read(Arrays.copyOf(octets, captured));

            assertThat(read.size()).as("rows of %d octets", captured).isOne();
            assertThat(read.destination(0))
                    .as("destination of %d octets", captured)
                    .isEqualTo(captured < 6 ? 0 : 0xA1A2_A3A4_A5A6L);
            assertThat(read.source(0))
                    .as("source of %d octets", captured)
                    .isEqualTo(captured < 12 ? 0 : 0xB1B2_B3B4_B5B6L);
            assertThat(read.tag(0)).as("tag of %d octets", captured).isEqualTo(captured < 16 ? 0 : 0x8100_A00A);
            assertThat(read.etherType(0))
                    .as("EtherType of %d octets", captured)
                    .isEqualTo(captured < 18 ? EthernetHeader.CUT : 0x86DD);
            assertThat(read.captured(0)).isEqualTo(captured);
        }
    }

    @Test
    void readsAnUntaggedFrameWholeFromFourteenOctetsOn() {
        assertThat(read("020000000002 020000000001 08").etherType(0)).isEqualTo(EthernetHeader.CUT);
        assertThat(read("020000000002 020000000001 0800").etherType(0)).isEqualTo(0x0800);
    }

    @Test
    void readsFromTheOffsetItIsGiven() {
        Slab slab = Slab.of(HexFormat.of().parseHex("eeeeee" + "020000000002020000000001" + "0800" + "ffff"));
        BurstBuilder into = new BurstBuilder(1);
        EthernetHeader.read(slab, 3, 14, 60, TIME, 1, 0, into);

        Burst read = into.build();
        assertHeader(read, 0x0200_0000_0002L, 0x0200_0000_0001L, VlanTag.NONE, 0x0800);
        assertThat(read.offset(0)).isEqualTo(3);
    }

    @Test
    void givesARowForAnyOctetsAndReadsNoneBeyondThem() {
        Property.forAll(2_000, dice -> {
            byte[] octets = dice.octets(dice.below(24));
            if (octets.length > 13 && dice.percent(50)) {
                octets[12] = (byte) (dice.percent(50) ? 0x81 : 0x88);
                octets[13] = (byte) (octets[12] == (byte) 0x81 ? 0x00 : 0xA8);
            }
            // The slab ends where the frame ends: a read beyond it would throw.
            Burst read = read(octets);

            assertThat(read.size()).isOne();
            assertThat(read.destination(0)).isEqualTo(number(octets, 0, 6));
            assertThat(read.source(0)).isEqualTo(number(octets, 6, 12));
        });
    }

    private static long number(byte[] octets, int from, int to) {
        if (octets.length < to) {
            return 0;
        }
        long number = 0;
        for (int at = from; at < to; at++) {
            number = number << 8 | (at < octets.length ? octets[at] & 0xFF : 0);
        }
        return number;
    }

    private static void assertHeader(Burst read, long destination, long source, int tag, int etherType) {
        assertThat(Mac.format(read.destination(0))).isEqualTo(Mac.format(destination));
        assertThat(Mac.format(read.source(0))).isEqualTo(Mac.format(source));
        assertThat(read.tag(0)).isEqualTo(tag);
        assertThat(read.etherType(0)).isEqualTo(etherType);
    }

    private static Burst read(String octets) {
        return read(HexFormat.of().parseHex(octets.replace(" ", "")));
    }

    private static Burst read(byte[] octets) {
        BurstBuilder into = new BurstBuilder(1);
        EthernetHeader.read(Slab.of(octets), 0, octets.length, 1514, TIME, 1812, 3, into);
        return into.build();
    }
}
