package dev.athanor.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** The program. Results go to standard output, everything else to standard error. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logs.configure(arguments);
        Terminal terminal = Terminal.system(utf8(FileDescriptor.out), utf8(FileDescriptor.err));
        int code = new Application(terminal, Map.copyOf(System.getenv()), Clock.systemUTC())
                .run(Arguments.asTyped(arguments));
        System.exit(code);
    }

    /** Whatever the locale: JSON is UTF-8, and so are revision files. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
