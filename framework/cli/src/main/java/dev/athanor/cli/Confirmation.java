package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks before something is done that loses data. Only somebody who sits at a terminal is asked. */
final class Confirmation {
    private Confirmation() {}

    /**
     * Returns when the answer is yes.
     *
     * @throws AthanorException kind REFUSED, code {@code not_confirmed}, when it is no, or when there is nobody to ask
     */
    static void require(AthanorCommand root, Settings settings, String what) {
        Console console = settings.json() ? null : console();
        if (console == null) {
            throw refused(what + " It needs --yes where nobody can be asked.");
        }
        root.terminal().err().print(what + " Go on? [y/N] ");
        root.terminal().err().flush();
        String answer = console.readLine();
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw refused(what + " It was not confirmed.");
        }
    }

    private static AthanorException refused(String what) {
        return new AthanorException(
                FailureKind.REFUSED,
                "not_confirmed",
                what,
                "Nothing was changed. To do it: the same command with --yes");
    }

    /** From Java 22 on there is a console without a terminal, too, and a method that tells. */
    private static @Nullable Console console() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
        } catch (ReflectiveOperationException e) {
            return console;
        }
    }
}
