package dev.athanor.operation;

/** Statements that do nothing but fail, for what only the server can see to be wrong. */
final class Refusal {
    private Refusal() {}

    /** An expression that gives such a statement; the message is an expression too. */
    static String of(String message) {
        return "'DO ' || quote_literal('BEGIN RAISE EXCEPTION USING ERRCODE = ''object_not_in_prerequisite_state'','"
                + " || ' MESSAGE = ' || quote_literal(" + message.strip() + ") || '; END')";
    }
}
