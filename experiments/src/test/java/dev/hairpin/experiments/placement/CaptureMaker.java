package dev.hairpin.experiments.placement;

import dev.hairpin.pcap.Capture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Builds pcapng captures for tests, with nanoseconds and named interfaces. */
final class CaptureMaker {
    static final int UNMARKED = 0;
    static final int INBOUND = 1;
    static final int OUTBOUND = 2;

    /** 2021-01-01T00:00:00Z. */
    static final long START = 1_609_459_200_000_000_000L;

    private static final long STEP = 10_000_000;

    private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    private long time = START;

    CaptureMaker(String... interfaces) {
        block(
                0x0A0D0D0A,
                room(16).putInt(0x1A2B3C4D)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1));
        for (String name : interfaces.length == 0 ? new String[] {"eth0"} : interfaces) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            ByteBuffer body = room(8 + 4 + (text.length + 3) / 4 * 4 + 8 + 4);
            body.putShort((short) 1).putShort((short) 0).putInt(0);
            body.putShort((short) 2).putShort((short) text.length).put(text);
            body.position((body.position() + 3) / 4 * 4);
            body.putShort((short) 9).putShort((short) 1).put((byte) 9).position(body.position() + 3);
            block(1, body);
        }
    }

    /** Adds frames, each 10 ms behind the one before. */
    CaptureMaker add(byte[]... frames) {
        for (byte[] frame : frames) {
            time += STEP;
            at(time, frame);
        }
        return this;
    }

    CaptureMaker times(int count, byte[] frame) {
        for (int i = 0; i < count; i++) {
            add(frame);
        }
        return this;
    }

    CaptureMaker at(long nanos, byte[] frame) {
        return add(nanos, frame, frame.length, 0, UNMARKED);
    }

    /** Adds a frame of an interface. */
    CaptureMaker by(int interfaceIndex, int direction, byte[] frame) {
        time += STEP;
        return add(time, frame, frame.length, interfaceIndex, direction);
    }

    /** Adds a frame that was longer on the wire. */
    CaptureMaker cut(byte[] captured, int length) {
        time += STEP;
        return add(time, captured, length, 0, UNMARKED);
    }

    private CaptureMaker add(long nanos, byte[] captured, int length, int interfaceIndex, int direction) {
        ByteBuffer body = room(20 + (captured.length + 3) / 4 * 4 + 12);
        body.putInt(interfaceIndex).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        body.putInt(captured.length).putInt(length).put(captured);
        body.position((body.position() + 3) / 4 * 4);
        body.putShort((short) 2).putShort((short) 4).putInt(direction).putInt(0);
        block(6, body);
        return this;
    }

    Capture capture(Path folder) {
        try {
            return Capture.read(new ByteArrayInputStream(blocks.toByteArray()), "test", folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    CaptureSurvey survey(Path folder) {
        try (Capture capture = capture(folder)) {
            return CaptureSurvey.of(capture, FrameSelection.ALL);
        }
    }

    private static ByteBuffer room(int octets) {
        return ByteBuffer.allocate(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void block(int type, ByteBuffer body) {
        int length = 12 + body.capacity();
        byte[] block = new byte[length];
        ByteBuffer.wrap(block)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(length)
                .put(body.rewind())
                .putInt(length);
        blocks.writeBytes(block);
    }
}
