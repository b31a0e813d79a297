package dev.athanor.testkit;

import java.io.IOException;
import java.util.List;

/**
 * How to start a process that obeys Ctrl-C: whoever starts the tests in the background may have them ignore it, and a
 * child inherits that.
 */
public final class Receptive {
    private static final List<String> PREFIX = probe(List.of("env", "--default-signal=INT"));

    private Receptive() {}

    /** Words in front of a command; none where this is not known how to do. */
    public static List<String> prefix() {
        return PREFIX;
    }

    private static List<String> probe(List<String> prefix) {
        try {
            ProcessBuilder probe = new ProcessBuilder(prefix.get(0), prefix.get(1), "true");
            return probe.redirectErrorStream(true).start().waitFor() == 0 ? prefix : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
