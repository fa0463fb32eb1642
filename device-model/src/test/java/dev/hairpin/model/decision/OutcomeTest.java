package dev.hairpin.model.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final List<String> PORTS = List.of("vf0", "vf1", "uplink");

    @Test
    void tellsItsCopiesByName() {
        Outcome outcome = Outcome.forward(0, Rule.VEB_BROADCAST, 1, 2);
        assertThat(outcome.egressText(PORTS)).isEqualTo("vf1 uplink");
        assertThat(outcome.droppedText(PORTS)).isEmpty();
    }

    @Test
    void tellsWhatWasDroppedWithItsReason() {
        Outcome outcome = new Outcome(
                2, Rule.VEPA_SOURCE_PRUNING, new int[] {1}, new int[] {0}, new DropReason[] {DropReason.SOURCE_PRUNED});
        assertThat(outcome.droppedText(PORTS)).isEqualTo("vf0:SOURCE_PRUNED");
        assertThat(Outcome.drop(0, Rule.ER_RUNT, DropReason.RUNT).droppedText(PORTS))
                .isEqualTo("-:RUNT");
    }

    @Test
    void isDroppedWhenNoCopyLeavesWhateverItsRule() {
        assertThat(Outcome.dropCopy(2, Rule.VEPA_SOURCE_PRUNING, 0, DropReason.SOURCE_PRUNED)
                        .disposition())
                .isEqualTo(Disposition.DROPPED);
        assertThat(Outcome.forward(2, Rule.VEPA_SOURCE_PRUNING, 1).disposition())
                .isEqualTo(Disposition.DELIVERED);
    }

    @Test
    void hasCopiesOrAReason() {
        assertThatThrownBy(() -> Outcome.forward(0, Rule.VEB_BROADCAST)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Outcome(0, Rule.ER_RUNT, new int[0], new int[1], new DropReason[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void differsByEachOfItsParts() {
        DropReason[] pruned = {DropReason.SOURCE_PRUNED};
        DropReason[] full = {DropReason.QUEUE_FULL};
        List<Outcome> different = List.of(
                new Outcome(0, Rule.ER_UPLINK_UNICAST, new int[] {1}, new int[] {2}, pruned),
                new Outcome(1, Rule.ER_UPLINK_UNICAST, new int[] {1}, new int[] {2}, pruned),
                new Outcome(0, Rule.ER_UPLINK_BROADCAST, new int[] {1}, new int[] {2}, pruned),
                new Outcome(0, Rule.ER_UPLINK_UNICAST, new int[] {0}, new int[] {2}, pruned),
                new Outcome(0, Rule.ER_UPLINK_UNICAST, new int[] {1, 2}, new int[] {2}, pruned),
                new Outcome(0, Rule.ER_UPLINK_UNICAST, new int[] {1}, new int[] {1}, pruned),
                new Outcome(0, Rule.ER_UPLINK_UNICAST, new int[] {1}, new int[] {2}, full));
        assertThat(Set.copyOf(different)).hasSize(different.size());
        assertThat(new Outcome(0, Rule.ER_UPLINK_UNICAST, new int[] {1}, new int[] {2}, pruned.clone()))
                .isEqualTo(different.get(0))
                .hasSameHashCodeAs(different.get(0));
    }
}
