package dev.hairpin.model.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final Outcome UP = Outcome.forward(0, Rule.VEPA_SEND_UP, 4);
    private static final Outcome LOCAL = Outcome.forward(0, Rule.VEB_LOCAL_UNICAST, 1);
    private static final Outcome RUNT = Outcome.drop(0, Rule.ER_RUNT, DropReason.RUNT);

    @Test
    void areNumberedAsTheyAreMet() {
        Outcomes outcomes = new Outcomes();
        assertThat(outcomes.number(UP)).isZero();
        assertThat(outcomes.number(LOCAL)).isOne();
        assertThat(outcomes.number(Outcome.forward(0, Rule.VEPA_SEND_UP, 4))).isZero();
        assertThat(outcomes.get(1)).isEqualTo(LOCAL);
        assertThat(outcomes.from(1)).containsExactly(LOCAL);
        assertThat(outcomes.size()).isEqualTo(2);
    }

    @Test
    void takeInADefinitionOnceOrTwice() {
        Outcomes outcomes = new Outcomes();
        outcomes.define(0, List.of(UP, LOCAL));
        outcomes.define(1, List.of(LOCAL, RUNT));
        assertThat(outcomes.from(0)).containsExactly(UP, LOCAL, RUNT);
    }

    @Test
    void refuseADefinitionThatDoesNotFit() {
        Outcomes outcomes = new Outcomes();
        outcomes.define(0, List.of(UP, LOCAL));
        assertThatThrownBy(() -> outcomes.define(0, List.of(LOCAL))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> outcomes.define(5, List.of(RUNT))).isInstanceOf(IllegalStateException.class);
    }
}
