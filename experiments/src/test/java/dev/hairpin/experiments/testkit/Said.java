package dev.hairpin.experiments.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.command.HairpinCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/**
 * What the command has said.
 *
 * @param code by which it has ended
 * @param out to standard output
 * @param err to standard error
 */
public record Said(int code, String out, String err) {
    /** Runs {@code hairpin} with {@code arguments}, in this process. */
    public static Said hairpin(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int at = 0; at < words.length; at++) {
            words[at] = arguments[at].toString();
        }
        int code = HairpinCommand.run(new PrintWriter(out), new PrintWriter(err, true), words);
        return new Said(code, out.toString(), err.toString());
    }

    /** Holds that it ended well and complained of nothing. */
    public Said well() {
        assertThat(err).isEmpty();
        assertThat(code).as(out).isZero();
        return this;
    }

    /** Standard output as JSON. */
    public Json json() {
        try {
            return new Json(JSON.std.mapFrom(out));
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + out, e);
        }
    }

    /** Lines of standard output. */
    public List<String> lines() {
        return out.lines().toList();
    }

    /** A JSON object. */
    public record Json(Map<String, Object> values) {
        /** The object at {@code path}, names of nested objects. */
        @SuppressWarnings("unchecked") // JSON objects have texts as names
        public Json at(String... path) {
            Map<String, Object> at = values;
            for (String name : path) {
                assertThat(at).containsKey(name);
                assertThat(at.get(name)).as(name).isInstanceOf(Map.class);
                at = (Map<String, Object>) at.get(name);
            }
            return new Json(at);
        }

        /** The number called {@code name}. */
        public long number(String name) {
            assertThat(values.get(name)).as(name).isInstanceOf(Number.class);
            return ((Number) values.get(name)).longValue();
        }

        /** The value called {@code name}. */
        public Object value(String name) {
            Object value = values.get(name);
            assertThat(value).as(name).isNotNull();
            return value;
        }
    }
}
