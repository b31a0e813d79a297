package dev.athanor.cli;

import dev.athanor.AthanorException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints an error: one paragraph with cause, object and next command, or JSON. */
final class ErrorReport {
    private final Terminal terminal;

    ErrorReport(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(AthanorException error, boolean json, boolean stackTrace) {
        if (json) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("code", error.code());
            body.put("message", error.getMessage());
            body.put("hint", error.hint());
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("success", false);
            all.put("error", body);
            terminal.out().println(Json.write(all));
        } else {
            terminal.err().println("error: " + error.getMessage());
            if (!error.hint().isEmpty()) {
                terminal.err().println("hint: " + error.hint());
            }
        }
        if (stackTrace) {
            error.printStackTrace(terminal.err());
        }
    }
}
