package dev.athanor.lint;

import java.util.Map;
import java.util.Set;

/**
 * The type changes that leave rows as they are: those of which the server knows that each old value is a new one too, bit
 * for bit. From the coercions of PostgreSQL's catalogue ({@code pg_cast.castmethod = 'b'}) and the support functions of
 * its length coercions; {@code int} to {@code bigint} is none.
 */
final class TypeWidening {
    /** Digits behind the point of seconds when the type says nothing. */
    private static final int FULL_PRECISION = 6;

    private static final int NONE = -1;

    private static final Set<String> TEXTS = Set.of("text", "varchar");
    private static final Set<String> TIMES = Set.of("timestamp", "timestamptz", "time", "timetz", "interval");
    private static final Map<String, String> TIME_ZONES =
            Map.of("timestamp", "timestamptz", "timestamptz", "timestamp");

    private TypeWidening() {}

    /**
     * @param indexed whether the column stands in an index
     * @param utc whether the session's time zone is UTC
     */
    static boolean keepsRows(TypeName from, TypeName to, boolean indexed, boolean utc) {
        if (from.equals(to)) {
            return true;
        }
        if (from.array() || to.array() || from.schema() != null || to.schema() != null) {
            return false;
        }
        String before = from.name();
        String after = to.name();
        if (before.equals(after)) {
            return sameKind(before, from, to);
        }
        if (TEXTS.contains(before) && TEXTS.contains(after) || before.equals("xml") && TEXTS.contains(after)) {
            return length(to) == NONE;
        }
        if (before.equals("citext") && TEXTS.contains(after) || TEXTS.contains(before) && after.equals("citext")) {
            return !indexed && length(to) == NONE;
        }
        if (after.equals(TIME_ZONES.get(before))) {
            return utc && precision(to) >= precision(from);
        }
        return before.equals("bit") && after.equals("varbit") && length(to) == NONE
                || before.equals("cidr") && after.equals("inet");
    }

    private static boolean sameKind(String name, TypeName from, TypeName to) {
        if (name.equals("varchar") || name.equals("varbit")) {
            return length(to) == NONE || length(from) != NONE && length(to) >= length(from);
        }
        if (name.equals("numeric")) {
            boolean unconstrained = to.modifiers().isEmpty();
            boolean same = !from.modifiers().isEmpty() && to.modifier(1, 0) == from.modifier(1, 0);
            return unconstrained || same && to.modifier(0, 0) >= from.modifier(0, 0);
        }
        return TIMES.contains(name) && precision(to) >= precision(from);
    }

    private static int length(TypeName type) {
        return type.modifier(0, NONE);
    }

    private static int precision(TypeName type) {
        return Math.min(type.modifier(0, FULL_PRECISION), FULL_PRECISION);
    }
}
