package dev.athanor.ledger;

import dev.athanor.AthanorException;
import dev.athanor.postgres.Row;
import dev.athanor.postgres.Session;
import dev.athanor.postgres.Transactions;
import dev.athanor.sql.QualifiedName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What another tool's version table says. Reads only, and nothing but that table and the catalogue.
 *
 * @param table where it was read, as it may stand in SQL
 * @param applied versions that are applied, in the order in which they were
 * @param failed entries of which that tool says that they failed
 * @param left entries that name no version of their own: repeatable migrations, change sets that were skipped
 */
public record VersionTable(String table, List<Version> applied, List<String> failed, List<String> left) {
    public VersionTable {
        applied = List.copyOf(applied);
        failed = List.copyOf(failed);
        left = List.copyOf(left);
    }

    /**
     * An applied version.
     *
     * @param id as that tool's users know it; the name when several have the same id
     * @param name with which people tell it from others: of a change set {@code file::id::author}
     * @param baseline whether all versions below it count as applied, too
     */
    public record Version(String id, String name, boolean baseline) {}

    /** What a row says of its version. */
    enum State {
        APPLIED,
        BASELINE,
        UNDONE,
        FAILED,
        LEFT
    }

    private record Entry(String key, Version version, State state) {
        static Entry of(Row row) {
            State state = State.valueOf(row.string("state").toUpperCase(Locale.ROOT));
            Version version = new Version(row.string("id"), row.string("name").strip(), state == State.BASELINE);
            return new Entry(row.string("key"), version, state);
        }
    }

    /**
     * Reads it.
     *
     * @param named the table; null: the one of the usual name in the search path
     * @throws AthanorException kind USAGE, code {@code version_table_missing}, {@code several_version_tables} or {@code
     *     not_a_version_table}
     */
    public static VersionTable read(Transactions transactions, VersionTool tool, @Nullable QualifiedName named) {
        return transactions.autocommit(session -> {
            VersionTableSearch.Found found = new VersionTableSearch(session, tool).find(named);
            return read(session, tool, found);
        });
    }

    private static VersionTable read(Session session, VersionTool tool, VersionTableSearch.Found found) {
        Map<String, Version> applied = new LinkedHashMap<>();
        Set<String> failed = new LinkedHashSet<>();
        Set<String> left = new LinkedHashSet<>();
        for (Entry entry : session.query(tool.query(found.name().quoted()), Entry::of)) {
            switch (entry.state()) {
                case APPLIED, BASELINE -> applied.put(entry.key(), entry.version());
                case UNDONE -> applied.remove(entry.key());
                case FAILED -> failed.add(entry.version().name());
                case LEFT -> left.add(entry.version().name());
            }
        }
        return new VersionTable(found.shown(), distinct(applied.values()), List.copyOf(failed), List.copyOf(left));
    }

    private static List<Version> distinct(Collection<Version> versions) {
        Map<String, Long> times = versions.stream().collect(Collectors.groupingBy(Version::id, Collectors.counting()));
        return versions.stream()
                .map(version -> times.getOrDefault(version.id(), 0L) > 1
                        ? new Version(version.name(), version.name(), version.baseline())
                        : version)
                .toList();
    }
}
