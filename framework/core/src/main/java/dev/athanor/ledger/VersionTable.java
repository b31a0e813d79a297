package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.Transactions;
import dev.athanor.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What another tool's version table says. Reads only.
 *
 * @param table where it was read, quoted
 * @param applied versions that are applied, in the order in which they were
 * @param failed entries of which that tool says that they failed
 * @param left entries that name no version of their own: repeatable migrations, change sets that were skipped
 */
public record VersionTable(String table, List<String> applied, List<String> failed, List<String> left) {
    public VersionTable {
        applied = List.copyOf(applied);
        failed = List.copyOf(failed);
        left = List.copyOf(left);
    }

    /**
     * Reads it.
     *
     * @param named the table; null: the one of the usual name, first in the search path
     * @throws AthanorException kind USAGE, code {@code version_table_missing} or {@code several_version_tables}
     */
    public static VersionTable read(Transactions transactions, VersionTool tool, @Nullable QualifiedName named) {
        return transactions.autocommit(session -> {
            String table = named == null ? find(session, tool).quoted() : require(session, tool, named);
            return read(session, tool, table);
        });
    }

    private record Entry(String version, String state, String words) {}

    private static VersionTable read(Session session, VersionTool tool, String table) {
        List<Entry> entries = session.query(
                tool.query(table), row -> new Entry(row.string("version"), row.string("state"), row.string("words")));
        Set<String> applied = new LinkedHashSet<>();
        List<String> failed = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Entry entry : entries) {
            switch (entry.state()) {
                case "applied" -> applied.add(entry.version());
                case "undone" -> applied.remove(entry.version());
                case "failed" -> failed.add(entry.words());
                default -> left.add(entry.words());
            }
        }
        return new VersionTable(table, List.copyOf(applied), failed, left);
    }

    private static String require(Session session, VersionTool tool, QualifiedName named) {
        boolean there = session.queryOne(
                        "SELECT to_regclass(?) IS NOT NULL AS there", row -> row.flag("there"), named.quoted())
                .orElse(false);
        if (!there) {
            throw missing(tool, named.quoted());
        }
        return named.quoted();
    }

    private static QualifiedName find(Session session, VersionTool tool) {
        List<QualifiedName> all = session.query(
                "SELECT n.nspname AS schema FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                        + " ON n.oid = c.relnamespace WHERE c.relname = ? AND c.relkind IN ('r', 'p', 'v')"
                        + " AND n.nspname !~ '^pg_(temp|toast)' ORDER BY NOT pg_catalog.pg_table_is_visible(c.oid), 1",
                row -> new QualifiedName(row.string("schema"), tool.table()),
                tool.table());
        if (all.isEmpty()) {
            throw missing(tool, QualifiedName.quote(tool.table()));
        }
        boolean visible = session.queryOne(
                        "SELECT to_regclass(?) IS NOT NULL AS visible",
                        row -> row.flag("visible"),
                        QualifiedName.quote(tool.table()))
                .orElse(false);
        if (all.size() > 1 && !visible) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "several_version_tables",
                    "There are several tables of " + tool.key() + ": "
                            + all.stream().map(QualifiedName::quoted).collect(Collectors.joining(", ")),
                    "Name one: athanor adopt --from " + tool.key() + " --table "
                            + all.get(0).quoted());
        }
        return all.get(0);
    }

    private static AthanorException missing(VersionTool tool, String name) {
        return new AthanorException(
                FailureKind.USAGE,
                "version_table_missing",
                "There is no table " + name + ", where " + tool.key() + " keeps its versions.",
                "Check --url, or name the table: athanor adopt --from " + tool.key() + " --table SCHEMA.TABLE");
    }
}
