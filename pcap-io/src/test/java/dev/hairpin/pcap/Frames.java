package dev.hairpin.pcap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything one pass over a capture says, for tests to look at. */
record Frames(
        List<Frame> frames,
        Optional<Damage> damage,
        List<CaptureInterface> interfaces,
        Map<String, Long> skippedLinkTypes,
        Map<String, Long> skippedBlocks) {
    /** More than any capture of the tests has; a reader that gives more does not end. */
    private static final int ENOUGH = 1_000_000;

    record Frame(
            long number,
            long time,
            long offset,
            int captured,
            int length,
            int interfaceIndex,
            Direction direction,
            String comment) {}

    static Frames of(Path file) throws IOException {
        try (Capture capture = Capture.open(file)) {
            return of(capture);
        }
    }

    /** Through a stream and a temporary file in {@code folder}, which is gone afterwards. */
    static Frames of(byte[] octets, Path folder) throws IOException {
        try (Capture capture = Capture.read(new ByteArrayInputStream(octets), "input", folder)) {
            return of(capture);
        }
    }

    static Frames of(Capture capture) {
        CaptureReader reader = capture.frames();
        List<Frame> frames = new ArrayList<>();
        while (reader.next()) {
            frames.add(new Frame(
                    reader.number(),
                    reader.time(),
                    reader.offset(),
                    reader.captured(),
                    reader.length(),
                    reader.interfaceIndex(),
                    reader.direction(),
                    reader.comment()));
            if (frames.size() > ENOUGH) {
                throw new AssertionError("the reader does not end");
            }
            if (reader.captured() < 0
                    || reader.length() < reader.captured()
                    || reader.offset() < 0
                    || reader.offset() + reader.captured() > capture.slab().size()) {
                throw new AssertionError("a frame outside of the slab: " + frames.get(frames.size() - 1));
            }
        }
        if (reader.next()) {
            throw new AssertionError("the reader goes on after its end");
        }
        return new Frames(
                frames,
                reader.damage(),
                List.copyOf(reader.interfaces()),
                reader.skippedLinkTypes(),
                reader.skippedBlocks());
    }

    static Path write(Path folder, String name, byte[] octets) throws IOException {
        return Files.write(folder.resolve(name), octets);
    }
}
