package dev.athanor.cli;

import java.io.PrintStream;
import java.util.List;

/** A terminal's second screen, drawn anew each time; the first comes back when it is closed, or at Ctrl-C. */
final class Screen implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private final PrintStream out;
    private final int columns;
    private final Thread leave = new Thread(this::leave, "athanor-screen");

    Screen(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
        Runtime.getRuntime().addShutdownHook(leave);
        print(ENTER);
    }

    /** Shows these lines in place of those before. */
    void draw(List<String> lines) {
        StringBuilder screen = new StringBuilder(HOME);
        lines.forEach(line -> screen.append(line, 0, Math.min(line.length(), columns - 1))
                .append(REST_OF_LINE)
                .append("\r\n"));
        print(screen.append(REST_OF_SCREEN).toString());
    }

    private void leave() {
        print(LEAVE);
    }

    private synchronized void print(String text) {
        out.print(text);
        out.flush();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(leave);
        } catch (IllegalStateException e) {
            // the process is ending already, and the hook leaves the screen
            return;
        }
        leave();
    }
}
