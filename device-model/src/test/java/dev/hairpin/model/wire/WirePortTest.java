package dev.hairpin.model.wire;

import static dev.hairpin.model.testkit.Frame.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.LossyStage;
import dev.hairpin.model.link.QueueStage;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Passage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Frames of 976 octets, to which the wire adds 24, at a wire that takes an octet in a nanosecond: a microsecond is a frame. Where
 * a test says nothing else, priority N goes to class N.
 */
class WirePortTest {
    private static final long OCTET_A_NANOSECOND = 8_000_000_000L;
    private static final int OCTETS = 976;
    private static final int ANY = Integer.MAX_VALUE;
    private static final List<Integer> EACH_ITS_OWN = List.of(0, 1, 2, 3, 4, 5, 6, 7);
    private static final WireSettings STRICT = classes(EACH_ITS_OWN, Collections.nCopies(8, 0));

    @Test
    void theHighestStrictClassThatHasAFrameGoesFirst() {
        assertThat(left(STRICT, at(0, 0), at(0, 0), at(0, 1), at(0, 6)))
                .containsExactly("4 at 1000", "3 at 2000", "1 at 3000", "2 at 4000");
    }

    @Test
    void aFrameUnderWayIsFinished() {
        assertThat(left(STRICT, at(0, 0), at(1, 0), at(2, 7))).containsExactly("1 at 1000", "3 at 2000", "2 at 3000");
    }

    @Test
    void framesOfAClassStayInTheirOrder() {
        WireSettings pairs = classes(List.of(0, 0, 1, 1, 2, 2, 3, 3), Collections.nCopies(8, 0));
        // 0 and 1 share class 0, 2 and 3 class 1
        assertThat(left(pairs, at(0, 0), at(0, 3), at(0, 1), at(0, 2)))
                .containsExactly("2 at 1000", "4 at 2000", "1 at 3000", "3 at 4000");
    }

    @Test
    void anUntaggedFrameIsOfPriority0() {
        List<Integer> reversed = List.of(7, 6, 5, 4, 3, 2, 1, 0);
        Frame untagged = frame(1).at(0).octets(OCTETS);
        assertThat(left(classes(reversed, Collections.nCopies(8, 0)), at(0, 3).apply(2), untagged))
                .containsExactly("1 at 1000", "2 at 2000");
    }

    @Test
    void theOutermostTagTellsThePriority() {
        Frame service = frame(2).at(0).octets(OCTETS).tagged(VlanTag.TPID_S, 5 << 13 | 100);
        assertThat(left(STRICT, at(0, 4).apply(1), service)).containsExactly("2 at 1000", "1 at 2000");
    }

    @Test
    void etsClassesTakeTurnsByTheirBandwidth() {
        // A turn is 1,518 octets for the least share, 25, rounded up to 61 for each: 4,575 of class 0 and 1,525 of
        // class 1.
        // 4 frames (3,904) leave 671; 1 leaves 549; 5 of 5,246 leave 366; 2 of 2,074 leave 122; 5 of 4,941 leave 61
        assertThat(order(classes(EACH_ITS_OWN, List.of(75, 25, 0, 0, 0, 0, 0, 0)), backlog(14, 14), 17))
                .isEqualTo("0000" + "1" + "00000" + "11" + "00000");
    }

    @Test
    void etsClassesGetTheirBandwidthToAPercentWhileAllHaveFrames() {
        // Clause 37 asks for 10 %
        String first =
                order(classes(EACH_ITS_OWN, List.of(50, 30, 20, 0, 0, 0, 0, 0)), backlog(2_000, 2_000, 2_000), 3_000);
        assertThat(first.chars().filter(tc -> tc == '0').count()).isBetween(1_490L, 1_510L);
        assertThat(first.chars().filter(tc -> tc == '1').count()).isBetween(890L, 910L);
        assertThat(first.chars().filter(tc -> tc == '2').count()).isBetween(590L, 610L);
    }

    @Test
    void bandwidthIsOctetsAndNotFrames() {
        List<Frame> frames = new ArrayList<>();
        for (int number = 1; number <= 3_000; number++) {
            boolean large = number % 5 == 0;
            frames.add(at(0, large ? 0 : 1).apply(number).octets(large ? 1_200 : 300));
        }
        String first = order(classes(EACH_ITS_OWN, List.of(50, 50, 0, 0, 0, 0, 0, 0)), frames, 1_000);
        // One frame of class 0 is four of class 1
        assertThat(first.chars().filter(tc -> tc == '0').count()).isBetween(195L, 205L);
    }

    @Test
    void etsClassesShareWhatStrictOnesLeave() {
        // Class 2 is strict and has every third frame of the backlog; 0 and 1 halve the rest, whenever they come
        // between
        List<Frame> frames = new ArrayList<>(backlog(60, 60));
        for (int strict = 0; strict < 30; strict++) {
            frames.add(at(strict * 3_000L + 500, 2).apply(200 + strict));
        }
        frames.sort((one, other) -> Long.compare(one.time(), other.time()));
        String first = order(classes(EACH_ITS_OWN, List.of(50, 50, 0, 0, 0, 0, 0, 0)), frames, 90);
        assertThat(first.chars().filter(tc -> tc == '2').count()).isEqualTo(30);
        assertThat(first.chars().filter(tc -> tc == '0').count()).isBetween(29L, 31L);
        assertThat(first.chars().filter(tc -> tc == '1').count()).isBetween(29L, 31L);
    }

    @Test
    void bandwidthThatAClassDoesNotUseIsForTheOthers() {
        assertThat(left(classes(EACH_ITS_OWN, List.of(1, 99, 0, 0, 0, 0, 0, 0)), at(0, 0), at(0, 0), at(0, 0)))
                .containsExactly("1 at 1000", "2 at 2000", "3 at 3000");
    }

    @Test
    void anEtsClassWithoutBandwidthWaitsForAllOthers() {
        TrafficClasses classes = new TrafficClasses(
                EACH_ITS_OWN, Collections.nCopies(8, Selection.ETS), List.of(0, 100, 0, 0, 0, 0, 0, 0));
        assertThat(order(WireSettings.PLAIN.with(classes), backlog(3, 3), 6)).isEqualTo("111000");
    }

    @Test
    void aClassThatIsFullLosesItsFramesAndNobodyElses() {
        Passage passage = pass(STRICT, 2, at(0, 3), at(0, 3), at(10, 3), at(20, 5), at(1_000, 3));
        // Frame 1 is under way until 1,000, frame 2 waits. Then frame 4 is under way, and frame 5 finds one waiting
        assertThat(passage.dropped()).containsExactly(3L);
        assertThat(passage.outcomes()).containsExactly(Outcome.dropCopy(3, Rule.TAIL_DROP, 3, DropReason.QUEUE_FULL));
    }

    @Test
    void whilePausedNoFrameBegins() {
        Steps<WireSettings> steps = paused(500, 3_500, FlowControl.HEEDED.pause(1));
        assertThat(left(steps, at(0, 0), at(0, 0), at(600, 7)))
                .as("frame 1 had begun; what waits goes in the order of its classes")
                .containsExactly("1 at 1000", "3 at 4500", "2 at 5500");
    }

    @Test
    void aFrameThatBeginsWhenThePauseComesDoesNot() {
        assertThat(left(paused(500, 3_500, FlowControl.HEEDED.pause(1)), at(499, 0), at(3_500, 0)))
                .containsExactly("1 at 1499", "2 at 4500");
        assertThat(left(paused(500, 3_500, FlowControl.HEEDED.pause(1)), at(500, 0)))
                .containsExactly("1 at 4500");
    }

    @Test
    void aPriorityThatIsPausedLetsTheOthersPass() {
        assertThat(left(with(STRICT, paused(500, 3_500, FlowControl.HEEDED.pause(3, 1))), at(600, 3), at(600, 2)))
                .containsExactly("2 at 1600", "1 at 4500");
    }

    @Test
    void aPausedFrameHoldsBackThoseBehindItInItsClass() {
        WireSettings pairs = classes(List.of(0, 0, 1, 1, 2, 2, 3, 3), Collections.nCopies(8, 0));
        // 802.1Q 8.6.8: priorities 2 and 3 are one queue, and 3 waits behind 2
        assertThat(left(
                        with(pairs, paused(500, 3_500, FlowControl.HEEDED.pause(2, 1))),
                        at(600, 3),
                        at(700, 2),
                        at(800, 3)))
                .containsExactly("1 at 1600", "2 at 4500", "3 at 5500");
    }

    @Test
    void whatFindsItsQueueFullInAPauseIsLostToThePause() {
        Passage passage = Passage.deciding(stage(1, paused(500, 3_500, FlowControl.HEEDED.pause(1))))
                .all(numbered(at(600, 0), at(700, 0), at(3_600, 0)));
        assertThat(passage.dropped()).containsExactly(2L, 3L);
        assertThat(passage.outcomes())
                .as("the second while it is paused, the third behind it")
                .containsExactly(
                        Outcome.dropCopy(0, Rule.TAIL_DROP, 0, DropReason.PAUSED),
                        Outcome.dropCopy(0, Rule.TAIL_DROP, 0, DropReason.QUEUE_FULL));
    }

    @Test
    void aWireWithoutARateIsPausedAlike() {
        LossyStage stage = (LossyStage) WireStage.of(
                "uplink.tx", "uplink", Server.UNLIMITED, ANY, paused(500, 3_500, FlowControl.HEEDED.pause(1)));
        assertThat(text(Passage.deciding(stage).all(numbered(at(400, 0), at(600, 0), at(700, 0)))))
                .containsExactly("1 at 400", "2 at 3500", "3 at 3500");
    }

    @Test
    void whatWaitsWhenClassesChangeIsOfTheClassThatItWouldBeOf() {
        Steps<WireSettings> steps =
                Steps.of(WireSettings.PLAIN, List.of(new Timed<>(500, "", "", STRICT)), settings -> settings);
        assertThat(left(steps, at(0, 0), at(10, 6), at(20, 7), at(600, 1)))
                .containsExactly("1 at 1000", "3 at 2000", "2 at 3000", "4 at 4000");
    }

    @Test
    void oneClassThatNobodyPausesIsAQueueAsItWas() {
        assertThat(WireStage.of("uplink.tx", "uplink", OCTET_A_NANOSECOND, 5, Steps.always(WireSettings.PLAIN)))
                .isInstanceOf(QueueStage.class);
    }

    @Test
    void bandwidthsSumTo100() {
        assertThatThrownBy(() -> classes(EACH_ITS_OWN, List.of(50, 40, 0, 0, 0, 0, 0, 0)))
                .hasMessage("bandwidths of all classes sum to 90 %, expected 100");
    }

    /** A frame but for its number. */
    private interface Blank {
        Frame apply(int number);
    }

    private static Blank at(long time, int priority) {
        return number -> frame(number).at(time).octets(OCTETS).tagged(VlanTag.TPID_C, priority << 13 | 10);
    }

    private static List<Frame> numbered(Blank... blanks) {
        List<Frame> frames = new ArrayList<>();
        for (Blank blank : blanks) {
            frames.add(blank.apply(frames.size() + 1));
        }
        return frames;
    }

    /** So many frames of priorities 0 and on, all at 0, in turn. */
    private static List<Frame> backlog(int... frames) {
        List<Frame> all = new ArrayList<>();
        for (int each = 0; each < frames[0]; each++) {
            for (int priority = 0; priority < frames.length; priority++) {
                all.add(at(0, priority).apply(all.size() + 1));
            }
        }
        return all;
    }

    /** A class is ETS where it has bandwidth. */
    private static WireSettings classes(List<Integer> classOf, List<Integer> bandwidth) {
        List<Selection> selection = bandwidth.stream()
                .map(share -> share > 0 ? Selection.ETS : Selection.STRICT)
                .toList();
        return WireSettings.PLAIN.with(new TrafficClasses(classOf, selection, bandwidth));
    }

    private static Steps<WireSettings> paused(long from, long until, FlowControl flow) {
        return Steps.of(
                WireSettings.PLAIN.with(STRICT.classes()),
                List.of(
                        new Timed<>(from, "", "", STRICT.with(flow)),
                        new Timed<>(until, "", "", STRICT.with(flow.over(1)))),
                settings -> settings);
    }

    private static Steps<WireSettings> with(WireSettings classes, Steps<WireSettings> steps) {
        return steps.of(settings -> settings.with(classes.classes()));
    }

    private static LossyStage stage(int queue, Steps<WireSettings> steps) {
        return (LossyStage) WireStage.of("uplink.tx", "uplink", OCTET_A_NANOSECOND, queue, steps);
    }

    private static Passage pass(WireSettings settings, int queue, Blank... blanks) {
        return Passage.deciding(stage(queue, Steps.always(settings))).all(numbered(blanks));
    }

    private static List<String> left(WireSettings settings, Blank... blanks) {
        return text(pass(settings, ANY, blanks));
    }

    private static List<String> left(WireSettings settings, Frame... frames) {
        return text(Passage.deciding(stage(ANY, Steps.always(settings))).all(List.of(frames)));
    }

    private static List<String> left(Steps<WireSettings> steps, Blank... blanks) {
        return text(Passage.deciding(stage(ANY, steps)).all(numbered(blanks)));
    }

    private static List<String> text(Passage passage) {
        return passage.out().get(0).stream()
                .map(frame -> frame.number() + " at " + frame.time())
                .toList();
    }

    /** Priorities of the first frames that leave. */
    private static String order(WireSettings settings, List<Frame> frames, int first) {
        return Passage.deciding(stage(ANY, Steps.always(settings))).all(frames).out().get(0).stream()
                .limit(first)
                .map(frame -> Integer.toString(VlanTag.pcp(frame.tag())))
                .collect(Collectors.joining());
    }
}
