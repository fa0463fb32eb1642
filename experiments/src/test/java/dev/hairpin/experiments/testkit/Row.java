package dev.hairpin.experiments.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The rows of docs/registers.md that a test of a whole run is of, as tests of the model say it. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface Row {
    /** Each as the page has it, {@code TABLE/ROW}. */
    String[] value();
}
