package dev.hairpin.model.relay;

import dev.hairpin.model.relay.StormControl.Kind;
import dev.hairpin.model.relay.StormControl.Level;
import dev.hairpin.model.testkit.Dice;

/** Storm control by chance. */
public final class Storms {
    private Storms() {}

    public static StormControl of(Dice dice) {
        StormControl storm = StormControl.OFF;
        for (Kind kind : Kind.values()) {
            if (dice.percent(50)) {
                storm = storm.with(kind, level(dice));
            }
        }
        return storm;
    }

    private static Level level(Dice dice) {
        return dice.percent(50)
                ? Level.frames(dice.pick(1L, 20L, 1_000_000L, Long.MAX_VALUE)).withBurst(dice.pick(1L, 3L, 40L))
                : Level.bits(dice.pick(1L, 800_000L, 1_000_000_000L)).withBurst(dice.pick(60L, 2_000L, 40_000L));
    }
}
