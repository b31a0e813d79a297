package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.postgres.Row;
import dev.athanor.postgres.Session;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for a tool's version table in the catalogue, which everybody may read. */
final class VersionTableSearch {
    private static final String SQL = "SELECT n.nspname AS schema, format('%I.%I', n.nspname, c.relname) AS shown,"
            + " pg_catalog.pg_table_is_visible(c.oid) AS visible,"
            + " (SELECT array_agg(a.attname::text) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid"
            + " AND a.attnum > 0 AND NOT a.attisdropped) AS columns"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_(temp|toast)'"
            + " ORDER BY NOT pg_catalog.pg_table_is_visible(c.oid), 1";

    private final Session session;
    private final VersionTool tool;

    VersionTableSearch(Session session, VersionTool tool) {
        this.session = session;
        this.tool = tool;
    }

    /**
     * A table.
     *
     * @param name with its schema
     * @param shown as it may stand in SQL, quoted where it must be
     * @param visible whether the search path finds it
     * @param columns their names
     */
    record Found(QualifiedName name, String shown, boolean visible, List<String> columns) {}

    /** The table of that name; of the usual name, if there is one and it is in the search path. */
    Found find(@Nullable QualifiedName named) {
        String name = named == null ? tool.table() : named.name();
        List<Found> all = session.query(SQL, row -> found(row, name), name);
        List<Found> meant = all.stream()
                .filter(table -> named == null || named.schema() == null
                        ? table.visible()
                        : named.schema().equals(table.name().schema()))
                .toList();
        if (named == null && all.size() > 1) {
            throw several(all);
        }
        if (meant.isEmpty()) {
            throw missing(named, all);
        }
        return requireColumns(meant.get(0));
    }

    private static Found found(Row row, String name) {
        List<String> columns = Objects.requireNonNullElse(row.texts("columns"), List.of());
        return new Found(
                new QualifiedName(row.string("schema"), name), row.string("shown"), row.flag("visible"), columns);
    }

    private Found requireColumns(Found table) {
        List<String> missing = tool.columns().stream()
                .filter(column -> !table.columns().contains(column))
                .toList();
        if (missing.isEmpty()) {
            return table;
        }
        throw new AthanorException(
                FailureKind.USAGE,
                "not_a_version_table",
                "Table " + table.shown() + " is not a version table of " + tool.key() + ": it has no column "
                        + String.join(", ", missing) + ".",
                "Name the tool or the table that it is: athanor adopt --from TOOL --table SCHEMA.TABLE");
    }

    private AthanorException several(List<Found> all) {
        return new AthanorException(
                FailureKind.USAGE,
                "several_version_tables",
                "There are several tables of " + tool.key() + ": " + names(all) + ".",
                "Name one: " + command(all.get(0).shown()));
    }

    private AthanorException missing(@Nullable QualifiedName named, List<Found> all) {
        String where = named != null && named.schema() != null ? "" : " in the search path (" + searchPath() + ")";
        String name = named == null ? tool.table() : named.quoted();
        String others = all.isEmpty() ? "" : " There is " + names(all) + ".";
        return new AthanorException(
                FailureKind.USAGE,
                "version_table_missing",
                "There is no table " + name + where + ", where " + tool.key() + " would keep its versions." + others,
                all.isEmpty()
                        ? "Check --url, or name the table: athanor adopt --from " + tool.key() + " --table SCHEMA.TABLE"
                        : "Name it: " + command(all.get(0).shown()));
    }

    private String command(String table) {
        return tool.command(List.of("--table", table));
    }

    private String searchPath() {
        return session.queryOne(
                        "SELECT array_to_string(current_schemas(false), ', ') AS path", row -> row.string("path"))
                .orElse("");
    }

    private static String names(List<Found> all) {
        return all.stream().map(Found::shown).collect(Collectors.joining(", "));
    }
}
