package dev.hairpin.experiments.placement;

import org.jspecify.annotations.Nullable;

/** What a station can send that no ordinary host does. */
enum Mark {
    STP("STP", Looks.SWITCH),
    PVST("PVST", Looks.SWITCH),
    LLDP("LLDP", Looks.SWITCH),
    LACP("LACP", Looks.SWITCH),
    SLOW("slow protocols", Looks.SWITCH),
    PAUSE("PAUSE", Looks.SWITCH),
    CDP("CDP", Looks.SWITCH),
    DTP("DTP", Looks.SWITCH),
    UDLD("UDLD", Looks.SWITCH),
    PAGP("PAgP", Looks.SWITCH),
    VTP("VTP", Looks.SWITCH),
    CISCO("to 01:00:0c:cc:cc:cc", Looks.SWITCH),
    KEEPALIVE("loopback keepalives", Looks.SWITCH),
    VRRP("VRRP", Looks.GATEWAY),
    HSRP("HSRP", Looks.GATEWAY),
    GLBP("GLBP", Looks.GATEWAY),
    OSPF("OSPF", Looks.GATEWAY),
    EIGRP("EIGRP", Looks.GATEWAY),
    PIM("PIM", Looks.GATEWAY),
    ADVERTISEMENT("router advertisements", Looks.GATEWAY),
    IGMP_QUERY("IGMP queries", Looks.GATEWAY),
    MLD_QUERY("MLD queries", Looks.GATEWAY);

    private static final long CISCO_GROUP = 0x0100_0CCC_CCCCL;
    private static final long PVST_GROUP = 0x0100_0CCC_CCCDL;
    private static final int BPDU = 0x4242;

    private final String what;
    private final Looks looks;

    Mark(String what, Looks looks) {
        this.what = what;
        this.looks = looks;
    }

    /** Which look goes with it. */
    Looks looks() {
        return looks;
    }

    /** {@code sends STP (12 frames)}. */
    String evidence(long frames) {
        return "sends " + what + " (" + Wording.count(frames, "frame") + ")";
    }

    /** What a virtual router address says, or an empty string for any other address. */
    static String ofAddress(long mac) {
        if ((mac & 0xFFFF_FFFF_FF00L) == 0x0000_5E00_0100L || (mac & 0xFFFF_FFFF_FF00L) == 0x0000_5E00_0200L) {
            return "its address is one of VRRP's";
        }
        if ((mac & 0xFFFF_FFFF_FF00L) == 0x0000_0C07_AC00L
                || (mac & 0xFFFF_FFFF_F000L) == 0x0000_0C9F_F000L
                || (mac & 0xFFFF_FFFF_F000L) == 0x0005_73A0_0000L) {
            return "its address is one of HSRP's";
        }
        return (mac & 0xFFFF_FF00_0000L) == 0x0007_B400_0000L ? "its address is one of GLBP's" : "";
    }

    /** What the frame is, going by its link header; null when none of these. */
    static @Nullable Mark ofLink(FrameHeaders frame) {
        return switch (frame.etherType()) {
            case 0x88CC -> LLDP;
            case 0x8808 -> PAUSE;
            case 0x8809 -> frame.octet(frame.payload()) == 1 ? LACP : SLOW;
            case 0x9000 -> frame.destination() == frame.source() ? KEEPALIVE : null;
            default -> ofLlc(frame);
        };
    }

    private static @Nullable Mark ofLlc(FrameHeaders frame) {
        if (frame.llc() == BPDU) {
            return STP;
        }
        long destination = frame.destination();
        if (destination == PVST_GROUP) {
            return PVST;
        }
        if (destination != CISCO_GROUP) {
            return null;
        }
        return switch (frame.snap()) {
            case 0x2000 -> CDP;
            case 0x2004 -> DTP;
            case 0x0111 -> UDLD;
            case 0x0104 -> PAGP;
            case 0x2003 -> VTP;
            default -> CISCO;
        };
    }
}
