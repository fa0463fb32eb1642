package dev.hairpin.experiments.topology;

import dev.hairpin.model.frame.Mac;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of a line, read from left to right. */
final class Words {
    private static final Pattern WORD = Pattern.compile("\\S+");

    private final String line;
    private final List<MatchResult> words = new ArrayList<>();
    private int at;

    Words(String line) {
        this.line = line;
        WORD.matcher(line).results().forEach(words::add);
    }

    boolean atEnd() {
        return at == words.size();
    }

    /** The next word, which stays; empty at the end. */
    String peek() {
        return atEnd() ? "" : words.get(at).group();
    }

    /** Whether one of {@code names} stands anywhere in the line. */
    boolean mention(Collection<String> names) {
        return words.stream().anyMatch(word -> names.contains(word.group()));
    }

    /** Takes the next word if it is {@code word}. */
    boolean took(String word) {
        boolean is = peek().equals(word);
        if (is) {
            at++;
        }
        return is;
    }

    /** The next word, whatever it is. */
    String take(String expected) throws ChangeInvalid {
        if (atEnd()) {
            throw wrong(expected);
        }
        return words.get(at++).group();
    }

    /** The next word, which is one of {@code known}. */
    String take(Collection<String> known, String expected) throws ChangeInvalid {
        if (!known.contains(peek())) {
            throw wrong(expected + Nearest.hint(peek(), known));
        }
        return take(expected);
    }

    boolean takeSwitch() throws ChangeInvalid {
        return take(List.of("on", "off"), "on or off").equals("on");
    }

    /** A number without sign, as iproute2 takes them. */
    int takeNumber(String what) throws ChangeInvalid {
        if (!peek().matches("[0-9]{1,9}")) {
            throw wrong(what);
        }
        return Integer.parseInt(take(what));
    }

    long takeMac() throws ChangeInvalid {
        OptionalLong mac = Mac.parse(peek());
        if (mac.isEmpty()) {
            throw wrong("an address such as 02:00:00:00:00:01");
        }
        take("an address");
        return mac.getAsLong();
    }

    /** The next word is none of what could stand there. */
    ChangeInvalid wrong(String expected) {
        int column = atEnd() ? line.length() + 1 : words.get(at).start() + 1;
        return new ChangeInvalid(column, atEnd() ? "the end of the line" : peek(), expected);
    }

    /** All has been read. */
    void end(String expected) throws ChangeInvalid {
        if (!atEnd()) {
            throw wrong(expected);
        }
    }
}
