package dev.athanor.backfill;

import static dev.athanor.sql.QualifiedName.quote;

import dev.athanor.catalog.ColumnPicture;
import dev.athanor.catalog.KeyColumn;
import dev.athanor.catalog.KeyShape;
import dev.athanor.source.BackfillWork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of work on rows. Values are written as arrays of text, one for each column, and are cast on the server, so that no
 * value is ever pasted into SQL. Our own columns are called {@code athanor_…} where the user's condition stands beside them,
 * and ORDER BY, which alone sees the names of a select list, has the columns of the table qualified.
 */
final class RowSql {
    /** Where the server spells floating point numbers out in full, as it does by default. */
    static final String SETTINGS = "SET LOCAL extra_float_digits = 1";

    /** Place of the first of the columns read in the result of {@link #changed}. */
    static final int CHANGED_VALUES = 2;

    private static final String ROWS = "athanor_v";

    private final Walk walk;
    private final KeyShape.Columns key;
    private final @Nullable String where;
    private final BackfillWork.OfRows work;
    private final List<ColumnPicture> reads;
    private final List<ColumnPicture> writes;
    private final boolean versioned;

    /**
     * What is read and written of a row.
     *
     * @param versioned whether its version is read, too
     */
    record Columns(List<ColumnPicture> reads, List<ColumnPicture> writes, boolean versioned) {}

    RowSql(Walk walk, @Nullable String where, BackfillWork.OfRows work, Columns columns) {
        this.walk = walk;
        this.key = (KeyShape.Columns) walk.key();
        this.where = where;
        this.work = work;
        this.reads = List.copyOf(columns.reads());
        this.writes = List.copyOf(columns.writes());
        this.versioned = columns.versioned();
    }

    BackfillWork.OfRows work() {
        return work;
    }

    /** Columns of the key. */
    int width() {
        return key.width();
    }

    List<ColumnPicture> reads() {
        return reads;
    }

    List<ColumnPicture> writes() {
        return writes;
    }

    /** How many values are read of a row, those of its key included. */
    int values() {
        return key.width() + reads.size();
    }

    /** Whether rows are read with their versions. */
    boolean isVersioned() {
        return versioned;
    }

    /**
     * Rows between two keys, in the order of the key; with their {@linkplain #isVersioned versions}. Parameters: the keys'
     * bounds, and how many rows at most.
     */
    String read(boolean bounded) {
        return select(key.asTexts(), values(RowSql::asRead), versioned) + between(bounded);
    }

    /**
     * The rows between two keys as one row of arrays, in the order of the key: one for each key column, for each column read,
     * and for the versions. One row is far cheaper to send and to receive than many, and whole numbers and times travel as they
     * are. Parameters: the keys' bounds, how many rows at most, and the longest row in bytes; where one is longer, {@code
     * athanor_long} is true, and there is no use in the arrays.
     */
    String readAtOnce(boolean bounded) {
        List<String> texts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < key.width(); i++) {
            names.add("k" + (i + 1));
            if (!key.columns().get(i).isWhole()) {
                texts.add("k" + (i + 1));
            }
        }
        for (int i = 0; i < reads.size(); i++) {
            names.add("c" + i);
            if (!reads.get(i).isShort()) {
                texts.add("c" + i);
            }
        }
        if (versioned) {
            names.add("athanor_x");
        }
        String arrays = names.stream()
                .map(name -> texts.contains(name) ? "CASE WHEN NOT athanor_long THEN " + name + " END" : name)
                .map(value -> "array_agg(" + value + ")")
                .collect(Collectors.joining(", "));
        String length = texts.stream()
                .map(text -> " + coalesce(octet_length(" + text + "), 0)")
                .collect(Collectors.joining("", "0::bigint", ""));
        // OFFSET keeps the planner from writing the length out wherever it is used
        return "SELECT " + arrays + ", coalesce(bool_or(athanor_long), false) AS athanor_long FROM (SELECT *, " + length
                + " > $" + (bounds(bounded) + 2) + " AS athanor_long FROM ("
                + select(key.asValues(), values(RowSql::asItIs), versioned) + between(bounded)
                + ") AS " + ROWS + " OFFSET 0) AS " + ROWS;
    }

    /** The row of one key. */
    String readOne() {
        return select(key.asTexts(), values(RowSql::asRead), false) + key.exactly(null) + where();
    }

    private String select(String keys, String values, boolean withVersion) {
        return "SELECT " + keys + values + (withVersion ? ", xmin::text AS athanor_x" : "") + " FROM "
                + walk.table().name().quoted() + " WHERE ";
    }

    private String between(boolean bounded) {
        return key.range(null, bounded) + where() + " ORDER BY "
                + key.ascending(walk.table().name().name()) + " LIMIT $" + (bounds(bounded) + 1);
    }

    /** Parameters of the keys' bounds, which come first everywhere. */
    private int bounds(boolean bounded) {
        return (bounded ? 2 : 1) * key.width();
    }

    private String values(BiFunction<ColumnPicture, String, String> form) {
        return IntStream.range(0, reads.size())
                .mapToObj(
                        i -> ", " + form.apply(reads.get(i), quote(reads.get(i).name())) + " AS c" + i)
                .collect(Collectors.joining());
    }

    private static String asItIs(ColumnPicture column, String reference) {
        return column.isShort() ? reference : asRead(column, reference);
    }

    private String where() {
        return where == null ? "" : " AND (" + where + ")";
    }

    /**
     * Writes rows that are still as they were read. Parameters: the keys' bounds, then an array for each key column, one of
     * versions or one for each column read, one for each column written, and, for partial changes, one that says for each
     * of these whether it is written.
     *
     * @param partial whether some rows leave some of the columns as they are
     * @param byVersion whether a row is known by its version, the transaction that made it: cheaper than to compare the
     *     columns read, but whatever changed any column of the row has changed it, too
     */
    String update(boolean bounded, boolean partial, boolean byVersion) {
        String table = quote(walk.table().name().name());
        List<String> columns = new ArrayList<>(names("k", key.width()));
        columns.addAll(byVersion ? List.of("athanor_x") : names("r", reads.size()));
        columns.addAll(names("w", writes.size()));
        if (partial) {
            columns.addAll(names("s", writes.size()));
        }
        return "UPDATE " + walk.table().name().quoted() + " SET "
                + IntStream.range(0, writes.size())
                        .mapToObj(i -> assignment(table, i, partial))
                        .collect(Collectors.joining(", "))
                + " FROM " + given(columns, bounded) + " WHERE " + sameKey(table) + " AND "
                + key.range(null, bounded) + where()
                + (byVersion ? " AND " + table + ".xmin = " + ROWS + ".athanor_x::xid" : unchanged(table));
    }

    private String assignment(String table, int i, boolean partial) {
        ColumnPicture column = writes.get(i);
        String value = ROWS + ".athanor_w" + i + "::" + column.type();
        if (!partial) {
            return quote(column.name()) + " = " + value;
        }
        return quote(column.name()) + " = CASE WHEN " + ROWS + ".athanor_s" + i + " IS NULL THEN " + table + "."
                + quote(column.name()) + " ELSE " + value + " END";
    }

    /**
     * The rows of those that are not as they were read, by their place in the arrays, with their values now; rows that are
     * gone come with {@code athanor_there} false. Parameters as of {@link #update}, up to the columns read.
     */
    String changed(boolean bounded) {
        String table = quote(walk.table().name().name());
        List<String> columns = new ArrayList<>(names("k", key.width()));
        columns.addAll(names("r", reads.size()));
        String wanted = Stream.concat(key.columnNames().stream(), reads.stream().map(ColumnPicture::name))
                .distinct()
                .map(column -> quote(column))
                .collect(Collectors.joining(", "));
        String first = table + "." + quote(key.columnNames().get(0));
        return "SELECT " + ROWS + ".athanor_n, " + first + " IS NOT NULL AS athanor_there"
                + IntStream.range(0, reads.size())
                        .mapToObj(i -> ", "
                                + asRead(
                                        reads.get(i),
                                        table + "." + quote(reads.get(i).name())) + " AS c" + i)
                        .collect(Collectors.joining())
                + " FROM " + unnest(columns, bounded, " WITH ORDINALITY") + " LEFT JOIN (SELECT " + wanted + " FROM "
                + walk.table().name().quoted() + " WHERE " + key.range(null, bounded) + where() + ") AS " + table
                + " ON " + sameKey(table) + " WHERE " + first + " IS NULL OR NOT (true" + unchanged(table) + ")";
    }

    /** Copies rows here. Parameters: an array for each column written. */
    String insert(BackfillWork.Copy copy) {
        boolean identity = writes.stream().anyMatch(column -> column.generation() == ColumnPicture.Generation.IDENTITY);
        List<String> names = names("w", writes.size());
        return "INSERT INTO " + copy.into().quoted() + " ("
                + writes.stream().map(column -> quote(column.name())).collect(Collectors.joining(", ")) + ")"
                + (identity ? " OVERRIDING SYSTEM VALUE" : "") + " SELECT "
                + IntStream.range(0, writes.size())
                        .mapToObj(i -> names.get(i) + "::" + writes.get(i).type())
                        .collect(Collectors.joining(", "))
                + " FROM unnest(" + arrays(names.size(), 0) + ") AS " + ROWS + "(" + String.join(", ", names) + ")"
                + (copy.onConflict() == null ? "" : " ON CONFLICT " + copy.onConflict());
    }

    /** The arrays as rows, which are not stored in between, as those of a function in FROM would be. */
    private String given(List<String> columns, boolean bounded) {
        int bounds = bounds(bounded);
        return "(SELECT "
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> "unnest($" + (bounds + i + 1) + "::text[]) AS " + columns.get(i))
                        .collect(Collectors.joining(", "))
                + ") AS " + ROWS;
    }

    private String unnest(List<String> columns, boolean bounded, String behind) {
        int bounds = bounds(bounded);
        String ordinality = behind.isEmpty() ? "" : ", athanor_n";
        return "unnest(" + arrays(columns.size(), bounds) + ")" + behind + " AS " + ROWS + "("
                + String.join(", ", columns) + ordinality + ")";
    }

    private static String arrays(int number, int offset) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(i -> "$" + (offset + i) + "::text[]")
                .collect(Collectors.joining(", "));
    }

    private static List<String> names(String kind, int number) {
        return IntStream.range(0, number).mapToObj(i -> "athanor_" + kind + i).toList();
    }

    private String sameKey(String table) {
        List<KeyColumn> columns = key.columns();
        return IntStream.range(0, columns.size())
                .mapToObj(i -> table + "." + quote(columns.get(i).name()) + " = " + ROWS + ".athanor_k" + i + "::"
                        + columns.get(i).type())
                .collect(Collectors.joining(" AND "));
    }

    private String unchanged(String table) {
        return IntStream.range(0, reads.size())
                .mapToObj(i -> " AND "
                        + same(reads.get(i), table + "." + quote(reads.get(i).name()), ROWS + ".athanor_r" + i))
                .collect(Collectors.joining());
    }

    private static String asRead(ColumnPicture column, String reference) {
        return switch (column.kind()) {
            case DATE -> "encode(date_send(" + reference + "), 'hex')";
            case TIMESTAMP -> "encode(timestamp_send(" + reference + "), 'hex')";
            case TIMESTAMPTZ -> "encode(timestamptz_send(" + reference + "), 'hex')";
            case BYTES -> "'\\x' || encode(" + reference + ", 'hex')";
            case EXACT, OTHER -> reference + "::text";
        };
    }

    private static String same(ColumnPicture column, String reference, String read) {
        return switch (column.kind()) {
            case EXACT -> reference + " IS NOT DISTINCT FROM " + read + "::" + column.type();
            case DATE -> "date_send(" + reference + ") IS NOT DISTINCT FROM decode(" + read + ", 'hex')";
            case TIMESTAMP -> "timestamp_send(" + reference + ") IS NOT DISTINCT FROM decode(" + read + ", 'hex')";
            case TIMESTAMPTZ -> "timestamptz_send(" + reference + ") IS NOT DISTINCT FROM decode(" + read + ", 'hex')";
            case BYTES -> reference + " IS NOT DISTINCT FROM " + read + "::bytea";
            case OTHER -> reference + "::text COLLATE \"C\" IS NOT DISTINCT FROM " + read;
        };
    }
}
