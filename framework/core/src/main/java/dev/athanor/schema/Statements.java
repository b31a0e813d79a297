package dev.athanor.schema;

/** Statements in messages. */
final class Statements {
    /** Enough to know a statement again. */
    private static final int LONGEST = 120;

    private Statements() {}

    static String firstLine(String sql) {
        String line = sql.strip().lines().findFirst().orElse("").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
    }
}
