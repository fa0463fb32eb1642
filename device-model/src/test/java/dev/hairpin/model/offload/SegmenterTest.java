package dev.hairpin.model.offload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Slab;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 20 octets of TCP payload, 01 to 14, and an MSS of 8: three segments. */
class SegmenterTest {
    private static final String ETHERNET = "020000000002 020000000001 ";
    private static final String PAYLOAD = "0102030405060708 090a0b0c0d0e0f10 11121314";

    /** Total length 60, identification ffff, DF, TTL 64, TCP; the checksum is not filled in. */
    private static final String IPV4 = "0800 4500 003c ffff 4000 4006 0000 0a000001 0a000002 ";

    private static final String IPV6 =
            "86dd 6000 0000 0028 0640 fd000000000000000000000000000001 fd000000000000000000000000000002 ";

    /** Ports 1 and 2, sequence fffffff8, acknowledgment 7; CWR, ACK, PSH and FIN; the checksum is not filled in. */
    private static final String TCP = "0001 0002 fffffff8 00000007 5099 03e8 1234 0000 ";

    private static final Offloads BY_EIGHT = new Offloads(true, true, false, false, false, 1500, 8);

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static Burst burst(byte[] octets, int captured) {
        BurstBuilder builder = new BurstBuilder(1);
        EthernetHeader.read(Slab.of(octets), 0, captured, octets.length, 5, 12, 0, builder);
        return builder.build();
    }

    private static Burst cut(String hex, Offloads set) {
        byte[] octets = octets(hex);
        return new Segmenter(List.of(set), FrameNumber.MOST_MSS).cut(burst(octets, octets.length));
    }

    private static List<String> sent(Burst burst) {
        SentOctets sent = new SentOctets();
        return IntStream.range(0, burst.size())
                .mapToObj(row -> {
                    byte[] octets = new byte[burst.captured(row)];
                    sent.of(burst, row).copy(burst.offset(row), octets, 0, octets.length);
                    return HexFormat.of().formatHex(octets);
                })
                .toList();
    }

    private static String plain(String hex) {
        return hex.replace(" ", "");
    }

    @Test
    void aSegmentOfIpv4HasItsOwnLengthIdentificationSequenceFlagsAndChecksums() {
        Burst segments = cut(ETHERNET + IPV4 + TCP + PAYLOAD, BY_EIGHT);
        assertThat(sent(segments))
                .containsExactly(
                        // CWR on the first alone (5090), FIN and PSH on the last (5019); the identification goes on
                        // after ffff
                        plain(ETHERNET + "0800 4500 0030 ffff 4000 4006 26c6 0a000001 0a000002"
                                + "0001 0002 fffffff8 00000007 5090 03e8 874b 0000 0102030405060708"),
                        plain(ETHERNET + "0800 4500 0030 0000 4000 4006 26c6 0a000001 0a000002"
                                + "0001 0002 00000000 00000007 5010 03e8 67a4 0000 090a0b0c0d0e0f10"),
                        plain(ETHERNET + "0800 4500 002c 0001 4000 4006 26c9 0a000001 0a000002"
                                + "0001 0002 00000008 00000007 5019 03e8 73a5 0000 11121314"));
        assertThat(IntStream.range(0, 3).mapToObj(row -> FrameNumber.text(segments.number(row))))
                .containsExactly("12.1", "12.2", "12.3");
        assertThat(IntStream.range(0, 3).map(segments::length)).containsExactly(62, 62, 58);
        assertThat(IntStream.range(0, 3).mapToLong(segments::time)).containsOnly(5L);
    }

    @Test
    void aSegmentOfIpv6HasItsOwnPayloadLength() {
        assertThat(sent(cut(ETHERNET + "8100 000a" + IPV6 + TCP + PAYLOAD, BY_EIGHT)))
                .as("behind a tag")
                .containsExactly(
                        plain(ETHERNET + "8100 000a" + IPV6.replace("0028 0640", "001c 0640")
                                + "0001 0002 fffffff8 00000007 5090 03e8 a149 0000 0102030405060708"),
                        plain(ETHERNET + "8100 000a" + IPV6.replace("0028 0640", "001c 0640")
                                + "0001 0002 00000000 00000007 5010 03e8 81a2 0000 090a0b0c0d0e0f10"),
                        plain(ETHERNET + "8100 000a" + IPV6.replace("0028 0640", "0018 0640")
                                + "0001 0002 00000008 00000007 5019 03e8 8da3 0000 11121314"));
    }

    @Test
    void aStackMayLeaveTheLengthOfThePacketToTheNic() {
        assertThat(sent(cut(ETHERNET + IPV4.replace("003c", "0000") + TCP + PAYLOAD, BY_EIGHT)))
                .isEqualTo(sent(cut(ETHERNET + IPV4 + TCP + PAYLOAD, BY_EIGHT)));
    }

    @Test
    void whereAnMssIsNotGivenASegmentFillsTheMtu() {
        Offloads byMtu = new Offloads(true, true, false, false, false, 68, 0);
        String payload = "00".repeat(100);
        // 68 less 20 of IPv4 and 20 of TCP: 28, 28, 28, 16
        Burst segments = cut(ETHERNET + IPV4.replace("003c", "008c") + TCP + payload, byMtu);
        assertThat(IntStream.range(0, 4).map(segments::length)).containsExactly(82, 82, 82, 70);
        assertThat(cut(ETHERNET + IPV4.replace("003c", "0044") + TCP + "00".repeat(28), byMtu)
                        .number(0))
                .as("what is not longer than the MTU")
                .isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({
        "its NIC does not segment, 5099, 4000, 06, 003c, false, 94",
        "a SYN, 5002, 4000, 06, 003c, true, 94",
        "a fragment, 5099, 2000, 06, 003c, true, 94",
        "UDP, 5099, 4000, 11, 003c, true, 94",
        "no header of TCP, 4099, 4000, 06, 003c, true, 94",
        "longer than it is, 5099, 4000, 06, 003d, true, 94",
        "captured short of TCP's end, 5099, 4000, 06, 003c, true, 53",
        "captured short of IP, 5099, 4000, 06, 003c, true, 20",
    })
    void anythingElseStaysWhole(
            String what, String flags, String fragment, String protocol, String total, boolean tso, int captured) {
        byte[] frame = octets(ETHERNET
                + IPV4.replace("4000", fragment)
                        .replace("4006", "40" + protocol)
                        .replace("003c", total)
                + TCP.replace("5099", flags)
                + PAYLOAD);
        Burst burst = burst(frame, Math.min(captured, frame.length));
        Offloads set = tso ? BY_EIGHT : Offloads.NONE;
        assertThat(new Segmenter(List.of(set), FrameNumber.MOST_MSS).cut(burst))
                .as(what)
                .isSameAs(burst);
    }

    @Test
    void whereTheCaptureEndsBeforeThePayloadDoesSegmentsHaveTheirLengthsAndTheOctetsThatThereAre() {
        byte[] frame = octets(ETHERNET + IPV4 + TCP + PAYLOAD);
        Burst segments = new Segmenter(List.of(BY_EIGHT), FrameNumber.MOST_MSS).cut(burst(frame, 64));
        assertThat(IntStream.range(0, 3).map(segments::length)).containsExactly(62, 62, 58);
        assertThat(IntStream.range(0, 3).map(segments::captured)).containsExactly(62, 56, 54);
        assertThat(sent(segments).get(0)).contains("874b");
        // TCP's checksum is over octets that are not there: none is written
        assertThat(sent(segments).get(1)).endsWith(plain("5010 03e8 0000 0000 090a"));
        assertThat(sent(segments).get(2)).endsWith(plain("5019 03e8 0000 0000"));
    }

    @Test
    void theCaptureIsEnoughToMakeASegmentAgain() {
        byte[] octets = octets(ETHERNET + IPV4 + TCP + PAYLOAD);
        Burst whole = burst(octets, octets.length);
        BurstBuilder again = new BurstBuilder(1);
        for (int segment = 1; segment <= 3; segment++) {
            Segmenter.addSegment(whole, 0, FrameNumber.segment(12, segment, 8, segment == 3), again);
        }
        assertThat(sent(again.build())).isEqualTo(sent(cut(ETHERNET + IPV4 + TCP + PAYLOAD, BY_EIGHT)));
        assertThatThrownBy(() -> Segmenter.addSegment(whole, 0, FrameNumber.segment(12, 4, 8, true), again))
                .hasMessageContaining("frame 12 has no segment 4: is it the one that was run?");
    }

    @Test
    void anMssBeyondTheDevicesFieldIsRefusedAndNotCut() {
        byte[] octets = octets(ETHERNET + IPV4 + TCP + PAYLOAD);
        Segmenter x3100 = new Segmenter(List.of(BY_EIGHT), 7);
        Burst burst = burst(octets, octets.length);
        assertThat(x3100.refusesAny()).isTrue();
        assertThat(x3100.refuses(burst, 0)).isTrue();
        assertThat(x3100.cut(burst)).isSameAs(burst);
        byte[] small = octets(ETHERNET + IPV4.replace("003c", "0030") + TCP + "0102030405060708");
        assertThat(x3100.refuses(burst(small, small.length), 0))
                .as("what is not segmented needs no MSS")
                .isFalse();
    }
}
