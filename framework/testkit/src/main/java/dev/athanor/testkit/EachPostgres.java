package dev.athanor.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once on every major version of PostgreSQL, with an empty database of its own as parameter of type
 * {@link TestDatabase}. The version is in the name of each run; where a version cannot be had (see {@link TestServers}),
 * the name says so, and a test of which no version can be had is reported as skipped.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(EachPostgresExtension.class)
public @interface EachPostgres {
    /** The oldest major version to run on. */
    int from() default 0;

    /** The newest major version to run on. */
    int to() default Integer.MAX_VALUE;
}
