package dev.hairpin.experiments.run;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.topology.Receiver;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has arrived at the ends of a run, in a mapped file: what a process has written there is there for others at once,
 * and stays when the process is killed. The first long counts, each other one is a frame and its end.
 */
final class ArrivalFile implements Receiver {
    private static final int END_BITS = 16;

    private final LongBuffer file;
    private int count;

    /** A frame, and the end at which a copy of it arrived. */
    record Arrival(long frame, int end) {}

    private ArrivalFile(LongBuffer file) {
        this.file = file;
    }

    /** A new file with room for {@code most} arrivals. */
    static ArrivalFile create(Path file, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long octets = (long) Long.BYTES * (most + 1);
            return new ArrivalFile(channel.map(MapMode.READ_WRITE, 0, octets).asLongBuffer());
        }
    }

    /** A file that another process has made. */
    static ArrivalFile open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new ArrivalFile(
                    channel.map(MapMode.READ_WRITE, 0, channel.size()).asLongBuffer());
        }
    }

    @Override
    public void received(int end, Burst burst) {
        for (int row = 0; row < burst.size(); row++) {
            count++;
            file.put(count, burst.number(row) << END_BITS | end);
            file.put(0, count);
        }
    }

    /** How many arrivals there are. */
    long count() {
        return file.get(0);
    }

    /** All of them. A process that was killed may have written one more than it had counted. */
    List<Arrival> read() {
        List<Arrival> arrivals = new ArrayList<>();
        for (int at = 1; at < file.limit() && file.get(at) != 0; at++) {
            arrivals.add(new Arrival(file.get(at) >>> END_BITS, (int) file.get(at) & (1 << END_BITS) - 1));
        }
        return arrivals;
    }

    /** The frames by end, in order. */
    static Map<Integer, List<Long>> byEnd(List<Arrival> arrivals) {
        Map<Integer, List<Long>> byEnd = new TreeMap<>();
        for (Arrival arrival : arrivals) {
            byEnd.computeIfAbsent(arrival.end(), unknown -> new ArrayList<>()).add(arrival.frame());
        }
        return byEnd;
    }
}
