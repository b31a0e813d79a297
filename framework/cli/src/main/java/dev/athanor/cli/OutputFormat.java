package dev.athanor.cli;

/** Form of a result. */
enum OutputFormat {
    /** For people. */
    TEXT,
    /** One object on standard output. */
    JSON
}
