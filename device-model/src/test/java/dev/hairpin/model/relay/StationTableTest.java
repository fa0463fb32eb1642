package dev.hairpin.model.relay;

import static dev.hairpin.model.relay.Relaying.listening;
import static dev.hairpin.model.relay.Relaying.vf;
import static dev.hairpin.model.relay.Relaying.vfs;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StationTableTest {
    @Test
    void tellsWhoseAnAddressIs() {
        StationTable table = new StationTable(List.of(vf(0, station(5), station(6)), vf(1), vf(2, station(7))));
        assertThat(table.owner(station(5))).isZero();
        assertThat(table.owner(station(6))).isZero();
        assertThat(table.owner(station(7))).isEqualTo(2);
        assertThat(table.owner(station(8))).isEqualTo(StationTable.NOBODY);
        assertThat(table.owner(0)).isEqualTo(StationTable.NOBODY);
    }

    @Test
    void refusesAnAddressThatTwoStationsClaim() {
        assertThatThrownBy(() -> new StationTable(List.of(vf(0, station(5)), vf(1, station(5)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vf1")
                .hasMessageContaining("vf0");
    }

    @Test
    void tellsWhoListensToAGroup() {
        StationTable table = new StationTable(List.of(listening(0, group(1)), vf(1), listening(2, group(1), group(2))));
        assertThat(table.stations(table.listenerSet(group(1)))).containsExactly(0, 1, 2);
        assertThat(table.stations(table.listenerSet(group(2)))).containsExactly(1, 2);
        assertThat(table.stations(table.listenerSet(group(3)))).containsExactly(1);
    }

    @Test
    void takesAStationThatListensToAllGroupsAndNamesSome() {
        Vsi both = new Vsi("vf0", List.of(station(0)), List.of(group(1)), true);
        StationTable table = new StationTable(List.of(both, listening(1, group(2))));
        assertThat(table.stations(table.listenerSet(group(1)))).containsExactly(0);
        assertThat(table.stations(table.listenerSet(group(2)))).containsExactly(0, 1);
        assertThat(table.stations(table.listenerSet(group(3)))).containsExactly(0);
    }

    @Test
    void keepsOneSetForGroupsWithTheSameListeners() {
        StationTable table = new StationTable(List.of(listening(0, group(1), group(2)), listening(1)));
        assertThat(table.listenerSet(group(1))).isEqualTo(table.listenerSet(group(2)));
        assertThat(table.listenerSet(group(3))).isNotEqualTo(table.listenerSet(group(1)));
    }

    @Test
    void namesItsStationsInOrder() {
        assertThat(new StationTable(vfs(3)).names()).containsExactly("vf0", "vf1", "vf2");
    }

    @Test
    void hasNoStationWithANameAddressOrGroupThatIsNone() {
        assertRefused("", List.of(), List.of());
        assertRefused("a b", List.of(), List.of());
        assertRefused("a>b", List.of(), List.of());
        assertRefused("vf0", List.of(0L), List.of());
        assertRefused("vf0", List.of(group(1)), List.of());
        assertRefused("vf0", List.of(1L << 48), List.of());
        assertRefused("vf0", List.of(), List.of(station(1)));
    }

    private static void assertRefused(String name, List<Long> addresses, List<Long> groups) {
        assertThatThrownBy(() -> new Vsi(name, addresses, groups, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
