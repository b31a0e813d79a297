package dev.athanor.lint;

/** What a section of a revision is for. */
public enum SectionKind {
    /** Adds what the new version of an application needs, while the old one runs. */
    EXPAND,
    /** Walks a table; one statement with {@code ${chunk}}. */
    BACKFILL,
    /** A query that counts rows still wrong. */
    VERIFY,
    /** Takes away what the old version of an application needed. */
    CONTRACT,
    /** Takes one of the others back. */
    UNDO
}
