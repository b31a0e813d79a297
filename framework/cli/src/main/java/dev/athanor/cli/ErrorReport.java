package dev.athanor.cli;

import dev.athanor.AthanorException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prints an error: one paragraph with cause, object and next command, or JSON. It may quote what the user has written, a
 * mistyped option or a line of a file, and that may hold a URL with a password.
 */
final class ErrorReport {
    private static final Pattern PASSWORD_OF_A_URL =
            Pattern.compile("(://[^/?#:\\s]*):\\S*@|([?&](?i:(?:ssl)?password)=)[^&\\s'\"]*");

    private final Terminal terminal;

    ErrorReport(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(AthanorException error, boolean json, boolean stackTrace) {
        if (json) {
            terminal.out().println(Json.write(json(error.code(), error.getMessage(), error.hint())));
        } else {
            terminal.err().println("error: " + withoutPasswords(error.getMessage()));
            if (!error.hint().isEmpty()) {
                terminal.err().println("hint: " + withoutPasswords(error.hint()));
            }
        }
        if (stackTrace) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            terminal.err().print(withoutPasswords(trace.toString()));
        }
    }

    /** An error as the one object that a command prints. */
    static Map<String, Object> json(String code, @Nullable String message, String hint) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("message", withoutPasswords(message));
        body.put("hint", withoutPasswords(hint));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("success", false);
        all.put("error", body);
        return all;
    }

    /** The text with the passwords of URLs in it masked. */
    static String withoutPasswords(@Nullable String text) {
        return PASSWORD_OF_A_URL
                .matcher(String.valueOf(text))
                .replaceAll(found -> found.group(1) == null ? "$2***" : "$1:***@");
    }
}
