package dev.athanor.lint;

import java.util.Set;

/** Words of SQL that tell names of columns from what else stands in values. */
final class Words {
    /** What a value may hold that depends on no column. */
    static final Set<String> IN_CONSTANTS = Set.of(
            "and",
            "or",
            "not",
            "null",
            "true",
            "false",
            "array",
            "any",
            "all",
            "some",
            "row",
            "time",
            "timestamp",
            "at",
            "zone",
            "with",
            "without",
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "current_user",
            "session_user",
            "user",
            "symmetric",
            "asymmetric",
            "case",
            "when",
            "then",
            "else",
            "end",
            "as");

    /** Values that are no functions by their look and yet change from call to call, or within a day. */
    static final Set<String> STABLE = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "current_user",
            "session_user",
            "user",
            "current_role",
            "current_schema",
            "current_catalog");

    /** Words of conditions that are names of nothing. */
    private static final Set<String> OF_CONDITIONS = Set.of(
            "is",
            "in",
            "like",
            "ilike",
            "similar",
            "to",
            "between",
            "distinct",
            "from",
            "isnull",
            "notnull",
            "overlaps",
            "escape",
            "collate",
            "unknown",
            "exists",
            "operator",
            "for",
            "using",
            "both",
            "leading",
            "trailing",
            "placing",
            "document",
            "interval",
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "cast",
            "select",
            "where");

    private Words() {}

    /** Whether a word, in lower case, is none of the columns that a condition speaks of. */
    static boolean isInConditions(String word) {
        return IN_CONSTANTS.contains(word) || OF_CONDITIONS.contains(word);
    }
}
