package dev.athanor.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The words of the command line as they were typed. */
final class Arguments {
    private static final String LOST = "\uFFFD";
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Arguments() {}

    /**
     * A JVM reads its arguments by the locale, and without one (in a container, say) everything outside ASCII is lost
     * before we see it. Linux still has the words themselves.
     */
    static String[] asTyped(String[] arguments) {
        if (Arrays.stream(arguments).noneMatch(argument -> argument.contains(LOST)) || !Files.exists(COMMAND_LINE)) {
            return arguments;
        }
        try {
            String[] words = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8).split("\0", -1);
            // each word ends with a NUL, so the last part is behind all words
            int end = words.length - 1;
            String[] typed = Arrays.copyOfRange(words, Math.max(0, end - arguments.length), end);
            return agree(arguments, typed) ? typed : arguments;
        } catch (IOException e) {
            return arguments;
        }
    }

    private static boolean agree(String[] arguments, String[] typed) {
        boolean agree = arguments.length == typed.length;
        for (int i = 0; agree && i < typed.length; i++) {
            agree = arguments[i].contains(LOST) || arguments[i].equals(typed[i]);
        }
        return agree;
    }
}
