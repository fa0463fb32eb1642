package dev.hairpin.model.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.Slab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How expressions are read: two that are read alike have one verdict on every frame. */
class MatchGrammarTest {
    private static final int[] ETHER_TYPES = {0x0800, 0x0806, 0x86DD, 0x8035, 0x0026, 0x88CC};
    private static final Slab SLAB = Slab.of(new byte[64]);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // And and or bind equally, to the left.
                "ip or arp and len < 70          ; (ip or arp) and len < 70",
                "arp and len < 70 or ip          ; (arp and len < 70) or ip",
                "ip or arp and len < 70 or ip6   ; ((ip or arp) and len < 70) or ip6",
                // Not binds closest.
                "not ip and arp                  ; (not ip) and arp",
                "not ip or len < 70              ; (not ip) or len < 70",
                "! ip && ! arp || ! len < 70     ; ((not ip) and (not arp)) or (not (len < 70))",
                "not not arp                     ; arp",
                // What is inherited.
                "ether proto 0x800 or 0x806      ; ether proto 0x800 or ether proto 0x806",
                "ether proto (0x800 or 0x806)    ; ip or arp",
                "ether proto 0x800 or not 0x806  ; ip or not arp",
                "ether proto not (5 or 0x806)    ; not (ether proto 5 or arp)",
                "ether dst 2:0:0:0:0:2 or 2:0:0:0:0:3 ; ether dst 2:0:0:0:0:2 or ether dst 2:0:0:0:0:3",
                "ether proto 5 or (arp) or 0x800 ; ether proto 5 or arp or ip",
                // Arithmetic.
                "len = 2 + 3 * 20                ; len = 62",
                "len = (2 + 3) * 12 + 2          ; len = 62",
                "len - 2 - 10 = 50               ; len = 62",
                "len & 60 | 3 = 63 ; len > 59 and len < 64",
                "len = 1 << 5 + 1                ; len = 64",
                // No precedence: it takes all to its right.
                "len % 50 + 20 = 62              ; len = 62",
                "len * 3 % 2 = len               ; ip or not ip",
                "60 < len                        ; len > 60",
                "60 >= len                       ; len <= 60",
                "len == 0x3e                     ; len = 076",
                "not len != 62                   ; len = 62",
            })
    void readsAlike(String one, String other) {
        assertThat(verdicts(one)).isEqualTo(verdicts(other)).contains("1");
    }

    @Test
    void anEmptyExpressionMatchesEverything() {
        assertThat(verdicts("")).doesNotContain("0");
        assertThat(verdicts(" \t\n")).doesNotContain("0");
    }

    @Test
    void anExpressionIsShownAsItWasWritten() {
        assertThat(FrameMatch.compile("vlan  10 and not arp")).hasToString("vlan  10 and not arp");
    }

    @Test
    void manyPartsAreNoTrouble() {
        String many = "ether proto 5" + " or ether proto 0x800".repeat(2_500);
        assertThat(verdicts(many)).isEqualTo(verdicts("ip"));
        assertThat(verdicts("ip and " + "not ".repeat(150) + "arp")).isEqualTo(verdicts("ip and arp"));
    }

    private static String verdicts(String expression) {
        FrameMatch match = FrameMatch.compile(expression);
        BurstBuilder rows = new BurstBuilder(0);
        for (int etherType : ETHER_TYPES) {
            for (int length = 60; length < 75; length++) {
                for (int destination = 2; destination < 5; destination++) {
                    rows.add(0, 0, 0x0200_0000_0000L + destination, 0, 0, etherType, 0, 60, length, 0);
                }
            }
        }
        Burst burst = rows.build();
        StringBuilder verdicts = new StringBuilder();
        for (int row = 0; row < burst.size(); row++) {
            verdicts.append(match.matches(burst, row, SLAB) ? '1' : '0');
        }
        return verdicts.toString();
    }
}
