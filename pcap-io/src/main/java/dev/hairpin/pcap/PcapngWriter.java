package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes a pcapng file of one section, little-endian, with times in nanoseconds: any number of Ethernet interfaces, and
 * frames of theirs with their direction and a comment. The same calls give the same octets.
 *
 * <p>A file takes its name when the writer is closed; until then, and after a failure or {@link #discard}, there is no file
 * of that name that was not there before. For one thread.
 */
public final class PcapngWriter implements AutoCloseable {
    /** Octets of the longest comment, in UTF-8. A longer one is cut, between two characters. */
    public static final int LONGEST_COMMENT = 65_535;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int APPLICATION = 4;
    private static final int BLOCK_FRAME = 12;
    private static final int OPTION_HEADER = 4;
    private static final int NANOSECONDS = 9;
    private static final byte[] NOTHING = new byte[0];

    private final OctetSink sink;
    private int interfaces;

    private PcapngWriter(OctetSink sink, String application) throws IOException {
        this.sink = sink;
        byte[] name = text(application);
        int options = optionsLength(textLength(name));
        beginBlock(BlockType.SECTION_HEADER, 16 + options);
        sink.i32(BYTE_ORDER_MAGIC);
        sink.u16(1);
        sink.u16(0);
        sink.i32(-1);
        sink.i32(-1);
        textOption(APPLICATION, name);
        endOptions(options);
        endBlock(16 + options);
    }

    /**
     * Begins a file.
     *
     * @param application the name of the program, for the section header; may be empty
     * @throws IOException when it cannot be written
     */
    public static PcapngWriter create(Path file, String application) throws IOException {
        OctetSink sink = OctetSink.to(file);
        try {
            return new PcapngWriter(sink, application);
        } catch (IOException | RuntimeException cause) {
            sink.discard();
            sink.close();
            throw cause;
        }
    }

    /** Writes to a stream, which is closed with the writer. */
    public static PcapngWriter to(OutputStream stream, String application) throws IOException {
        return new PcapngWriter(OctetSink.to(stream), application);
    }

    /**
     * Describes one more interface.
     *
     * @param name as in Wireshark's {@code frame.interface_name}; may be empty
     * @param description may be empty
     * @param snapLength octets kept of each frame at most, 0 when unlimited
     * @return its index, from 0
     * @throws IOException when it cannot be written
     */
    public int addInterface(String name, String description, int snapLength) throws IOException {
        byte[] nameText = text(name);
        byte[] descriptionText = text(description);
        int options = optionsLength(textLength(nameText) + textLength(descriptionText) + OPTION_HEADER + 4);
        beginBlock(BlockType.INTERFACE_DESCRIPTION, 8 + options);
        sink.u16(LinkType.ETHERNET);
        sink.u16(0);
        sink.i32(snapLength);
        textOption(InterfaceDescription.NAME, nameText);
        textOption(InterfaceDescription.DESCRIPTION, descriptionText);
        sink.u16(InterfaceDescription.TIME_RESOLUTION);
        sink.u16(1);
        sink.i32(NANOSECONDS);
        endOptions(options);
        endBlock(8 + options);
        return interfaces++;
    }

    /**
     * Writes a frame.
     *
     * @param interfaceIndex what {@link #addInterface} gave
     * @param time nanoseconds since the epoch; one before the epoch, which the format cannot say, becomes the epoch
     * @param slab where its octets are
     * @param offset where they begin
     * @param captured how many there are
     * @param length how many it had on the wire, without FCS
     * @param direction as the interface sees it
     * @param comment what is said of it; empty for nothing
     * @throws IOException when it cannot be written
     */
    public void write(
            int interfaceIndex,
            long time,
            Slab slab,
            long offset,
            int captured,
            int length,
            Direction direction,
            String comment)
            throws IOException {
        Objects.checkIndex(interfaceIndex, interfaces);
        byte[] remark = text(comment);
        int flagged = direction == Direction.UNKNOWN ? 0 : OPTION_HEADER + 4;
        int options = optionsLength(textLength(remark) + flagged);
        int padding = (int) PcapngReader.padded(captured) - captured;
        int body = 20 + captured + padding + options;
        long stamp = Math.max(0, time);
        beginBlock(BlockType.ENHANCED_PACKET, body);
        sink.i32(interfaceIndex);
        sink.i32((int) (stamp >>> Integer.SIZE));
        sink.i32((int) stamp);
        sink.i32(captured);
        sink.i32(length);
        sink.octets(slab, offset, captured);
        sink.zeros(padding);
        textOption(OptionWalk.COMMENT, remark);
        if (flagged != 0) {
            sink.u16(PcapngReader.FLAGS);
            sink.u16(4);
            sink.i32(direction.flag());
        }
        endOptions(options);
        endBlock(body);
    }

    /** Hands on what is buffered, so that a reader of the stream has it. */
    public void flush() throws IOException {
        sink.flush();
    }

    /** Makes {@link #close} leave no file. */
    public void discard() {
        sink.discard();
    }

    /** Ends the file and gives it its name. After a failure it leaves none. */
    @Override
    public void close() throws IOException {
        sink.close();
    }

    private void beginBlock(int type, int body) throws IOException {
        sink.i32(type);
        sink.i32(body + BLOCK_FRAME);
    }

    private void endBlock(int body) throws IOException {
        sink.i32(body + BLOCK_FRAME);
    }

    /** With the end of options, which stands only behind some. */
    private static int optionsLength(int options) {
        return options == 0 ? 0 : options + OPTION_HEADER;
    }

    private void endOptions(int options) throws IOException {
        if (options != 0) {
            sink.i32(0);
        }
    }

    private static int textLength(byte[] text) {
        return text.length == 0 ? 0 : OPTION_HEADER + (int) PcapngReader.padded(text.length);
    }

    private void textOption(int code, byte[] text) throws IOException {
        if (text.length != 0) {
            sink.u16(code);
            sink.u16(text.length);
            sink.octets(text, text.length);
            sink.zeros((int) PcapngReader.padded(text.length) - text.length);
        }
    }

    private static byte[] text(String text) {
        if (text.isEmpty()) {
            return NOTHING;
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length <= LONGEST_COMMENT) {
            return octets;
        }
        int end = LONGEST_COMMENT;
        while ((octets[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(octets, end);
    }
}
