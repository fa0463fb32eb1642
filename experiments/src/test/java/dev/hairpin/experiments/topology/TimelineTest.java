package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.link.Timed;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Changes one after the other of a text; whoever asks for anything while it ends with a question mark waits for ten. */
class TimelineTest {
    private static final NicSettings NIC = NicSettings.of("nic0", Mode.VEB, List.of());
    private static final long PATIENCE = 10;

    private final Timeline<String> timeline = new Timeline<>("", (refused, was) -> was + "!");

    private static UnaryOperator<String> and(String word) {
        return before -> before + word;
    }

    private static UnaryOperator<String> asked(String word) {
        return before -> {
            if (before.endsWith("?")) {
                throw new Refused("nobody answers", NIC, PATIENCE);
            }
            return before + word;
        };
    }

    private static String refused(String before) {
        throw new Refused("no");
    }

    private List<String> told() {
        return timeline.changes().stream().map(TimelineTest::text).toList();
    }

    private static String text(Timed<String> timed) {
        return timed.time() + " " + timed.change() + " '" + timed.settings() + "'"
                + (timed.refusal().isEmpty() ? "" : " " + timed.refusal());
    }

    @Test
    void whatIsGrantedAndWhatIsRefusedIsToldAtItsTime() {
        timeline.say(1, "a", and("a"));
        timeline.say(2, "b", TimelineTest::refused);
        timeline.say(3, "c", and("c"));
        assertThat(told()).containsExactly("1 a 'a'", "2 b 'a!' no", "3 c 'a!c'");
    }

    @Test
    void aRequestThatIsNotAnsweredIsGivenUpInTheEnd() {
        timeline.say(1, "quiet", and("?"));
        timeline.say(2, "b", asked("b"));
        assertThat(told()).containsExactly("1 quiet '?'", "2 b '?' no answer yet", "12 gave up: b '?!' nobody answers");
    }

    @Test
    void itIsGivenUpBeforeWhatIsSaidThen() {
        timeline.say(1, "quiet", and("?"));
        timeline.say(2, "b", asked("b"));
        timeline.say(12, "c", and("c"));
        assertThat(told()).endsWith("12 gave up: b '?!' nobody answers", "12 c '?!c'");
    }

    @Test
    void itIsAnsweredWithTheFirstChangeThatMakesAnAnswer() {
        timeline.say(1, "quiet", and("?"));
        timeline.say(2, "b", asked("b"));
        timeline.say(3, "c", and("?"));
        timeline.say(4, "loud", and("."));
        assertThat(told()).endsWith("4 loud '??.'", "4 answered: b '??.b'");
    }

    /** Whom the first's giving up lets through is answered then. */
    @Test
    void severalWaitInTheirOrder() {
        timeline.say(1, "quiet", and("?"));
        timeline.say(2, "b", asked("b"));
        timeline.say(3, "c", asked("c"));
        assertThat(told()).endsWith("12 gave up: b '?!' nobody answers", "12 answered: c '?!c'");
    }

    @Test
    void whatWaitsAtACutGoesOnWaitingBehindIt() {
        timeline.say(1, "quiet", and("?"));
        timeline.say(2, "b", asked("b"));
        List<Timed<String>> before = timeline.changes().subList(0, 2);
        assertThat(Timeline.unanswered(before)).extracting(Timed::change).containsExactly("b");
        assertThat(Timeline.unanswered(timeline.changes())).isEmpty();
        Timeline<String> fork = new Timeline<>("?", (refused, was) -> was + "!");
        fork.waits(2, 7, "b", asked("b"));
        assertThat(fork.changes().stream().map(TimelineTest::text))
                .as("it has asked at 2, not at the cut")
                .containsExactly("7 b '?' no answer yet", "12 gave up: b '?!' nobody answers");
        assertThat(fork.changes()).extracting(Timeline::isEnd).containsExactly(false, true);
    }
}
