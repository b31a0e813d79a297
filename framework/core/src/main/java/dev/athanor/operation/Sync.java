package dev.athanor.operation;

import java.util.List;

/** The option {@code sync}: who keeps old and new columns in step while both are there. */
final class Sync {
    private static final String OPTION = "sync";
    private static final String NONE = "none";

    private Sync() {}

    /** Whether the applications write both sides themselves, so that there are no triggers. */
    static boolean isOff(Arguments arguments) {
        return NONE.equals(arguments.oneOf(OPTION, List.of(NONE, "triggers")));
    }
}
