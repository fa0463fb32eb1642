package dev.hairpin.model.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The rows of docs/registers.md that a test is of, as {@code TABLE/ROW}. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface Row {
    /** Each as the page has it. */
    String[] value();
}
