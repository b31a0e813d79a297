package dev.athanor.migration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The place of a {@link Migration} in the graph and what is to be known of it: the header of a SQL file. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Revision {
    /** Unique among all revisions: letters, digits, and any of {@code _ . -}; not base, head or heads. */
    String id();

    /** Its parents: none makes it a base, several make it a merge. */
    String[] revises() default {};

    /** Revisions that must be applied before it without being its parents. */
    String[] dependsOn() default {};

    /** Names of the branch that begins here. */
    String[] labels() default {};

    /** One line that says what it is for. */
    String message() default "";

    /** When it was written, with a zone, such as {@code 2025-01-15T13:00:00Z}; empty: unknown. */
    String created() default "";

    /** Whether its expand needs its ancestors' contract to be done. */
    boolean afterContract() default false;

    /** Why it cannot be undone once its contract has begun, in one line; empty: it can be. */
    String irreversible() default "";
}
