package dev.hairpin.model.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final List<Timed<String>> CHANGES = List.of(
            new Timed<>(10, "first", "", "b1"),
            new Timed<>(20, "of something else", "", "b2"),
            new Timed<>(30, "", "", "c2"));

    private final Steps<String> letters = Steps.of("a1", CHANGES, settings -> settings.substring(0, 1));

    @Test
    void holdAtTheirTimeAndFromThenOn() {
        assertThat(letters.reach(9)).isFalse();
        assertThat(letters.now()).isEqualTo("a");
        assertThat(letters.reach(10)).isTrue();
        assertThat(letters.now()).isEqualTo("b");
        assertThat(letters.since()).isEqualTo(10);
    }

    @Test
    void areNoneWhereThePartDoesNotChange() {
        assertThat(letters.all()).containsExactly("a", "b", "c");
        letters.reach(10);
        assertThat(letters.reach(29)).isFalse();
        assertThat(letters.isDue(29)).isFalse();
        assertThat(letters.isDue(30)).isTrue();
    }

    @Test
    void canBePassedByManyAtOnceAndEnd() {
        assertThat(letters.reach(Batch.NEVER)).isTrue();
        assertThat(letters.now()).isEqualTo("c");
        assertThat(letters.next()).isEqualTo(Batch.NEVER);
        assertThat(letters.isDue(Batch.NEVER)).isFalse();
    }

    @Test
    void tellWhatHoldsAtATimeWithoutGoingThere() {
        assertThat(letters.at(30)).isEqualTo("c");
        assertThat(letters.at(15)).isEqualTo("b");
        assertThat(letters.now()).isEqualTo("a");
    }

    @Test
    void goOnWhereAnotherWas() {
        letters.reach(15);
        Steps<String> other = Steps.of("a1", CHANGES, settings -> settings.substring(0, 1));
        other.restore(letters.state());
        assertThat(other.now()).isEqualTo("b");
        assertThat(Steps.always("a").state())
                .as("where nothing changes, nothing is kept")
                .isEmpty();
    }
}
