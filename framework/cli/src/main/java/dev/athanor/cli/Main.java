package dev.athanor.cli;

import java.time.Clock;
import java.util.Map;

/** The program. Results go to standard output, everything else to standard error. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logs.configure(arguments);
        Terminal terminal = Terminal.system(System.out, System.err);
        int code = new Application(terminal, Map.copyOf(System.getenv()), Clock.systemUTC()).run(arguments);
        System.exit(code);
    }
}
