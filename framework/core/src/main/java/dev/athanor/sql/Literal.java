package dev.athanor.sql;

/** String constants for scripts that are printed; statements that we run ourselves bind parameters instead. */
public final class Literal {
    private Literal() {}

    /** The text in single quotes, quotes inside doubled; needs {@code standard_conforming_strings}, the default. */
    public static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The text between dollar quotes that do not occur in it. */
    public static String dollarQuote(String text) {
        String tag = "$athanor$";
        for (int i = 1; text.contains(tag); i++) {
            tag = "$athanor" + i + "$";
        }
        return tag + text + tag;
    }
}
