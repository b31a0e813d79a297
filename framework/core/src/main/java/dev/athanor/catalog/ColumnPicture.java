package dev.athanor.catalog;

import java.util.Set;

/**
 * A column as reading and writing its values needs to know it.
 *
 * @param name true spelling, unquoted
 * @param type as {@code format_type} writes it, without length or precision, so that a cast to it cuts nothing off
 * @param kind how its values travel
 * @param generation whether the server makes its values
 */
public record ColumnPicture(String name, String type, Kind kind, Generation generation) {

    private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");

    /** Whether a type, as {@code format_type} writes it, is one of the whole numbers. */
    static boolean isWhole(String type) {
        return WHOLE.contains(type);
    }

    /** Whether its values are whole numbers, dates or times, which have two, four or eight bytes in binary. */
    public boolean isShort() {
        return switch (kind) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
            case EXACT -> isWhole(type);
            case BYTES, OTHER -> false;
        };
    }

    /** How values travel: exactly, whatever {@code DateStyle}, {@code TimeZone} and {@code bytea_output} are set to. */
    public enum Kind {
        /** As text that stands for one value only, to be compared as what it is. */
        EXACT,
        /** {@code date}, as its binary form in hex digits. */
        DATE,
        /** {@code timestamp}, likewise. */
        TIMESTAMP,
        /** {@code timestamptz}, likewise. */
        TIMESTAMPTZ,
        /** {@code bytea}. */
        BYTES,
        /** Anything else: as text, to be compared as text, because not every type has an equality, or an exact one. */
        OTHER;

        /** Of a type of {@code pg_catalog}. */
        public static Kind of(String typname) {
            return switch (typname) {
                case "int2", "int4", "int8", "oid", "bool", "uuid" -> EXACT;
                case "date" -> DATE;
                case "timestamp" -> TIMESTAMP;
                case "timestamptz" -> TIMESTAMPTZ;
                case "bytea" -> BYTES;
                default -> OTHER;
            };
        }
    }

    /** Who makes the values of a column. */
    public enum Generation {
        /** Whoever writes the row. */
        NONE,
        /** {@code GENERATED ALWAYS AS IDENTITY}. */
        IDENTITY,
        /** {@code GENERATED ALWAYS AS (…)}. */
        COMPUTED
    }
}
