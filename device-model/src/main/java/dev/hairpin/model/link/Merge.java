package dev.hairpin.model.link;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.FrameColumns;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Slab;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the frames of several links into the total order (time, frame number, port, position), as far as the links'
 * promises allow. Frames beyond the least promise wait here for virtual time to reach them.
 *
 * <p>{@link #offer} takes a link's next batch; {@link #select}, once every link has given its batch of the wave, takes out
 * all that is certain. For one thread.
 */
public final class Merge {
    private final int[] firstPort;
    private final Pending[] links;
    private final BurstBuilder into = new BurstBuilder(0);

    /** Binary heap of the links that have frames, least head first. */
    private final int[] heap;

    private int heaped;

    /** Keys of the links' heads while frames are gathered: the heap looks at nothing else. */
    private final long[] headTime;

    private final long[] headOrder;

    /**
     * @param firstPort of each link, of which there must be one at least, the number that its frames' port counts from;
     *     a single link's is 0
     */
    public Merge(int... firstPort) {
        if (firstPort.length == 0 || (firstPort.length == 1 && firstPort[0] != 0)) {
            throw new IllegalArgumentException("first ports of links: " + Arrays.toString(firstPort));
        }
        this.firstPort = firstPort.clone();
        this.links = new Pending[firstPort.length];
        Arrays.setAll(links, link -> new Pending());
        this.heap = new int[firstPort.length];
        this.headTime = new long[firstPort.length];
        this.headOrder = new long[firstPort.length];
    }

    /** Takes a link's next batch. Waves must come one after the other. */
    public void offer(int link, Batch batch) {
        links[link].waiting.add(batch);
    }

    /** Whether every link has given its batch of the next wave. */
    public boolean ready() {
        for (Pending link : links) {
            if (link.waiting.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * All frames before the least promise, in order, with {@link Burst#port} the port they came in by, and what can be
     * promised in turn. Needs {@link #ready}.
     */
    public Batch select() {
        long wave = links[0].waiting.getFirst().wave();
        boolean last = true;
        for (Pending link : links) {
            Batch batch = link.waiting.removeFirst();
            if (batch.wave() != wave) {
                throw new IllegalStateException("wave " + batch.wave() + " beside wave " + wave);
            }
            link.take(batch);
            last &= batch.last();
        }
        if (links.length == 1) {
            return links[0].all(wave, last);
        }
        int bound = 0;
        for (int link = 1; link < links.length; link++) {
            if (links[link].promisesBefore(links[bound])) {
                bound = link;
            }
        }
        Pending least = links[bound];
        gather(least.promisedTime, least.promisedOrder, bound);
        return new Batch(wave, into.build(), least.promisedTime, least.promisedNumber, last);
    }

    /** How many frames wait for virtual time. */
    public long waiting() {
        long frames = 0;
        for (Pending link : links) {
            frames += link.frames();
        }
        return frames;
    }

    /** The frames that wait, by link. Between two waves. */
    List<FrameColumns> columns() {
        return Arrays.stream(links).map(Pending::columns).toList();
    }

    /** Lets such frames wait again, their octets in {@code slab}. Before the first batch. */
    void restore(List<FrameColumns> waiting, Slab slab) {
        if (waiting.size() != links.length) {
            throw new IllegalArgumentException("frames of " + waiting.size() + " links for " + links.length);
        }
        for (int link = 0; link < links.length; link++) {
            links[link].head = waiting.get(link).in(slab);
            links[link].row = 0;
        }
    }

    /** Whether a frame before {@code number} waits. */
    public boolean holdsBefore(long number) {
        for (Pending link : links) {
            if (link.holdsBefore(number)) {
                return true;
            }
        }
        return false;
    }

    private void gather(long boundTime, long boundOrder, int boundLink) {
        heaped = 0;
        for (int link = 0; link < links.length; link++) {
            if (links[link].hasHead()) {
                look(link);
                heap[heaped++] = link;
            }
        }
        for (int at = heaped / 2 - 1; at >= 0; at--) {
            siftDown(at);
        }
        while (heaped > 0) {
            int link = heap[0];
            if (!precedes(headTime[link], headOrder[link], link, boundTime, boundOrder, boundLink)) {
                return;
            }
            Pending head = links[link];
            into.add(head.head, head.row, headTime[link], firstPort[link] + head.head.port(head.row));
            head.advance();
            if (head.hasHead()) {
                look(link);
            } else {
                heap[0] = heap[--heaped];
            }
            siftDown(0);
        }
    }

    private void look(int link) {
        headTime[link] = links[link].time();
        headOrder[link] = FrameNumber.order(links[link].number());
    }

    private void siftDown(int from) {
        int at = from;
        while (true) {
            int least = at;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < heaped; child++) {
                if (headBefore(heap[child], heap[least])) {
                    least = child;
                }
            }
            if (least == at) {
                return;
            }
            int other = heap[least];
            heap[least] = heap[at];
            heap[at] = other;
            at = least;
        }
    }

    private boolean headBefore(int a, int b) {
        if (headTime[a] != headTime[b]) {
            return headTime[a] < headTime[b];
        }
        return headOrder[a] != headOrder[b] ? headOrder[a] < headOrder[b] : a < b;
    }

    /** Whether the first key is before the second, or the same. */
    private static boolean precedes(long time, long order, int port, long thanTime, long thanOrder, int thanPort) {
        if (time != thanTime) {
            return time < thanTime;
        }
        if (order != thanOrder) {
            return order < thanOrder;
        }
        return port <= thanPort;
    }

    /** One link's frames, in its order. */
    private static final class Pending {
        /** Batches of waves that are not selected yet. */
        final ArrayDeque<Batch> waiting = new ArrayDeque<>();

        /** Bursts of selected waves of which frames are left, behind {@link #head}. */
        final ArrayDeque<Burst> behind = new ArrayDeque<>();

        Burst head = Burst.EMPTY;
        int row;
        long promisedTime = Long.MIN_VALUE;
        long promisedNumber = Long.MIN_VALUE;
        long promisedOrder = Long.MIN_VALUE;

        void take(Batch batch) {
            promisedTime = batch.promisedTime();
            promisedNumber = batch.promisedNumber();
            promisedOrder = batch.promisedOrder();
            if (batch.burst().size() > 0) {
                if (hasHead()) {
                    behind.add(batch.burst());
                } else {
                    head = batch.burst();
                    row = 0;
                }
            }
        }

        boolean hasHead() {
            return row < head.size();
        }

        long time() {
            return head.time(row);
        }

        long number() {
            return head.number(row);
        }

        void advance() {
            row++;
            if (row == head.size()) {
                Burst next = behind.poll();
                head = next == null ? Burst.EMPTY : next;
                row = 0;
            }
        }

        /** The only link of a merge waits for nobody. */
        Batch all(long wave, boolean last) {
            Burst burst = head;
            head = Burst.EMPTY;
            row = 0;
            return new Batch(wave, burst, promisedTime, promisedNumber, last);
        }

        boolean promisesBefore(Pending other) {
            return promisedTime != other.promisedTime
                    ? promisedTime < other.promisedTime
                    : promisedOrder < other.promisedOrder;
        }

        boolean holdsBefore(long number) {
            for (int at = row; at < head.size(); at++) {
                if (FrameNumber.frame(head.number(at)) < number) {
                    return true;
                }
            }
            for (Burst burst : behind) {
                for (int at = 0; at < burst.size(); at++) {
                    if (FrameNumber.frame(burst.number(at)) < number) {
                        return true;
                    }
                }
            }
            return false;
        }

        FrameColumns columns() {
            FrameColumns columns = new FrameColumns(Math.toIntExact(frames()));
            int frame = 0;
            for (int at = row; at < head.size(); at++) {
                columns.set(frame++, head, at);
            }
            for (Burst burst : behind) {
                for (int at = 0; at < burst.size(); at++) {
                    columns.set(frame++, burst, at);
                }
            }
            return columns;
        }

        long frames() {
            long frames = (long) head.size() - row;
            for (Burst burst : behind) {
                frames += burst.size();
            }
            return frames;
        }
    }
}
