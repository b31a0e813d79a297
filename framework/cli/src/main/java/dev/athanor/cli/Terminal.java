package dev.athanor.cli;

import java.io.PrintStream;

/**
 * Where output goes.
 *
 * @param out results
 * @param err everything else
 * @param redraws whether {@code err} is a terminal, on which a line may be drawn again
 * @param columns its width; a longer line would wrap, and could not be drawn again
 */
record Terminal(PrintStream out, PrintStream err, boolean redraws, int columns) {
    private static final int USUAL_COLUMNS = 120;

    /** The process's own streams. The launcher says whether there is a terminal; alone, the JVM guesses. */
    static Terminal system(PrintStream out, PrintStream err) {
        String told = System.getProperty("athanor.terminal");
        return new Terminal(
                out,
                err,
                told == null ? System.console() != null : Boolean.parseBoolean(told),
                Integer.getInteger("athanor.columns", USUAL_COLUMNS));
    }
}
