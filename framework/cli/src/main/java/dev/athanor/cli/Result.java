package dev.athanor.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Prints the result of a command in the form that is asked for. */
final class Result {
    private final Terminal terminal;
    private final boolean json;

    Result(Terminal terminal, Settings settings) {
        this.terminal = terminal;
        this.json = settings.json();
    }

    /** Prints one JSON object with {@code "success":true} in front, when JSON is asked for. */
    void json(Consumer<Map<String, Object>> body) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("success", true);
            body.accept(object);
            terminal.out().println(Json.write(object));
        }
    }

    /** Prints lines, when text is asked for. */
    void text(Consumer<PrintStream> lines) {
        if (!json) {
            lines.accept(terminal.out());
        }
    }
}
