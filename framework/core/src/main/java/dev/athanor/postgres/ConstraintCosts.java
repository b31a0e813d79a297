package dev.athanor.postgres;

import dev.athanor.sql.QualifiedName;
import java.util.Collection;
import java.util.List;

/** What constraints and partitions of a table add to a change of many of its rows. Everybody may read it. */
public final class ConstraintCosts {
    /** From PostgreSQL 18 on a check that is not enforced is never valid, and no row fails it. */
    private static final String SQL = """
            WITH rel AS (SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name
                           FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                          WHERE c.oid = pg_catalog.to_regclass(?)),
            changed AS (SELECT a.attrelid, a.attnum, quote_ident(a.attname) AS name
                          FROM rel JOIN pg_catalog.pg_attribute a ON a.attrelid = rel.oid
                         WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attname = ANY (?)),
            keys AS (SELECT k.oid, k.conrelid, k.confrelid, k.conkey, k.confkey, quote_ident(k.conname) AS name,
                            format('%I.%I', n.nspname, c.relname) AS owner, format('%I.%I', m.nspname, r.relname) AS referenced
                       FROM pg_catalog.pg_constraint k
                       JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
                       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                       JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
                       JOIN pg_catalog.pg_namespace m ON m.oid = r.relnamespace
                      WHERE k.contype = 'f' AND k.conparentid = 0)
            SELECT 'FOREIGN_KEY' AS kind, keys.name, rel.name AS owner, keys.referenced AS detail
              FROM rel JOIN keys ON keys.conrelid = rel.oid
             WHERE EXISTS (SELECT FROM changed h WHERE h.attnum = ANY (keys.conkey))
            UNION ALL
            SELECT 'UNINDEXED_REFERENCE', keys.name, keys.owner,
                   (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.at)
                      FROM unnest(keys.conkey) WITH ORDINALITY AS k (number, at)
                      JOIN pg_catalog.pg_attribute a ON a.attrelid = keys.conrelid AND a.attnum = k.number)
              FROM rel JOIN keys ON keys.confrelid = rel.oid
             WHERE (?::boolean OR EXISTS (SELECT FROM changed h WHERE h.attnum = ANY (keys.confkey)))
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_index i
                                WHERE i.indrelid = keys.conrelid AND i.indisvalid AND i.indpred IS NULL
                                  AND (i.indkey::int2[])[0:cardinality(keys.conkey) - 1] @> keys.conkey)
            UNION ALL
            SELECT 'UNVALIDATED_CHECK', quote_ident(k.conname), rel.name, ''
              FROM rel JOIN pg_catalog.pg_constraint k ON k.conrelid = rel.oid
             WHERE k.contype = 'c' AND NOT k.convalidated AND coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
               AND EXISTS (SELECT FROM changed)
            UNION ALL
            SELECT 'PARTITION_KEY', string_agg(h.name, ', ' ORDER BY h.attnum), rel.name, ''
              FROM rel JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = rel.oid
              JOIN changed h ON h.attrelid = rel.oid AND h.attnum = ANY (p.partattrs::int2[])
             GROUP BY rel.name
             ORDER BY 1, 2
            """;

    private ConstraintCosts() {}

    /** What a cost comes from. */
    public enum Kind {
        /** A foreign key over a column that is set: for each row the row that it references is looked up and locked. */
        FOREIGN_KEY,
        /** A foreign key of another table without an index: for each row that table is read. */
        UNINDEXED_REFERENCE,
        /** A check that is NOT VALID: rows that break it can no longer be changed. */
        UNVALIDATED_CHECK,
        /** A column that is set decides the partition: rows move. */
        PARTITION_KEY
    }

    /**
     * One of them; names are as they may stand in SQL.
     *
     * @param name of the constraint; of {@code PARTITION_KEY} the columns
     * @param owner table that has it
     * @param detail the referenced table; of {@code UNINDEXED_REFERENCE} the columns without an index
     */
    public record Cost(Kind kind, String name, String owner, String detail) {}

    /**
     * Reads them; none when there is no such table.
     *
     * @param columns that are set
     * @param deletes whether rows are deleted
     */
    public static List<Cost> read(
            Transactions transactions, QualifiedName table, Collection<String> columns, boolean deletes) {
        return transactions.autocommit(session -> session.query(
                SQL,
                row -> new Cost(
                        Kind.valueOf(row.string("kind")),
                        row.string("name"),
                        row.string("owner"),
                        row.string("detail")),
                table.quoted(),
                List.copyOf(columns),
                deletes));
    }
}
