package dev.hairpin.model.offload;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.FrameNumber;
import java.util.List;

/**
 * Makes segments of frames that a guest leaves to its NIC to segment: TCP over IPv4 or IPv6, behind whatever tags, with more
 * payload than the MSS. A segment is a frame of its own with an identity of its own, see {@link FrameNumber}; its octets are made
 * where somebody asks for them, see {@link SentOctets}.
 *
 * <p>Anything else stays as it is, and whether it is too long is the relay's to say: what is no TCP, a fragment, a SYN (which
 * counts in the sequence), a frame whose headers the capture does not hold whole or that tells another length than it has. Where
 * only payload is missing, segments have the lengths that they had, and the octets that there are. For one thread.
 */
public final class Segmenter {
    private static final int SYN = 0x02;
    private static final int FLAGS = 13;

    /** Ethernet, IPv4 and TCP, at least. */
    private static final int LEAST_HEADERS = 54;

    private static final int ETHERNET = 14;

    private final List<Offloads> functions;
    private final int mostMss;

    /** By function: frames no longer than this are not segmented. */
    private final int[] shortest;

    private final PacketLayers layers = new PacketLayers();
    private final BurstBuilder out = new BurstBuilder(0);

    /**
     * See {@link Offloads}.
     *
     * @param functions by port
     * @param mostMss the greatest MSS that the device's descriptors hold
     */
    public Segmenter(List<Offloads> functions, int mostMss) {
        this.functions = List.copyOf(functions);
        this.mostMss = mostMss;
        this.shortest = functions.stream()
                .mapToInt(set -> !set.tso()
                        ? Integer.MAX_VALUE
                        : set.mss() == 0 ? set.mtu() + ETHERNET : set.mss() + LEAST_HEADERS)
                .toArray();
    }

    /** Whether no function has frames segmented. */
    public boolean isOff() {
        return functions.stream().noneMatch(Offloads::tso);
    }

    /** Whether a function asks for an MSS that the device has no place for. */
    public boolean refusesAny() {
        return functions.stream().anyMatch(this::isIllegal);
    }

    /** Whether a frame is left to the device to segment with an MSS that it has no place for; its port is its function. */
    public boolean refuses(Burst burst, int row) {
        Offloads set = functions.get(burst.port(row));
        return isIllegal(set) && mss(burst, row, set) > 0;
    }

    private boolean isIllegal(Offloads set) {
        return set.tso() && set.mss() > mostMss;
    }

    /** The frames with segments in place of those that are segmented; the port of each is its function. */
    public Burst cut(Burst burst) {
        int row = 0;
        while (row < burst.size() && mss(burst, row) == 0) {
            row++;
        }
        if (row == burst.size()) {
            return burst;
        }
        for (int whole = 0; whole < row; whole++) {
            out.add(burst, whole, burst.time(whole), burst.port(whole));
        }
        for (; row < burst.size(); row++) {
            int mss = mss(burst, row);
            if (mss == 0) {
                out.add(burst, row, burst.time(row), burst.port(row));
            } else {
                segments(burst, row, mss, out);
            }
        }
        return out.build();
    }

    /** The MSS by which a frame is cut, or 0. */
    private int mss(Burst burst, int row) {
        if (burst.length(row) <= shortest[burst.port(row)]) {
            return 0;
        }
        Offloads set = functions.get(burst.port(row));
        return isIllegal(set) ? 0 : mss(burst, row, set);
    }

    private int mss(Burst burst, int row, Offloads set) {
        long offset = burst.offset(row);
        int length = burst.length(row);
        if (!set.tso()
                || length <= shortest[burst.port(row)]
                || FrameNumber.isSegment(burst.number(row))
                || !layers.read(burst.slab(), offset, burst.captured(row))
                || layers.protocol() != PacketLayers.TCP
                || layers.transport() == PacketLayers.NOWHERE
                || (burst.slab().octet(offset + layers.transport() + FLAGS) & SYN) != 0) {
            return 0;
        }
        int payload = layers.end(length) - layers.payload();
        int mss = set.mss() == 0 ? set.mtu() - (layers.payload() - layers.network()) : set.mss();
        boolean cut = mss >= Offloads.LEAST_MSS && payload > mss && count(payload, mss) <= FrameNumber.MOST_SEGMENTS;
        return cut ? mss : 0;
    }

    private static int count(int payload, int mss) {
        return (payload + mss - 1) / mss;
    }

    /** Segments of the frame whose headers were read last. */
    private void segments(Burst burst, int row, int mss, BurstBuilder into) {
        int header = layers.payload();
        int payload = layers.end(burst.length(row)) - header;
        int segments = count(payload, mss);
        for (int segment = 1; segment <= segments; segment++) {
            addSegment(
                    burst,
                    row,
                    FrameNumber.segment(burst.number(row), segment, mss, segment == segments),
                    header,
                    payload,
                    into);
        }
    }

    private static void addSegment(Burst burst, int row, long number, int header, int payload, BurstBuilder into) {
        int mss = FrameNumber.mss(number);
        int before = (FrameNumber.segment(number) - 1) * mss;
        int own = Math.min(mss, payload - before);
        int captured = Math.max(0, Math.min(own, burst.captured(row) - header - before));
        into.addPart(burst, row, burst.time(row), burst.port(row), number, header + captured, header + own);
    }

    /**
     * Adds the segment {@code number} of the frame in {@code row} of {@code burst}, a frame as captured: so a reader of the
     * capture has what the NIC made.
     */
    public static void addSegment(Burst burst, int row, long number, BurstBuilder into) {
        PacketLayers layers = new PacketLayers();
        int payload = layers.read(burst.slab(), burst.offset(row), burst.captured(row))
                        && layers.protocol() == PacketLayers.TCP
                        && layers.transport() != PacketLayers.NOWHERE
                ? layers.end(burst.length(row)) - layers.payload()
                : 0;
        int before = (FrameNumber.segment(number) - 1) * FrameNumber.mss(number);
        if (payload <= before) {
            throw new IllegalArgumentException("the capture's frame " + FrameNumber.frame(number) + " has no segment "
                    + FrameNumber.segment(number) + ": is it the one that was run?");
        }
        addSegment(burst, row, number, layers.payload(), payload, into);
    }
}
