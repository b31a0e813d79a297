package dev.athanor.postgres;

import dev.athanor.catalog.KeyColumn;
import dev.athanor.catalog.KeyShape;
import dev.athanor.catalog.TablePicture;
import dev.athanor.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** Reads pictures of tables from the system catalogue. */
public final class CatalogReader {
    /**
     * Rows are estimated as the planner does: density when last analysed, times the pages there are now. Statistics of a
     * table that has grown past them are as good as none.
     */
    private static final String TABLE = """
            WITH RECURSIVE tree AS (
              SELECT c.oid FROM pg_class c WHERE c.oid = to_regclass($1)
              UNION ALL
              SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.oid
            ), leaves AS (
              SELECT c.reltuples, c.relpages,
                     pg_relation_size(c.oid) / current_setting('block_size')::bigint AS blocks
                FROM pg_class c JOIN tree USING (oid) WHERE c.relkind = 'r'
            )
            SELECT n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind,
                   NOT EXISTS (SELECT FROM leaves WHERE reltuples < 0 OR reltuples = 0 AND blocks > 0
                                                     OR blocks > 2 * relpages + 10) AS analysed,
                   (SELECT coalesce(sum(CASE WHEN relpages > 0 THEN reltuples * (blocks::float8 / relpages)
                                             ELSE greatest(reltuples, 0) END), 0)::bigint FROM leaves) AS tuples,
                   (SELECT coalesce(sum(blocks), 0)::bigint FROM leaves) AS blocks
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE c.oid = to_regclass($1)
            """;

    /** Only keys whose index gives the order that ORDER BY asks for: btree, default operators, one direction. */
    private static final String KEYS = """
            SELECT array_agg(a.attname::text ORDER BY k.position) AS columns,
                   array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY k.position) AS types,
                   array_agg((t.typcategory = 'D')::text ORDER BY k.position) AS temporal
              FROM pg_index i
              JOIN pg_class x ON x.oid = i.indexrelid
              JOIN pg_am m ON m.oid = x.relam AND m.amname = 'btree'
              CROSS JOIN LATERAL unnest(i.indkey::int2[], i.indclass::oid[], i.indcollation::oid[], i.indoption::int2[])
                   WITH ORDINALITY AS k (attnum, opclass, collation_oid, option, position)
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
              JOIN pg_type t ON t.oid = a.atttypid
              JOIN pg_opclass o ON o.oid = k.opclass
             WHERE i.indrelid = to_regclass($1)
               AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
               AND k.position <= i.indnkeyatts
             GROUP BY i.indexrelid, i.indisprimary, i.indnkeyatts
            HAVING bool_and(a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint nn WHERE nn.conrelid = a.attrelid
                                    AND nn.contype = 'n' AND nn.conkey = ARRAY[a.attnum] AND NOT nn.convalidated) AND o.opcdefault AND k.collation_oid = a.attcollation)
               AND count(DISTINCT k.option::int & 1) = 1
             ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
            """;

    private final ReactiveTransactions transactions;
    private final TransactionSettings settings;

    /**
     * Reads over these connections.
     *
     * @param settings bound the wait behind whoever holds a table exclusively
     */
    public CatalogReader(ReactiveTransactions transactions, TransactionSettings settings) {
        this.transactions = transactions;
        this.settings = settings;
    }

    /** The table's picture; empty when nothing has that name. */
    public Mono<TablePicture> read(QualifiedName table) {
        return transactions
                .reading(
                        settings,
                        session -> session.query(KEYS, CatalogReader::key, table.quoted())
                                .collectList()
                                .flatMapMany(keys -> session.query(TABLE, row -> picture(row, keys), table.quoted())))
                .next();
    }

    /** As {@link #read(QualifiedName)}, blocking, in a transaction that only reads. */
    public static Optional<TablePicture> read(
            Transactions transactions, TransactionSettings settings, QualifiedName table) {
        return transactions.inTransaction(settings, session -> {
            session.executeVerbatim("SET TRANSACTION READ ONLY");
            List<KeyShape.Columns> keys = session.query(KEYS.replace("$1", "?"), CatalogReader::key, table.quoted());
            return session.queryOne(
                    TABLE.replace("$1", "?"), row -> picture(row, keys), table.quoted(), table.quoted());
        });
    }

    private static TablePicture picture(Row row, List<KeyShape.Columns> keys) {
        return new TablePicture(
                new QualifiedName(row.string("schema"), row.string("name")),
                TablePicture.Kind.of(row.string("kind")),
                row.flag("analysed"),
                row.number("tuples"),
                row.number("blocks"),
                keys);
    }

    private static KeyShape.Columns key(Row row) {
        List<String> names = list(row, "columns");
        List<String> types = list(row, "types");
        List<String> temporal = list(row, "temporal");
        return new KeyShape.Columns(IntStream.range(0, names.size())
                .mapToObj(i -> new KeyColumn(names.get(i), types.get(i), Boolean.parseBoolean(temporal.get(i))))
                .toList());
    }

    private static List<String> list(Row row, String column) {
        return Objects.requireNonNull(row.texts(column), column);
    }
}
