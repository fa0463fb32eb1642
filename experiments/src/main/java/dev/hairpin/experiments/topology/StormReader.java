package dev.hairpin.experiments.topology;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.relay.StormControl;
import dev.hairpin.model.relay.StormControl.Level;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads storm control, of a function or of a port of the bridge. */
final class StormReader {
    static final String KEY = "storm";

    private static final String BLOCK = "levels such as { broadcast = 1000pps, multicast = 10Mbit }";
    private static final String LEVEL =
            "a level such as 1000pps, 10Mbit, \"1000pps burst 50\" or \"10Mbit burst 64kB\"";
    private static final Pattern FRAMES = Pattern.compile("[0-9.]+[kMG]?pps");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,9}");

    private StormReader() {}

    static StormControl read(Block block) {
        return block.find(KEY)
                .flatMap(entry -> entry.block(BLOCK))
                .map(StormReader::levels)
                .orElse(StormControl.OFF);
    }

    private static StormControl levels(Block block) {
        StormControl[] storm = {StormControl.OFF};
        for (Map.Entry<String, StormControl.Kind> kind :
                Block.words(StormControl.Kind.class).entrySet()) {
            block.ifPresent(
                    kind.getKey(),
                    entry -> entry.text(LEVEL).ifPresent(word -> {
                        try {
                            storm[0] = storm[0].with(kind.getValue(), level(word));
                        } catch (IllegalArgumentException e) {
                            entry.wrong(String.valueOf(e.getMessage()));
                        }
                    }));
        }
        block.done();
        return storm[0];
    }

    /** A rate with its unit, for without one nobody knows what is counted, and maybe a burst. */
    private static Level level(String text) {
        List<String> words = List.of(text.strip().split("\\s+", -1));
        boolean plain = words.size() == 1;
        String rate = words.get(0);
        if ((!plain && !(words.size() == 3 && words.get(1).equals("burst"))) || rate.matches("[0-9.]*|unlimited")) {
            throw new IllegalArgumentException("found " + text + ", expected " + LEVEL);
        }
        boolean frames = FRAMES.matcher(rate).matches();
        long perSecond;
        try {
            perSecond = Quantities.rate(frames ? rate.substring(0, rate.length() - "pps".length()) : rate);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("found " + text + ", expected " + LEVEL, e);
        }
        if (perSecond == Server.UNLIMITED) {
            throw new IllegalArgumentException("found " + text + ", expected " + LEVEL);
        }
        Level level = frames ? Level.frames(perSecond) : Level.bits(perSecond);
        return plain ? level : level.withBurst(burst(words.get(2), frames));
    }

    private static long burst(String word, boolean frames) {
        if (frames && !COUNT.matcher(word).matches()) {
            throw new IllegalArgumentException("found a burst of " + word + ", expected a number of frames from 1");
        }
        return frames ? Long.parseLong(word) : Quantities.octets(word);
    }
}
