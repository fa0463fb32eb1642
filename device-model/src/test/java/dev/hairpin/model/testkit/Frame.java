package dev.hairpin.model.testkit;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A frame as a test words it: {@code frame(7).from(a).to(b).at(100)}. What is not said is an untagged IPv4 frame of 60
 * octets at time 0 by port 0.
 */
public record Frame(
        long number,
        long time,
        long destination,
        long source,
        int tag,
        int etherType,
        int length,
        int port,
        boolean tcp) {
    private static final int IPV4 = 0x0800;

    /** One of nothing but an Ethernet header. */
    public Frame(long number, long time, long destination, long source, int tag, int etherType, int length, int port) {
        this(number, time, destination, source, tag, etherType, length, port, false);
    }

    /** The frame of that number. */
    public static Frame frame(long number) {
        return new Frame(number, 0, station(2), station(1), VlanTag.NONE, IPV4, 60, 0);
    }

    /** The address of station {@code n}, 02:00:00:00:xx:xx. */
    public static long station(int n) {
        return 0x0200_0000_0000L + n;
    }

    /** A multicast address, 33:33:00:00:xx:xx. */
    public static long group(int n) {
        return 0x3333_0000_0000L + n;
    }

    /** 01-80-C2-00-00-0x. */
    public static long reserved(int x) {
        return 0x0180_C200_0000L + x;
    }

    public Frame to(long address) {
        return new Frame(number, time, address, source, tag, etherType, length, port, tcp);
    }

    public Frame broadcast() {
        return to(Mac.BROADCAST);
    }

    public Frame from(long address) {
        return new Frame(number, time, destination, address, tag, etherType, length, port, tcp);
    }

    public Frame at(long nanos) {
        return new Frame(number, nanos, destination, source, tag, etherType, length, port, tcp);
    }

    public Frame tagged(int tpid, int tci) {
        return new Frame(number, time, destination, source, VlanTag.of(tpid, tci), etherType, length, port, tcp);
    }

    /** Octets on the wire, without FCS. */
    public Frame octets(int count) {
        return new Frame(number, time, destination, source, tag, etherType, count, port, tcp);
    }

    public Frame by(int ingress) {
        return new Frame(number, time, destination, source, tag, etherType, length, ingress, tcp);
    }

    /** With headers of IPv4 and TCP behind Ethernet's, as long as it has room for them. */
    public Frame withTcp() {
        return new Frame(number, time, destination, source, tag, etherType, length, port, true);
    }

    /** As a row of a burst. */
    public void addTo(BurstBuilder builder) {
        int captured = Math.min(length, EthernetHeader.OCTETS);
        builder.add(time, number, destination, source, tag, etherType, 0, captured, length, port);
    }

    /** Its header with its tag, if it has one, and those behind it; cut where the frame ends. */
    public byte[] octets() {
        ByteBuffer header = ByteBuffer.allocate(58);
        header.putShort((short) (destination >>> 32)).putInt((int) destination);
        header.putShort((short) (source >>> 32)).putInt((int) source);
        if (tag != VlanTag.NONE) {
            header.putInt(tag);
        }
        header.putShort((short) etherType);
        if (tcp) {
            int packet = length - header.position();
            header.putShort((short) 0x4500)
                    .putShort((short) packet)
                    .putInt(0x0001_4000)
                    .putInt(0x4006_0000);
            header.putInt(0x0A00_0001).putInt(0x0A00_0002);
            header.putInt(0x0001_0002).putInt(1).putInt(0).putInt(0x5010_03E8).putInt(0);
        }
        return Arrays.copyOf(header.array(), Math.min(length, header.position()));
    }

    /** The octets of frames one behind the other. */
    public static Slab slab(List<Frame> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(frame -> all.writeBytes(frame.octets()));
        return Slab.of(all.toByteArray());
    }

    /** Frames in the order given. */
    public static Burst burst(Frame... frames) {
        return burst(List.of(frames));
    }

    /** Frames in the order given. */
    public static Burst burst(List<Frame> frames) {
        BurstBuilder builder = new BurstBuilder(frames.size());
        frames.forEach(frame -> frame.addTo(builder));
        return builder.build();
    }

    /** The rows of a burst. */
    public static List<Frame> frames(Burst burst) {
        List<Frame> frames = new ArrayList<>(burst.size());
        for (int row = 0; row < burst.size(); row++) {
            frames.add(new Frame(
                    burst.number(row),
                    burst.time(row),
                    burst.destination(row),
                    burst.source(row),
                    burst.tag(row),
                    burst.etherType(row),
                    burst.length(row),
                    burst.port(row)));
        }
        return frames;
    }
}
