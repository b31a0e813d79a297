package dev.athanor.cli;

/** Form of findings. */
enum LintFormat {
    /** For people. */
    TEXT,
    /** One object. */
    JSON,
    /** Commands of a GitHub workflow, which shows them beside the lines they are about. */
    GITHUB,
    /** SARIF 2.1.0, which code scanning and editors read. */
    SARIF
}
