package dev.hairpin.experiments.testkit;

import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.pcap.PcapWriter;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pcap4j.packet.Dot1qVlanTagPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Rfc791Tos;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.IpV6SimpleFlowLabel;
import org.pcap4j.packet.IpV6SimpleTrafficClass;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;
import org.pcap4j.packet.namednumber.TcpPort;
import org.pcap4j.packet.namednumber.UdpPort;
import org.pcap4j.util.MacAddress;

/**
 * Frames as a sending host's stack gives them to its NIC, made by Pcap4J: TCP of any length, and checksums that are not filled in.
 * Station {@code n} has the addresses 02:00:00:00:00:0n, 10.0.0.n and fd00::n.
 */
public final class SuperFrames {
    /** What stands in place of a checksum. */
    private static final short PARTIAL = 0x1234;

    private static final int PORT = 5001;
    private static final int FIRST_IDENTIFICATION = 0xFFFE;

    private final List<byte[]> frames = new ArrayList<>();
    private final List<Integer> snapped = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private int vid;
    private int snap = Integer.MAX_VALUE;

    /** Frames made from now on bear that VLAN tag; none where it is 0. */
    public SuperFrames tagged(int vlan) {
        vid = vlan;
        return this;
    }

    /** Of frames made from now on so many octets are captured at most. */
    public SuperFrames snapped(int octets) {
        snap = octets;
        return this;
    }

    /** TCP with FIN and PSH over IPv4, with so many octets of payload; returns these. */
    public byte[] tcp4(int from, int to, int sequence, int octets) {
        return tcp(from, to, sequence, octets, false);
    }

    /** Likewise, over IPv6. */
    public byte[] tcp6(int from, int to, int sequence, int octets) {
        return tcp(from, to, sequence, octets, true);
    }

    private byte[] tcp(int from, int to, int sequence, int octets, boolean v6) {
        byte[] payload = payload(octets);
        TcpPacket.Builder tcp = new TcpPacket.Builder()
                .srcPort(TcpPort.getInstance((short) (PORT + from)))
                .dstPort(TcpPort.getInstance((short) (PORT + to)))
                .sequenceNumber(sequence)
                .acknowledgmentNumber(7)
                .dataOffset((byte) 5)
                .ack(true)
                .psh(true)
                .fin(true)
                .window((short) 1000)
                .checksum(PARTIAL)
                .correctChecksumAtBuild(false)
                .payloadBuilder(new UnknownPacket.Builder().rawData(payload));
        add(from, to, v6, IpNumber.TCP, tcp);
        return payload;
    }

    /** UDP over IPv4. */
    public byte[] udp4(int from, int to, int octets) {
        byte[] payload = payload(octets);
        UdpPacket.Builder udp = new UdpPacket.Builder()
                .srcPort(UdpPort.getInstance((short) (PORT + from)))
                .dstPort(UdpPort.getInstance((short) (PORT + to)))
                .length((short) (8 + octets))
                .checksum(PARTIAL)
                .correctChecksumAtBuild(false)
                .payloadBuilder(new UnknownPacket.Builder().rawData(payload));
        add(from, to, false, IpNumber.UDP, udp);
        return payload;
    }

    private byte[] payload(int octets) {
        byte[] payload = new byte[octets];
        random.nextBytes(payload);
        return payload;
    }

    private void add(int from, int to, boolean v6, IpNumber protocol, Packet.Builder transport) {
        Packet ip = v6 ? ipv6(from, to, protocol, transport) : ipv4(from, to, protocol, transport);
        EtherType type = v6 ? EtherType.IPV6 : EtherType.IPV4;
        Packet.Builder inner = ip.getBuilder();
        if (vid != 0) {
            inner = new Dot1qVlanTagPacket.Builder().vid((short) vid).type(type).payloadBuilder(inner);
        }
        frames.add(new EthernetPacket.Builder()
                .dstAddr(mac(to))
                .srcAddr(mac(from))
                .type(vid != 0 ? EtherType.DOT1Q_VLAN_TAGGED_FRAMES : type)
                .payloadBuilder(inner)
                .paddingAtBuild(true)
                .build()
                .getRawData());
        snapped.add(snap);
    }

    private static Packet ipv4(int from, int to, IpNumber protocol, Packet.Builder transport) {
        return new IpV4Packet.Builder()
                .version(IpVersion.IPV4)
                .tos(IpV4Rfc791Tos.newInstance((byte) 0))
                .identification((short) FIRST_IDENTIFICATION)
                .dontFragmentFlag(true)
                .ttl((byte) 64)
                .protocol(protocol)
                .srcAddr((Inet4Address) address(10, 0, 0, from))
                .dstAddr((Inet4Address) address(10, 0, 0, to))
                .headerChecksum(PARTIAL)
                .correctChecksumAtBuild(false)
                .correctLengthAtBuild(true)
                .payloadBuilder(transport)
                .build();
    }

    private static Packet ipv6(int from, int to, IpNumber protocol, Packet.Builder transport) {
        return new IpV6Packet.Builder()
                .version(IpVersion.IPV6)
                .trafficClass(IpV6SimpleTrafficClass.newInstance((byte) 0))
                .flowLabel(IpV6SimpleFlowLabel.newInstance(0))
                .nextHeader(protocol)
                .hopLimit((byte) 64)
                .srcAddr((Inet6Address) address(0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, from))
                .dstAddr((Inet6Address) address(0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, to))
                .correctLengthAtBuild(true)
                .payloadBuilder(transport)
                .build();
    }

    private static InetAddress address(int... octets) {
        byte[] address = new byte[octets.length];
        for (int octet = 0; octet < octets.length; octet++) {
            address[octet] = (byte) octets[octet];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static MacAddress mac(int n) {
        return MacAddress.getByName(Mac.format(Made.station(n)));
    }

    /** Writes {@code file}, a pcap with a frame every 100 microseconds, and returns it. */
    public Path write(Path file) throws IOException {
        try (PcapWriter writer = PcapWriter.create(file)) {
            for (int frame = 0; frame < frames.size(); frame++) {
                byte[] octets = frames.get(frame);
                int captured = Math.min(octets.length, snapped.get(frame));
                writer.write(Made.START + 100_000L * frame, Slab.of(octets), 0, captured, octets.length);
            }
        }
        return file;
    }
}
