package dev.athanor.cli;

import java.util.regex.Pattern;

/**
 * Targets that begin with a sign ({@code -1}, {@code +2}, {@code -3:}) are targets, not options. They are marked before
 * the command line is parsed, and unmarked where they are read.
 */
final class Targets {
    private static final char MARK = '\u001f';
    private static final Pattern SIGNED = Pattern.compile("-\\d.*");

    private Targets() {}

    static String protect(String argument) {
        return SIGNED.matcher(argument).matches() ? MARK + argument : argument;
    }

    static String unprotect(String argument) {
        return argument.replace(String.valueOf(MARK), "");
    }
}
