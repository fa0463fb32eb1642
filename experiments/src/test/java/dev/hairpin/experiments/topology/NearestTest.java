package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What may have been meant. */
class NearestTest {
    private static final List<String> KNOWN = List.of("spoofchk", "state", "trunk", "trust", "tx", "vlan");

    @Test
    void distanceCountsLettersPutInTakenOutAndChanged() {
        assertThat(Nearest.distance("vlan", "vlan")).isZero();
        assertThat(Nearest.distance("vlan", "vlans")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void theNearestIsMeant() {
        assertThat(Nearest.to("spofchk", KNOWN)).contains("spoofchk");
        assertThat(Nearest.to("Vlan", KNOWN)).contains("vlan");
    }

    @Test
    void whatIsFarFromAllIsLikeNothing() {
        assertThat(Nearest.to("colour", KNOWN)).isEmpty();
        assertThat(Nearest.hint("colour", KNOWN)).isEmpty();
    }
}
