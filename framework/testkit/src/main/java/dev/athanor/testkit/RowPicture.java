package dev.athanor.testkit;

import static dev.athanor.sql.QualifiedName.quote;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of all tables, each row as the text of its columns. */
public final class RowPicture {
    /** As many rows as show what has happened to the others. */
    private static final int EXAMPLES = 5;

    private static final String COLUMNS = """
            SELECT format('%I.%I', n.nspname, c.relname), CASE c.relkind WHEN 'r' THEN 'ONLY ' ELSE '' END, a.attname::text
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
               AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> ?
             ORDER BY 1, a.attnum
            """;

    private final Jdbc sql;
    private final String stateSchema;
    private final Map<String, Table> tables;

    private RowPicture(Jdbc sql, String stateSchema, Map<String, Table> tables) {
        this.sql = sql;
        this.stateSchema = stateSchema;
        this.tables = tables;
    }

    private record Table(String only, List<String> columns, List<String> rows) {}

    /**
     * All rows as they are now.
     *
     * @param stateSchema schema whose tables are left out
     * @param ignored columns to leave out, as {@code schema.table.column}
     */
    public static RowPicture of(Jdbc sql, String stateSchema, Set<String> ignored) {
        Map<String, Table> tables = new LinkedHashMap<>();
        shapes(sql, stateSchema).forEach((name, shape) -> {
            List<String> columns = shape.columns().stream()
                    .filter(column -> !ignored.contains(name + "." + column))
                    .toList();
            tables.put(name, read(sql, name, shape.only(), columns));
        });
        return new RowPicture(sql, stateSchema, tables);
    }

    /** The rows as they are now of the same tables in the same columns, as far as there still are. */
    public RowPicture again() {
        Map<String, Table> now = new LinkedHashMap<>();
        Map<String, Table> shapes = shapes(sql, stateSchema);
        tables.forEach((name, before) -> {
            Table shape = shapes.get(name);
            if (shape != null) {
                List<String> columns = before.columns().stream()
                        .filter(shape.columns()::contains)
                        .toList();
                now.put(name, read(sql, name, shape.only(), columns));
            }
        });
        return new RowPicture(sql, stateSchema, now);
    }

    /** What has become of the rows in another picture of the same columns; empty when they are the same. */
    public List<String> differences(RowPicture later) {
        List<String> found = new ArrayList<>();
        tables.forEach((name, table) -> {
            Table now = later.tables.get(name);
            if (now != null && !now.rows().equals(table.rows())) {
                List<String> lost = only(table.rows(), now.rows());
                List<String> fresh = only(now.rows(), table.rows());
                found.add("table " + name + " (" + String.join(", ", table.columns()) + "): " + lost.size()
                        + " rows are gone" + examples(lost) + ", " + fresh.size() + " are new" + examples(fresh));
            }
        });
        return found;
    }

    private static Map<String, Table> shapes(Jdbc sql, String stateSchema) {
        Map<String, Table> shapes = new LinkedHashMap<>();
        for (List<@Nullable String> row : sql.rows(COLUMNS, stateSchema)) {
            Table table = shapes.computeIfAbsent(
                    Objects.requireNonNull(row.get(0)),
                    name -> new Table(Objects.requireNonNull(row.get(1)), new ArrayList<>(), List.of()));
            String column = row.get(2);
            if (column != null) {
                table.columns().add(column);
            }
        }
        return shapes;
    }

    private static Table read(Jdbc sql, String table, String only, List<String> columns) {
        String row = columns.stream().map(column -> "t." + quote(column)).collect(Collectors.joining(", "));
        List<String> rows = new ArrayList<>();
        sql.texts("SELECT ROW(" + row + ")::text FROM " + only + table + " AS t")
                .forEach(text -> rows.add(Objects.requireNonNull(text)));
        rows.sort(null);
        return new Table(only, columns, rows);
    }

    /** Rows that stand more often in the first list than in the second. */
    private static List<String> only(Collection<String> mine, Collection<String> others) {
        Map<String, Integer> left = new HashMap<>();
        others.forEach(row -> left.merge(row, 1, Integer::sum));
        return mine.stream()
                .filter(row -> left.merge(row, -1, Integer::sum) < 0)
                .toList();
    }

    private static String examples(List<String> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        String shown = rows.stream().limit(EXAMPLES).collect(Collectors.joining(" "));
        return ": " + shown + (rows.size() > EXAMPLES ? " …" : "");
    }
}
