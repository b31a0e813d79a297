package dev.athanor.postgres;

import dev.athanor.catalog.TargetFacts;
import dev.athanor.sql.QualifiedName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers from the catalogue, each question asked once, in a transaction of its own that waits at most
 * two seconds for a lock: the size of a table is read behind whoever holds it exclusively. Not thread-safe.
 */
public final class TargetFactsReader implements TargetFacts {
    private static final String TABLE = """
            SELECT n.nspname::text AS schema, c.relname::text AS name, c.oid::bigint AS oid,
                   c.relkind = 'p' AS partitioned, greatest(c.reltuples, 0)::bigint AS rows,
                   CASE WHEN c.relkind = 'p' THEN (SELECT coalesce(sum(pg_table_size(relid)), 0)
                                                     FROM pg_partition_tree(c.oid) WHERE isleaf)
                        ELSE pg_table_size(c.oid) END::bigint AS bytes,
                   d.relname::text AS default_name, dn.nspname::text AS default_schema
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
              LEFT JOIN pg_class d ON d.oid = p.partdefid LEFT JOIN pg_namespace dn ON dn.oid = d.relnamespace
             WHERE c.oid = to_regclass(?) AND c.relkind IN ('r', 'p', 'm', 'f')
            """;

    private static final String COLUMNS = """
            SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS not_null,
                   atthasdef OR attidentity <> '' AS has_default
              FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """;

    private static final String CONSTRAINTS = """
            SELECT conname::text AS name, pg_get_constraintdef(oid) AS definition, convalidated AS valid
              FROM pg_constraint WHERE conrelid = to_regclass(?) AND contype IN ('c', 'f', 'n', 'p', 'u', 'x')
             ORDER BY conname
            """;

    private static final String INDEXES = """
            SELECT n.nspname::text AS schema, x.relname::text AS name, x.relkind = 'I' AS partitioned,
                   tn.nspname::text AS table_schema, t.relname::text AS table_name,
                   ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, true)
                           FROM generate_series(1, i.indnkeyatts::int) k ORDER BY k) AS columns
              FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = x.relnamespace
              JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
             WHERE to_regclass(?) IN (i.indrelid, i.indexrelid) ORDER BY x.relname
            """;

    private static final String VOLATILE = """
            SELECT bool_or(p.provolatile = 'v') AS volatile
              FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE p.proname = ? AND coalesce(n.nspname = ?, pg_function_is_visible(p.oid)) HAVING count(*) > 0
            """;

    private static final TransactionSettings READING =
            new TransactionSettings(Duration.ofSeconds(2), null, Duration.ofSeconds(15));

    private final Transactions transactions;
    private final Map<QualifiedName, Optional<Table>> tables = new HashMap<>();
    private final Map<QualifiedName, Optional<Index>> indexes = new HashMap<>();
    private final Map<QualifiedName, Optional<Boolean>> functions = new HashMap<>();

    /** Asks the server that these transactions go to. */
    public TargetFactsReader(Transactions transactions) {
        this.transactions = transactions;
    }

    /** @throws DatabaseException when the server does not answer in time */
    @Override
    public Optional<Table> table(QualifiedName name) {
        return tables.computeIfAbsent(
                name, missing -> transactions.inTransaction(READING, session -> table(session, missing.quoted())));
    }

    /** @throws DatabaseException when the server does not answer in time */
    @Override
    public Optional<Index> index(QualifiedName name) {
        return indexes.computeIfAbsent(
                name,
                missing -> transactions.inTransaction(
                        READING,
                        session -> indexes(session, missing.quoted()).stream()
                                .filter(index -> index.name().name().equals(missing.name()))
                                .findFirst()));
    }

    /** @throws DatabaseException when the server does not answer in time */
    @Override
    public Optional<Boolean> isVolatile(QualifiedName function) {
        return functions.computeIfAbsent(
                function,
                missing -> transactions.inTransaction(
                        READING,
                        session -> session.queryOne(
                                VOLATILE, row -> row.flag("volatile"), missing.name(), missing.schema())));
    }

    private static Optional<Table> table(Session session, String name) {
        List<Column> columns = session.query(
                COLUMNS,
                row -> new Column(
                        row.string("name"), row.string("type"), row.flag("not_null"), row.flag("has_default")),
                name);
        List<Constraint> constraints = session.query(
                CONSTRAINTS,
                row -> new Constraint(row.string("name"), row.string("definition"), row.flag("valid")),
                name);
        List<Index> indexes = indexes(session, name);
        return session.queryOne(
                TABLE,
                row -> {
                    String byDefault = row.text("default_name");
                    return new Table(
                            new QualifiedName(row.string("schema"), row.string("name")),
                            row.flag("partitioned"),
                            byDefault == null ? null : new QualifiedName(row.text("default_schema"), byDefault),
                            row.number("bytes"),
                            row.number("rows"),
                            columns,
                            constraints,
                            indexes);
                },
                name);
    }

    private static List<Index> indexes(Session session, String name) {
        return session.query(
                INDEXES,
                row -> {
                    List<String> columns = row.texts("columns");
                    return new Index(
                            new QualifiedName(row.string("schema"), row.string("name")),
                            new QualifiedName(row.string("table_schema"), row.string("table_name")),
                            columns == null ? List.of() : columns,
                            row.flag("partitioned"));
                },
                name);
    }
}
