package dev.hairpin.pcap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pass over a pcapng file. It is a row of blocks, each with its type, its length, a body and its length again. A section
 * header sets the byte order of what follows and forgets the interfaces; an interface description adds one; the frames
 * refer to these by number. The length a section claims to have is not used: its blocks say where it ends.
 */
final class PcapngReader extends CaptureReader {
    static final int FLAGS = 2;

    private static final int SHORTEST_BLOCK = 12;
    private static final int SHORTEST_SECTION_HEADER = 28;
    private static final int PACKET_HEADER = 28;
    private static final int SIMPLE_PACKET_HEADER = 12;
    private static final int TRAILER = 4;
    private static final int FCS_SHIFT = 5;
    private static final int FCS_MASK = 0xF;
    private static final int LONGEST_COMMENTS = 1 << 20;
    private static final long U32 = 0xFFFF_FFFFL;

    private final OrderedOctets octets;
    private final OptionWalk options;
    private final Tally skippedBlocks = new Tally();
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private int section = -1;
    private int firstInterface;
    private @Nullable PcapngSection marked;

    private boolean timed;
    private int flags;
    private long optionsFrom;
    private long optionsEnd;

    PcapngReader(MappedSlab slab, String file, Optional<Damage> damageAtEnd) {
        super(slab, file, damageAtEnd);
        this.octets = new OrderedOctets(slab);
        this.options = new OptionWalk(octets);
    }

    static long padded(long length) {
        return length + 3 & ~3L;
    }

    static String hex(int number) {
        return "0x" + HexFormat.of().toHexDigits(number);
    }

    @Override
    public boolean next() {
        while (true) {
            long at = nextRecord;
            long left = slab.size() - at;
            if (left < SHORTEST_BLOCK) {
                return left == 0 ? ended() : cut(at, left + " octets", "a block of at least " + SHORTEST_BLOCK);
            }
            int type = slab.i32(at);
            if (type == BlockType.SECTION_HEADER && !beginSection(at, left)) {
                return false;
            }
            long head = octets.words(at);
            long total = head & U32;
            long whole = padded(total);
            long end = at + whole - TRAILER;
            if (total < SHORTEST_BLOCK || whole > left || octets.i32(end) != (int) total) {
                return misframed(at, total, left);
            }
            nextRecord = at + whole;
            type = (int) (head >>> Integer.SIZE);
            if (type == BlockType.ENHANCED_PACKET || type == BlockType.OBSOLETE_PACKET) {
                if (readPacket(at, end, type)) {
                    return true;
                }
            } else if (type == BlockType.SIMPLE_PACKET) {
                if (readSimplePacket(at, end)) {
                    return true;
                }
            } else {
                readOther(at, end, type);
            }
            if (damage().isPresent()) {
                return false;
            }
        }
    }

    @Override
    public boolean isTimed() {
        return timed;
    }

    @Override
    public Direction direction() {
        return Direction.ofFlags(flags);
    }

    @Override
    public String comment() {
        StringBuilder comments = new StringBuilder();
        options.begin(optionsFrom, optionsEnd);
        while (comments.length() < LONGEST_COMMENTS && options.next()) {
            if (options.code() == OptionWalk.COMMENT) {
                comments.append(comments.length() == 0 ? "" : "\n").append(options.text(options.length()));
            }
        }
        return comments.toString();
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return Collections.unmodifiableList(interfaces);
    }

    @Override
    public Map<String, Long> skippedBlocks() {
        return skippedBlocks.byName(type -> "block type " + hex(type));
    }

    @Override
    public Mark mark() {
        PcapngSection current = marked;
        if (current == null) {
            current = new PcapngSection(section, octets.isLittleEndian(), firstInterface, List.copyOf(interfaces));
            marked = current;
        }
        return new Mark(nextRecord, number, time, current);
    }

    @Override
    public void position(Mark mark) {
        super.position(mark);
        PcapngSection there = mark.section();
        marked = there;
        section = there.index();
        octets.order(there.littleEndian());
        firstInterface = there.firstInterface();
        interfaces.clear();
        interfaces.addAll(there.interfaces());
    }

    /** Takes the byte order of a section header before its length can be read. */
    private boolean beginSection(long at, long left) {
        if (left < SHORTEST_SECTION_HEADER) {
            return cut(at, left + " octets", "a section header of at least " + SHORTEST_SECTION_HEADER);
        }
        SectionHeader header = SectionHeader.at(slab, at);
        if (!header.problem().isEmpty()) {
            return damaged(header.problemOffset(), header.problem(), SectionHeader.EXPECTED);
        }
        section++;
        octets.order(header.littleEndian());
        firstInterface = interfaces.size();
        marked = null;
        return true;
    }

    private boolean misframed(long at, long total, long left) {
        if (total < SHORTEST_BLOCK) {
            return damaged(at + 4, "a block length of " + total, "at least " + SHORTEST_BLOCK);
        }
        long whole = padded(total);
        if (whole > left) {
            return cut(at, left + " octets", "a block of " + whole);
        }
        long end = at + whole - TRAILER;
        return damaged(end, "block length " + octets.u32(end) + " behind the block", total + " as before it");
    }

    /** Reads an enhanced or an obsolete packet block; false when it is no Ethernet frame or damaged. */
    private boolean readPacket(long at, long end, int type) {
        if (end < at + PACKET_HEADER) {
            return tooShort(at, end, PACKET_HEADER + TRAILER);
        }
        // Numbers of 32 bits: interface, high and low half of the time, octets captured, octets on the wire.
        long first = octets.words(at + 8);
        long second = octets.words(at + 16);
        int of = type == BlockType.ENHANCED_PACKET ? (int) (first >>> Integer.SIZE) : octets.u16(at + 8);
        if (Integer.compareUnsigned(of, interfaces.size() - firstInterface) >= 0) {
            return noSuchInterface(at + 8, of);
        }
        long present = second & U32;
        if (present > Math.min(end - at - PACKET_HEADER, LONGEST_FRAME)) {
            return overlong(at + 20, present, end - at - PACKET_HEADER);
        }
        CaptureInterface from = interfaces.get(firstInterface + of);
        if (!from.isEthernet()) {
            skipFrame(from.linkType());
            return false;
        }
        timed = true;
        time = from.resolution().nanoseconds(first << Integer.SIZE | second >>> Integer.SIZE);
        optionsFrom = at + PACKET_HEADER + padded(present);
        optionsEnd = end;
        flags = optionsFrom < end ? readFlags() : 0;
        give(from, at + PACKET_HEADER, present, octets.u32(at + 24));
        return true;
    }

    /** Reads a simple packet block: a frame of the section's first interface, without a time. */
    private boolean readSimplePacket(long at, long end) {
        if (end < at + SIMPLE_PACKET_HEADER) {
            return tooShort(at, end, SIMPLE_PACKET_HEADER + TRAILER);
        }
        if (interfaces.size() == firstInterface) {
            return noSuchInterface(at, 0);
        }
        CaptureInterface from = interfaces.get(firstInterface);
        long wire = octets.u32(at + 8);
        long present = Math.min(wire, end - at - SIMPLE_PACKET_HEADER);
        if (from.snapLength() != 0) {
            present = Math.min(present, from.snapLength());
        }
        if (present > LONGEST_FRAME) {
            return overlong(at + 8, present, LONGEST_FRAME);
        }
        if (!from.isEthernet()) {
            skipFrame(from.linkType());
            return false;
        }
        timed = false;
        optionsFrom = end;
        optionsEnd = end;
        flags = 0;
        give(from, at + SIMPLE_PACKET_HEADER, present, wire);
        return true;
    }

    private void give(CaptureInterface from, long begin, long present, long wire) {
        number++;
        interfaceIndex = from.index();
        offset = begin;
        captured = (int) present;
        length = (int) Math.min(Integer.MAX_VALUE, Math.max(present, wire));
        int fcs = flags >>> FCS_SHIFT & FCS_MASK;
        if (fcs == 0) {
            fcs = from.fcsLength();
        }
        if (fcs != 0) {
            length = Math.max(0, length - fcs);
            captured = Math.min(captured, length);
        }
    }

    private int readFlags() {
        options.begin(optionsFrom, optionsEnd);
        while (options.next()) {
            if (options.code() == FLAGS) {
                return options.i32();
            }
        }
        return 0;
    }

    private void readOther(long at, long end, int type) {
        switch (type) {
            case BlockType.INTERFACE_DESCRIPTION -> describeInterface(at, end);
            case BlockType.SECTION_HEADER,
                    BlockType.NAME_RESOLUTION,
                    BlockType.INTERFACE_STATISTICS,
                    BlockType.DECRYPTION_SECRETS -> {
                // They say nothing of frames that matters here.
            }
            default -> skippedBlocks.add(type);
        }
    }

    private boolean describeInterface(long at, long end) {
        if (end < at + InterfaceDescription.HEADER) {
            return tooShort(at, end, InterfaceDescription.HEADER + TRAILER);
        }
        if (interfaces.size() == InterfaceDescription.MOST) {
            return damaged(at, "one more interface", "at most " + InterfaceDescription.MOST);
        }
        options.begin(at + InterfaceDescription.HEADER, end);
        long snapLength = octets.u32(at + 12);
        interfaces.add(InterfaceDescription.read(interfaces.size(), section, octets.u16(at + 8), snapLength, options));
        marked = null;
        return true;
    }

    private boolean tooShort(long at, long end, int least) {
        return damaged(at + 4, "a block of " + (end + TRAILER - at) + " octets", "at least " + least + " for its type");
    }

    private boolean noSuchInterface(long at, int of) {
        int described = interfaces.size() - firstInterface;
        return damaged(
                at,
                "a frame of interface " + Integer.toUnsignedString(of),
                "one of the " + described + " described in its section");
    }

    private boolean overlong(long at, long present, long space) {
        return damaged(at, "a frame of " + present + " octets", "at most " + Math.min(space, LONGEST_FRAME));
    }
}
