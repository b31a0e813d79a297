package dev.athanor.lint;

/** A rule, or a few that look at the same thing. Keeps no state: what came before is in the scope. */
interface Rule {
    /** Looks at a statement before the history takes note of it. */
    default void statement(Site site, Scope scope) {}

    /** Looks at one action of an ALTER TABLE before the history takes note of it. */
    default void action(Site site, Statement.AlterTable alter, AlterAction action, Scope scope) {}

    /** Looks at the whole, when all statements are noted. */
    default void end(Scope scope) {}
}
