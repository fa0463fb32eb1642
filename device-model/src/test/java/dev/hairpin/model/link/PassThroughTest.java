package dev.hairpin.model.link;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.frames;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassThroughTest {
    private static final Batch ARRIVED =
            new Batch(4, burst(frame(1).at(10), frame(2).at(20).by(3)), 30, 7, false);

    @Test
    void takesAFixedTimeForFramesAndPromises() {
        Batch out = through(new PassThrough("cable", "p", 5), ARRIVED);
        assertThat(frames(out.burst()))
                .containsExactly(frame(1).at(15), frame(2).at(25).by(3));
        assertThat(out.promisedTime()).isEqualTo(35);
        assertThat(out.promisedNumber()).isEqualTo(7);
        assertThat(out.wave()).isEqualTo(4);
    }

    @Test
    void passesABatchAsItIsWhenItTakesNoTime() {
        assertThat(through(new PassThrough("port", "p", 0), ARRIVED)).isSameAs(ARRIVED);
    }

    @Test
    void promisesThatNothingFollowsWhenNothingDoes() {
        Batch out = through(new PassThrough("cable", "p", 5), Batch.end(9));
        assertThat(out).isEqualTo(Batch.end(9));
    }

    @Test
    void decidesNothingAndKeepsNoJournal() {
        PassThrough cable = new PassThrough("cable", "p", 5);
        assertThat(cable.decide(ARRIVED).size()).isZero();
        assertThat(cable.keeping()).isEqualTo(Stage.Keeping.NONE);
        assertThat(cable.ports()).containsExactly("p");
    }

    private static Batch through(PassThrough stage, Batch arrived) {
        return stage.emitted(stage.decide(arrived), arrived)[0];
    }
}
