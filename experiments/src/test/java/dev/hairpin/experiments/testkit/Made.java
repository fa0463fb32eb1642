package dev.hairpin.experiments.testkit;

import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.pcap.Direction;
import dev.hairpin.pcap.PcapWriter;
import dev.hairpin.pcap.PcapngWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small capture that a test makes, frame by frame. */
public final class Made {
    /** 2021-01-01T00:00:00Z in nanoseconds. */
    public static final long START = 1_609_459_200_000_000_000L;

    private static final int HEADER = 14;
    private static final int IPV4 = 0x0800;
    private static final int C_TAG = 0x8100;
    private static final int USUAL = 60;

    private final List<Frame> frames = new ArrayList<>();

    private String port = "";

    private record Frame(long time, String port, byte[] octets) {}

    /** Frames made from now on come by the interface of that name. */
    public Made by(String name) {
        port = name;
        return this;
    }

    /** The address 02:00:00:00:00:0n. */
    public static long station(int n) {
        return 0x0200_0000_0000L + n;
    }

    /** Likewise, as text. */
    public static String mac(int n) {
        return Mac.format(station(n));
    }

    /** A frame of 60 octets from a station to an address, {@code nanos} after the start. */
    public Made frame(long nanos, int from, long to) {
        return octets(START + nanos, from, to, USUAL);
    }

    /** A frame of so many octets at so many nanoseconds since the epoch. */
    public Made octets(long time, int from, long to, int octets) {
        ByteBuffer frame = ByteBuffer.allocate(Math.max(octets, HEADER));
        addresses(frame, from, to).putShort((short) IPV4);
        frames.add(new Frame(time, port, java.util.Arrays.copyOf(frame.array(), octets)));
        return this;
    }

    /** A frame of 60 octets from an address that need not be a station's. */
    public Made source(long nanos, long from, long to) {
        ByteBuffer frame = ByteBuffer.allocate(USUAL);
        addresses(frame, from, to).putShort((short) IPV4);
        frames.add(new Frame(START + nanos, port, frame.array()));
        return this;
    }

    /** A frame of that EtherType. */
    public Made typed(long nanos, int from, long to, int etherType) {
        ByteBuffer frame = ByteBuffer.allocate(USUAL);
        addresses(frame, from, to).putShort((short) etherType);
        frames.add(new Frame(START + nanos, port, frame.array()));
        return this;
    }

    /** TCP over IPv4 with so many octets of payload, all of them zero, as are the checksums. */
    public Made tcp(long nanos, int from, long to, int payload) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + 40 + payload);
        addresses(frame, from, to).putShort((short) IPV4);
        frame.putShort((short) 0x4500)
                .putShort((short) (40 + payload))
                .putInt(0x4000)
                .putInt(0x4006_0000);
        frame.putInt(0x0A00_0001).putInt(0x0A00_0002);
        frame.putInt(0x0001_0002).putInt(1).putInt(0).putInt(0x5010_03E8).putInt(0);
        frames.add(new Frame(START + nanos, port, frame.array()));
        return this;
    }

    /** A frame of VLAN {@code vid}. */
    public Made tagged(long nanos, int from, long to, int vid) {
        ByteBuffer frame = ByteBuffer.allocate(USUAL);
        addresses(frame, from, to).putShort((short) C_TAG).putShort((short) vid).putShort((short) IPV4);
        frames.add(new Frame(START + nanos, port, frame.array()));
        return this;
    }

    private static ByteBuffer addresses(ByteBuffer frame, int from, long to) {
        return addresses(frame, station(from), to);
    }

    private static ByteBuffer addresses(ByteBuffer frame, long from, long to) {
        return frame.putShort((short) (to >>> 32))
                .putInt((int) to)
                .putShort((short) (from >>> 32))
                .putInt((int) from);
    }

    /** Writes {@code file}, a pcapng with an interface for each port, and returns it. */
    public Path writeByInterface(Path file) throws IOException {
        try (PcapngWriter writer = PcapngWriter.create(file, "test")) {
            Map<String, Integer> interfaces = new LinkedHashMap<>();
            for (Frame frame : frames) {
                if (!interfaces.containsKey(frame.port)) {
                    interfaces.put(frame.port, writer.addInterface(frame.port, "", 0));
                }
            }
            for (Frame frame : frames) {
                writer.write(
                        interfaces.getOrDefault(frame.port, 0),
                        frame.time,
                        Slab.of(frame.octets),
                        0,
                        frame.octets.length,
                        frame.octets.length,
                        Direction.INBOUND,
                        "");
            }
        }
        return file;
    }

    /** Writes {@code file}, a pcap, and returns it. */
    public Path write(Path file) throws IOException {
        try (PcapWriter writer = PcapWriter.create(file)) {
            for (Frame frame : frames) {
                writer.write(frame.time, Slab.of(frame.octets), 0, frame.octets.length, frame.octets.length);
            }
        }
        return file;
    }
}
