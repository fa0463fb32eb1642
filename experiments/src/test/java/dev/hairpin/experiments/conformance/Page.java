package dev.hairpin.experiments.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a page in docs that is made and not written, between two marks with its name. */
public final class Page {
    private static final String UPDATE = "golden.update";

    private final Path file;
    private final String begin;
    private final String end;

    /** A part of docs/conformance.md. */
    public Page(String part) {
        this("conformance.md", part);
    }

    /** @param name of the page */
    Page(String name, String part) {
        this.file = Captures.sample("../docs/" + name).normalize();
        this.begin = "<!-- " + part + ": begin -->\n";
        this.end = "<!-- " + part + ": end -->";
    }

    /** What stands there. */
    public String read() throws IOException {
        String page = Files.readString(file);
        return page.substring(page.indexOf(begin) + begin.length(), page.indexOf(end));
    }

    /** That the page says {@code text}; with {@code -Dgolden.update=true} it is made to. */
    public void says(String text) throws IOException {
        if (Boolean.getBoolean(UPDATE)) {
            String page = Files.readString(file);
            Files.writeString(
                    file,
                    page.substring(0, page.indexOf(begin) + begin.length()) + text + page.substring(page.indexOf(end)));
        }
        assertThat(read())
                .as("%s behind %s; -D%s=true writes it", file, begin.strip(), UPDATE)
                .isEqualTo(text);
    }
}
