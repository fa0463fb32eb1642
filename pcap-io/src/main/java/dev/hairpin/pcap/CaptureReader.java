package dev.hairpin.pcap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pass over the frames of a capture: a cursor, without an object per frame. {@link #next} moves it to a frame, which
 * the other methods then tell of; before the first call and after one that gave false they tell nothing of use.
 *
 * <p>Given are the Ethernet frames. A frame of another link type is counted, as skipped and in the numbers, so that a
 * frame's number is the one that {@code capinfos} and, unless the file has records that are no packets, Wireshark count
 * by. Where a file is damaged, the pass ends with a {@link #damage}.
 *
 * <p>For one thread.
 */
public abstract sealed class CaptureReader permits PcapReader, PcapngReader {
    /** No frame has more octets; a record that claims to is damage. */
    static final int LONGEST_FRAME = 1 << 24;

    final MappedSlab slab;
    private final String file;
    private final Optional<Damage> damageAtEnd;
    private final Tally skippedFrames = new Tally();
    private Optional<Damage> damage = Optional.empty();

    /** Where the next record begins; beyond the slab's end when there is none. */
    long nextRecord;

    long number;
    long time;
    long offset;
    int captured;
    int length;
    int interfaceIndex;

    CaptureReader(MappedSlab slab, String file, Optional<Damage> damageAtEnd) {
        this.slab = slab;
        this.file = file;
        this.damageAtEnd = damageAtEnd;
    }

    /** Goes to the next Ethernet frame. False when there is none, see then {@link #damage}; it stays false. */
    public abstract boolean next();

    /** The frame's number in the capture, from 1, over all its frames, those that are not Ethernet included. */
    public final long number() {
        return number;
    }

    /**
     * When it was captured: nanoseconds since the epoch, {@link Long#MAX_VALUE} or {@link Long#MIN_VALUE} where a long
     * cannot hold it. A frame whose record has no time, see {@link #isTimed}, has that of the frame before it.
     */
    public final long time() {
        return time;
    }

    /** Whether the frame's record has a time; the simple packet block of pcapng has none. */
    public boolean isTimed() {
        return true;
    }

    /** Where its octets begin in the slab. */
    public final long offset() {
        return offset;
    }

    /** How many octets the slab has of it, without FCS. */
    public final int captured() {
        return captured;
    }

    /** How many octets it had on the wire, without FCS. At least {@link #captured}. */
    public final int length() {
        return length;
    }

    /** Its interface: index into {@link #interfaces}. */
    public final int interfaceIndex() {
        return interfaceIndex;
    }

    /** Whether the interface had received or sent it. */
    public Direction direction() {
        return Direction.UNKNOWN;
    }

    /** The comments on this frame, several of them on a line each; empty when there is none. */
    public String comment() {
        return "";
    }

    /** The interfaces described so far, of all sections. */
    public abstract List<CaptureInterface> interfaces();

    /** Why the pass ended before the file did; all frames before that place have been given. */
    public final Optional<Damage> damage() {
        return damage;
    }

    /** How many frames were skipped because they are not Ethernet. */
    public final long skippedFrames() {
        return skippedFrames.total();
    }

    /** How many frames were skipped, by link type as {@link LinkType#describe} has it. */
    public final Map<String, Long> skippedLinkTypes() {
        return skippedFrames.byName(LinkType::describe);
    }

    /** How many blocks of a type not understood here were skipped, by type: {@code block type 0x00000bad}. */
    public Map<String, Long> skippedBlocks() {
        return Map.of();
    }

    /** The place behind the current frame, or the beginning. */
    public Mark mark() {
        return new Mark(nextRecord, number, time, PcapngSection.NONE);
    }

    /**
     * Goes to a place: {@link #next} will give the frame behind it. Counts of what was skipped go on from where they are.
     *
     * @param mark made by a reader of the same capture
     */
    public void position(Mark mark) {
        nextRecord = mark.offset();
        number = mark.number();
        time = mark.time();
        damage = Optional.empty();
    }

    final void skipFrame(int linkType) {
        number++;
        skippedFrames.add(linkType);
    }

    /** Ends the pass at a record that makes no sense. */
    final boolean damaged(long at, String found, String expected) {
        damage = Optional.of(new Damage(file, at, found, expected));
        nextRecord = slab.size();
        return false;
    }

    /** Ends the pass at a record that the end of the octets cuts; what cut them is the damage, if that is known. */
    final boolean cut(long at, String found, String expected) {
        return damageAtEnd.isPresent() ? ended() : damaged(at, found, expected);
    }

    /** Ends the pass where the octets end, or leaves it ended. */
    final boolean ended() {
        if (damage.isEmpty()) {
            damage = damageAtEnd;
        }
        nextRecord = slab.size();
        return false;
    }
}
