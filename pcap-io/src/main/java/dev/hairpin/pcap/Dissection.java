package dev.hairpin.pcap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IllegalPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.LlcPacket;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.NamedNumber;

/**
 * Tells in a few lines what a frame is, one line for each layer, for people who ask about a single frame. Any octets get
 * an answer; what cannot be parsed is shown as octets. Done by Pcap4J's packet classes, which need no libpcap.
 */
public final class Dissection {
    /** More of a frame is not looked at: its headers stand before that. */
    private static final int LOOKED_AT = 1 << 14;

    private static final int MOST_LAYERS = 32;
    private static final int SHOWN_OCTETS = 16;
    private static final int LEAST_ETHERTYPE = 0x600;
    private static final int S_TAG = 0x88A8;
    private static final int OLD_S_TAG = 0x9100;
    private static final HexFormat HEX = HexFormat.of();
    private static final int SPANNING_TREE = 0x42;

    private Dissection() {}

    /**
     * One line for each layer, the outermost first. The last may be the octets that nothing is known of.
     *
     * @param frame an Ethernet frame without FCS, or what was captured of it
     */
    public static List<String> dissect(byte[] frame) {
        List<String> lines = new ArrayList<>();
        byte[] seen = frame.length <= LOOKED_AT ? frame : Arrays.copyOf(frame, LOOKED_AT);
        Packet layer = parse(seen, EthernetPacket::newPacket);
        if (layer == null) {
            lines.add(octets("Ethernet, cut", frame));
        }
        while (layer != null && lines.size() < MOST_LAYERS) {
            lines.add(line(layer));
            layer = inside(layer);
        }
        return lines;
    }

    /** What the layer carries; a tag behind an EtherType that Pcap4J does not take for one is parsed here. */
    private static @Nullable Packet inside(Packet layer) {
        Packet payload = layer.getPayload();
        if (payload instanceof UnknownPacket && isTag(layer)) {
            Packet tag = parse(payload.getRawData(), Dot1qVlanTagPacket::newPacket);
            return tag == null ? payload : tag;
        }
        return payload;
    }

    private static boolean isTag(Packet layer) {
        int etherType = 0;
        if (layer instanceof EthernetPacket ethernet) {
            etherType = ethernet.getHeader().getType().value() & 0xFFFF;
        } else if (layer instanceof Dot1qVlanTagPacket tag) {
            etherType = tag.getHeader().getType().value() & 0xFFFF;
        }
        return etherType == S_TAG || etherType == OLD_S_TAG;
    }

    private static @Nullable Packet parse(byte[] octets, Parser parser) {
        try {
            return parser.parse(octets, 0, octets.length);
        } catch (IllegalRawDataException | RuntimeException | StackOverflowError unparsable) {
            // Hostile octets find the limits of any parser; deeply nested layers find those of the stack.
            return null;
        }
    }

    private static String line(Packet layer) {
        try {
            return describe(layer);
        } catch (RuntimeException | StackOverflowError unreadable) {
            return name(layer) + ", unreadable";
        }
    }

    private static String describe(Packet layer) {
        if (layer instanceof EthernetPacket ethernet) {
            EthernetPacket.EthernetHeader header = ethernet.getHeader();
            return "Ethernet " + header.getSrcAddr() + " > " + header.getDstAddr() + ", " + etherType(header.getType());
        } else if (layer instanceof Dot1qVlanTagPacket tag) {
            Dot1qVlanTagPacket.Dot1qVlanTagHeader header = tag.getHeader();
            return "VLAN " + header.getVidAsInt() + ", priority " + (header.getPriority() & 7)
                    + (header.getCfi() ? ", DEI" : "") + ", " + etherType(header.getType());
        } else if (layer instanceof ArpPacket arp) {
            ArpPacket.ArpHeader header = arp.getHeader();
            return "ARP " + named(header.getOperation()) + ", " + header.getSrcHardwareAddr() + " "
                    + header.getSrcProtocolAddr().getHostAddress() + " > " + header.getDstHardwareAddr() + " "
                    + header.getDstProtocolAddr().getHostAddress();
        } else if (layer instanceof IpV4Packet ip) {
            IpV4Packet.IpV4Header header = ip.getHeader();
            return "IPv4 " + header.getSrcAddr().getHostAddress() + " > "
                    + header.getDstAddr().getHostAddress() + ", " + named(header.getProtocol()) + ", length "
                    + header.getTotalLengthAsInt() + ", TTL " + header.getTtlAsInt();
        } else if (layer instanceof IpV6Packet ip) {
            IpV6Packet.IpV6Header header = ip.getHeader();
            return "IPv6 " + header.getSrcAddr().getHostAddress() + " > "
                    + header.getDstAddr().getHostAddress() + ", " + named(header.getNextHeader()) + ", length "
                    + header.getPayloadLengthAsInt() + ", hop limit " + header.getHopLimitAsInt();
        }
        return describeTransport(layer);
    }

    private static String describeTransport(Packet layer) {
        if (layer instanceof TcpPacket tcp) {
            TcpPacket.TcpHeader header = tcp.getHeader();
            return "TCP " + header.getSrcPort().valueAsInt() + " > "
                    + header.getDstPort().valueAsInt() + flags(header) + ", sequence "
                    + header.getSequenceNumberAsLong() + ", acknowledgment "
                    + header.getAcknowledgmentNumberAsLong();
        } else if (layer instanceof UdpPacket udp) {
            UdpPacket.UdpHeader header = udp.getHeader();
            return "UDP " + header.getSrcPort().valueAsInt() + " > "
                    + header.getDstPort().valueAsInt() + ", length " + header.getLengthAsInt();
        } else if (layer instanceof IcmpV4CommonPacket icmp) {
            return "ICMP " + named(icmp.getHeader().getType());
        } else if (layer instanceof IcmpV6CommonPacket icmp) {
            return "ICMPv6 " + named(icmp.getHeader().getType());
        } else if (layer instanceof LlcPacket llc) {
            LlcPacket.LlcHeader header = llc.getHeader();
            return "LLC " + linkService(header.getSsap()) + " > " + linkService(header.getDsap());
        } else if (layer instanceof UnknownPacket) {
            return octets("data", layer.getRawData());
        } else if (layer instanceof IllegalPacket) {
            return octets("malformed", layer.getRawData());
        }
        return name(layer) + ", " + layer.length() + " octets";
    }

    private static String flags(TcpPacket.TcpHeader header) {
        return (header.getSyn() ? ", SYN" : "")
                + (header.getFin() ? ", FIN" : "")
                + (header.getRst() ? ", RST" : "")
                + (header.getPsh() ? ", PSH" : "")
                + (header.getAck() ? ", ACK" : "")
                + (header.getUrg() ? ", URG" : "");
    }

    private static String etherType(NamedNumber<Short, ?> type) {
        int value = type.value() & 0xFFFF;
        if (value < LEAST_ETHERTYPE) {
            return "length " + value;
        }
        String name = etherTypeName(value);
        return "EtherType 0x" + HEX.toHexDigits((short) value) + known(name.isEmpty() ? type.name() : name);
    }

    /** Names of what Pcap4J does not know or tells at length. */
    private static String etherTypeName(int etherType) {
        return switch (etherType) {
            case 0x8100 -> "C-TAG";
            case 0x8808 -> "MAC control";
            case 0x8809 -> "slow protocols";
            case 0x888E -> "EAPOL";
            case S_TAG -> "S-TAG";
            case 0x88CC -> "LLDP";
            case 0x88E7 -> "I-TAG";
            case 0x88F5 -> "MVRP";
            case 0x88F6 -> "MMRP";
            case 0x8906 -> "FCoE";
            case 0x8914 -> "FIP";
            case 0x8926 -> "VN-Tag";
            case 0x893F -> "E-TAG";
            case 0x8940 -> "ECP";
            default -> "";
        };
    }

    private static String linkService(NamedNumber<Byte, ?> point) {
        int value = point.value() & 0xFF;
        return "0x" + HEX.toHexDigits((byte) value) + (value == SPANNING_TREE ? " spanning tree" : known(point.name()));
    }

    private static String named(NamedNumber<?, ?> number) {
        return number.valueAsString() + known(number.name());
    }

    private static String known(String name) {
        return name.equals("unknown") ? "" : " " + name;
    }

    /** A class's name without its last word: {@code Dns} for {@code DnsPacket}. */
    private static String name(Packet layer) {
        return layer.getClass().getSimpleName().replaceFirst("Packet$", "");
    }

    private static String octets(String what, byte[] octets) {
        StringBuilder line =
                new StringBuilder(what).append(", ").append(octets.length).append(" octets");
        for (int octet = 0; octet < Math.min(SHOWN_OCTETS, octets.length); octet++) {
            line.append(octet == 0 ? ": " : " ").append(HEX.toHexDigits(octets[octet]));
        }
        return line.append(octets.length > SHOWN_OCTETS ? " ..." : "").toString();
    }

    /** How Pcap4J's classes are made. */
    private interface Parser {
        Packet parse(byte[] octets, int offset, int length) throws IllegalRawDataException;
    }
}
