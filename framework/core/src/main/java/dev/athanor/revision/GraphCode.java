package dev.athanor.revision;

import java.util.Locale;

/** What can be wrong with a graph or with a question to it, in the order in which faults of a graph are reported. */
enum GraphCode {
    SELF_REFERENCE,
    DEPENDENCY_SELF_REFERENCE,
    ILLEGAL_ID,
    DUPLICATE_ID,
    LABEL_CONFLICT,
    UNRESOLVED_REFERENCE,
    CYCLE,
    DEPENDENCY_CYCLE,
    MULTIPLE_HEADS,
    UNKNOWN_REVISION,
    UNKNOWN_BRANCH,
    AMBIGUOUS_REVISION,
    NOT_IN_BRANCH,
    RELATIVE_OUT_OF_RANGE,
    AMBIGUOUS_RELATIVE,
    NOT_AN_ANCESTOR,
    OVERLAPS,
    RANGE_NOT_ALLOWED,
    RANGE_REQUIRED,
    BAD_RANGE,
    NOT_A_HEAD,
    DUPLICATE_ARGUMENT,
    NOT_AT_HEADS;

    /** The stable name that users and programs see. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static GraphCode of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
