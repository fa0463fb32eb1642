package dev.hairpin.experiments.projection;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.offload.Segmenter;
import dev.hairpin.model.offload.SentOctets;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.CaptureReader;
import dev.hairpin.pcap.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds a capture's frames by number. Frames are asked for nearly in order, so a few chunks of parsed headers are kept and
 * the rest is read again; memory is bounded, however long the capture. For one thread.
 */
public final class FrameIndex {
    private static final int CHUNK = 4096;
    private static final int CHUNKS_KEPT = 64;

    private final Slab slab;
    private final CaptureReader reader;

    /** Where each chunk begins, as far as the capture was read. */
    private final List<Mark> marks = new ArrayList<>();

    /** The number of each chunk's first frame. */
    private final List<Long> firsts = new ArrayList<>();

    private final Map<Integer, Burst> kept = new LinkedHashMap<>(CHUNKS_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Burst> eldest) {
            return size() > CHUNKS_KEPT;
        }
    };

    private final SentOctets sent = new SentOctets();
    private final BurstBuilder segments = new BurstBuilder(1);
    private Burst segment = Burst.EMPTY;
    private boolean isSegmentFound;
    private Burst chunk = Burst.EMPTY;
    private int row;
    private boolean atEnd;
    private long lastRead;

    public FrameIndex(Capture capture) {
        this.slab = capture.slab();
        this.reader = capture.frames();
        marks.add(reader.mark());
    }

    /**
     * Finds frame {@code number}, or the segment of a frame, of which {@link #headers} and {@link #row} speak then. Throws when
     * there is none.
     */
    public void find(long number) {
        if (isSegmentFound && number == segment.number(0)) {
            return;
        }
        long frame = FrameNumber.frame(number);
        if (!inChunk(frame)) {
            chunk = chunk(frame);
        }
        row = row(frame);
        isSegmentFound = FrameNumber.isSegment(number);
        if (isSegmentFound) {
            Segmenter.addSegment(chunk, row, number, segments);
            segment = segments.build();
        }
    }

    /** A burst that the frame is in. Its times are as captured. */
    public Burst headers() {
        return isSegmentFound ? segment : chunk;
    }

    /** The frame's row there. */
    public int row() {
        return isSegmentFound ? 0 : row;
    }

    /** The frame's octets, to be read where the burst says: those captured, or of a segment its own. */
    public Slab octets() {
        return sent.of(headers(), row());
    }

    /** Likewise, with the checksums as its NIC has filled them in. */
    public Slab completedOctets() {
        return sent.completed(headers(), row());
    }

    private boolean inChunk(long number) {
        return chunk.size() > 0 && number >= chunk.number(0) && number <= chunk.number(chunk.size() - 1);
    }

    private Burst chunk(long number) {
        while (!atEnd && (firsts.isEmpty() || lastRead < number)) {
            readOn();
        }
        int low = 0;
        int high = firsts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firsts.get(middle) <= number) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Burst found = kept.get(low);
        return found != null ? found : readAgain(low);
    }

    private void readOn() {
        int next = firsts.size();
        reader.position(marks.get(next));
        Burst read = read(next);
        if (read.size() == 0) {
            atEnd = true;
            return;
        }
        firsts.add(read.number(0));
        lastRead = read.number(read.size() - 1);
        marks.add(reader.mark());
    }

    private Burst readAgain(int number) {
        reader.position(marks.get(number));
        return read(number);
    }

    private Burst read(int chunkNumber) {
        BurstBuilder builder = new BurstBuilder(CHUNK);
        while (builder.size() < CHUNK && reader.next()) {
            EthernetHeader.read(
                    slab,
                    reader.offset(),
                    reader.captured(),
                    reader.length(),
                    reader.time(),
                    reader.number(),
                    0,
                    builder);
        }
        Burst read = builder.build();
        kept.put(chunkNumber, read);
        return read;
    }

    private int row(long number) {
        int low = 0;
        int high = chunk.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = chunk.number(middle);
            if (there == number) {
                return middle;
            }
            if (there < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        throw new IllegalArgumentException("the capture has no frame " + number + ": is it the one that was run?");
    }
}
