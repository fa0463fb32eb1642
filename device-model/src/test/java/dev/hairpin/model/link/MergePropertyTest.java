package dev.hairpin.model.link;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The heart of determinism: what a merge gives depends on what its links carry and on nothing else, neither on where waves
 * are cut nor on how far the promises of one wave reach.
 */
class MergePropertyTest {
    private static final int CASES = 2_000;
    private static final int PORTS_OF_A_LINK = 4;
    private static final Key NEVER = new Key(Batch.NEVER, Batch.NEVER);

    @Test
    void givesTheSameSequenceHoweverWavesAreCut() {
        Property.forAll(CASES, dice -> {
            List<List<Frame>> links = links(dice);
            for (int cut = 0; cut < 3; cut++) {
                givesTheReference(links, waves(links, dice), new RealMerge(links.size()));
            }
        });
    }

    @Test
    void letsGoAsMuchAsIsCertainInEachWaveAndNoMore() {
        Property.forAll(CASES, dice -> {
            List<List<Frame>> links = links(dice);
            if (links.size() == 1) {
                return;
            }
            Merging merge = new RealMerge(links.size());
            List<Frame> gone = new ArrayList<>();
            List<List<Frame>> there = new ArrayList<>();
            links.forEach(link -> there.add(new ArrayList<>()));
            for (Wave wave : waves(links, dice)) {
                for (int link = 0; link < links.size(); link++) {
                    there.get(link).addAll(wave.frames.get(link));
                }
                gone.addAll(frames(wave.through(merge).burst()));
                assertThat(gone).isEqualTo(reference(certain(there, wave.promises)));
            }
        });
    }

    @Test
    void promisesNothingThatItBreaks() {
        Property.forAll(CASES, dice -> {
            List<List<Frame>> links = links(dice);
            Merging merge = new RealMerge(links.size());
            Key promised = new Key(Long.MIN_VALUE, Long.MIN_VALUE);
            for (Wave wave : waves(links, dice)) {
                Batch merged = wave.through(merge);
                for (Frame frame : frames(merged.burst())) {
                    assertThat(key(frame)).isGreaterThanOrEqualTo(promised);
                }
                promised = new Key(merged.promisedTime(), merged.promisedNumber());
            }
            assertThat(promised).isEqualTo(NEVER);
        });
    }

    /** That these properties can fail at all: a merge that does not wait for promises is found out. */
    @Test
    void wouldFindOutAMergeThatDoesNotWait() {
        assertThatThrownBy(() -> Property.forAll(CASES, dice -> {
                    List<List<Frame>> links = links(dice);
                    givesTheReference(links, waves(links, dice), new ImpatientMerge());
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dhairpin.seed=");
    }

    private static void givesTheReference(List<List<Frame>> links, List<Wave> waves, Merging merge) {
        List<Frame> merged = new ArrayList<>();
        waves.forEach(wave -> merged.addAll(frames(wave.through(merge).burst())));
        assertThat(merged).isEqualTo(reference(links));
    }

    /** All frames of all links: sorted by time and number, and left in the order of links and positions otherwise. */
    private static List<Frame> reference(List<List<Frame>> links) {
        List<Frame> all = new ArrayList<>();
        for (int link = 0; link < links.size(); link++) {
            for (Frame frame : links.get(link)) {
                all.add(frame.by(PORTS_OF_A_LINK * link + frame.port()));
            }
        }
        all.sort(Comparator.comparing(MergePropertyTest::key));
        return all;
    }

    /** Of each link the frames that precede all that may still come on any. */
    private static List<List<Frame>> certain(List<List<Frame>> links, List<Key> promises) {
        List<List<Frame>> certain = new ArrayList<>();
        for (int link = 0; link < links.size(); link++) {
            int own = link;
            certain.add(links.get(link).stream()
                    .filter(frame -> IntStream.range(0, promises.size()).allMatch(other -> {
                        int compared = key(frame).compareTo(promises.get(other));
                        return compared < 0 || (compared == 0 && own <= other);
                    }))
                    .toList());
        }
        return certain;
    }

    /** One to seven links with few distinct times and numbers, so that all ties happen. */
    private static List<List<Frame>> links(Dice dice) {
        List<List<Frame>> links = new ArrayList<>();
        int times = dice.pick(1, 2, 8, 1_000);
        int numbers = dice.pick(1, 2, 8, 1_000);
        for (int link = dice.between(1, 7); link > 0; link--) {
            List<Frame> frames = new ArrayList<>();
            for (int row = dice.pick(0, dice.below(4), dice.below(40)); row > 0; row--) {
                frames.add(frame(dice.between(1, numbers))
                        .at(dice.below(times))
                        .octets(dice.between(60, 1_514))
                        .by(dice.below(PORTS_OF_A_LINK)));
            }
            frames.sort(Comparator.comparing(MergePropertyTest::key));
            links.add(frames);
        }
        return links;
    }

    /** The same frames in one to twelve waves, with promises of any reach that the frames to come allow. */
    private static List<Wave> waves(List<List<Frame>> links, Dice dice) {
        int count = dice.between(1, 12);
        List<Wave> waves = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            waves.add(new Wave(number, number == count - 1, new ArrayList<>(), new ArrayList<>()));
        }
        for (List<Frame> link : links) {
            int[] ends = new int[count];
            Arrays.setAll(ends, wave -> wave == count - 1 ? link.size() : dice.between(0, link.size()));
            Arrays.sort(ends);
            Key promised = new Key(Long.MIN_VALUE, 0);
            int from = 0;
            for (int wave = 0; wave < count; wave++) {
                waves.get(wave).frames.add(link.subList(from, ends[wave]));
                from = ends[wave];
                promised = wave == count - 1 ? NEVER : promise(promised, link, from, dice);
                waves.get(wave).promises.add(promised);
            }
        }
        return waves;
    }

    private static Key promise(Key before, List<Frame> link, int next, Dice dice) {
        Key most = next == link.size() ? NEVER : key(link.get(next));
        Key some = new Key(dice.below(10), dice.below(10));
        Key promise = dice.pick(List.of(most, most, some, before));
        promise = promise.compareTo(most) > 0 ? most : promise;
        return promise.compareTo(before) < 0 ? before : promise;
    }

    private static Key key(Frame frame) {
        return new Key(frame.time(), frame.number());
    }

    private record Key(long time, long number) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(number, other.number);
        }
    }

    /** By link: what it carries in a wave, and what it promises. */
    private record Wave(long number, boolean last, List<List<Frame>> frames, List<Key> promises) {
        Batch through(Merging merge) {
            for (int link = 0; link < frames.size(); link++) {
                Key promise = promises.get(link);
                merge.offer(link, new Batch(number, burst(frames.get(link)), promise.time, promise.number, last));
            }
            return merge.select();
        }
    }

    private interface Merging {
        void offer(int link, Batch batch);

        Batch select();
    }

    private static final class RealMerge implements Merging {
        private final Merge merge;

        RealMerge(int links) {
            this.merge = new Merge(IntStream.range(0, links)
                    .map(link -> PORTS_OF_A_LINK * link)
                    .toArray());
        }

        @Override
        public void offer(int link, Batch batch) {
            merge.offer(link, batch);
        }

        @Override
        public Batch select() {
            assertThat(merge.ready()).isTrue();
            Batch merged = merge.select();
            assertThat(merged.last() && merge.waiting() > 0)
                    .as("kept after the last wave")
                    .isFalse();
            return merged;
        }
    }

    /** Sorts what a wave brings and lets it go. */
    private static final class ImpatientMerge implements Merging {
        private final List<List<Frame>> links = new ArrayList<>();
        private boolean last;

        @Override
        public void offer(int link, Batch batch) {
            links.add(frames(batch.burst()));
            last = batch.last();
        }

        @Override
        public Batch select() {
            Batch merged = new Batch(0, burst(reference(links)), 0, 0, last);
            links.clear();
            return merged;
        }
    }
}
