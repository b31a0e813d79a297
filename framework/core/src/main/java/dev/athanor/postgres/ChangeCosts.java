package dev.athanor.postgres;

import dev.athanor.sql.QualifiedName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What makes changing many rows of a table dear, partitions included. Names are as they may stand in SQL, with their schema.
 */
public final class ChangeCosts {
    /**
     * An index that says what it takes from the table's pages (BRIN) does not stop the server from keeping a row in its
     * page, from version 16 on. A generated column hangs on others by itself in older versions, by its default in newer.
     */
    private static final String SQL = "WITH RECURSIVE root AS (SELECT c.oid FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = ?"
            + " AND coalesce(n.nspname = ?, pg_catalog.pg_table_is_visible(c.oid)) AND c.relkind IN ('r', 'p') LIMIT 1),"
            + " tree AS (SELECT oid FROM root UNION ALL"
            + " SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree ON i.inhparent = tree.oid),"
            + " rel AS (SELECT c.*, format('%I.%I', n.nspname, c.relname) AS name FROM tree"
            + " JOIN pg_catalog.pg_class c USING (oid) JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace),"
            + " written AS (SELECT a.attrelid, a.attnum, a.attname FROM rel JOIN pg_catalog.pg_attribute a"
            + " ON a.attrelid = rel.oid WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attname = ANY (?)),"
            + " generated AS (SELECT DISTINCT g.attrelid, g.attnum, g.attname, w.attname AS source FROM written w"
            + " JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass"
            + " AND d.refobjid = w.attrelid AND d.refobjsubid = w.attnum"
            + " LEFT JOIN pg_catalog.pg_attrdef f ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND f.oid = d.objid"
            + " JOIN pg_catalog.pg_attribute g ON g.attrelid = w.attrelid AND g.attgenerated = 's'"
            + " AND g.attnum <> w.attnum AND g.attnum = coalesce(f.adnum,"
            + " CASE WHEN d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = w.attrelid THEN d.objsubid END)),"
            + " changed AS (SELECT attrelid, attnum, attname FROM written"
            + " UNION SELECT attrelid, attnum, attname FROM generated)"
            + " SELECT 'index' AS kind, format('%I.%I', n.nspname, x.relname) AS name,"
            + " string_agg(DISTINCT quote_ident(h.attname), ', ') AS detail, 0::bigint AS bytes"
            + " FROM rel JOIN pg_catalog.pg_index i ON i.indrelid = rel.oid JOIN pg_catalog.pg_class x"
            + " ON x.oid = i.indexrelid AND NOT x.relispartition JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace"
            + " JOIN pg_catalog.pg_am m ON m.oid = x.relam JOIN changed h ON h.attrelid = rel.oid"
            + " WHERE (h.attnum = ANY (i.indkey) OR EXISTS (SELECT FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid"
            + " AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = rel.oid AND d.refobjsubid = h.attnum))"
            + " AND NOT (m.amname = 'brin' AND pg_catalog.current_setting('server_version_num')::int >= 160000)"
            + " GROUP BY n.nspname, x.relname"
            + " UNION ALL SELECT 'trigger', quote_ident(t.tgname), rel.name, 0 FROM rel"
            + " JOIN pg_catalog.pg_trigger t ON t.tgrelid = rel.oid WHERE NOT t.tgisinternal AND t.tgparentid = 0"
            + " AND t.tgenabled IN ('O', 'A') AND t.tgtype & 1 = 1 AND t.tgtype & ? <> 0 AND (t.tgtype & 16 = 0"
            + " OR cardinality(t.tgattr::int2[]) = 0"
            + " OR EXISTS (SELECT FROM written w WHERE w.attrelid = rel.oid AND w.attnum = ANY (t.tgattr)))"
            + " UNION ALL SELECT 'generated', quote_ident(attname), string_agg(DISTINCT quote_ident(source), ', '), 0"
            + " FROM generated GROUP BY attname"
            + " UNION ALL SELECT 'full', min(rel.name) FILTER (WHERE rel.oid = (SELECT oid FROM root)), '',"
            + " coalesce(sum(pg_catalog.pg_relation_size(rel.oid)) FILTER (WHERE rel.relkind = 'r'), 0)::bigint FROM rel"
            + " HAVING NOT bool_or(EXISTS (SELECT FROM pg_catalog.pg_options_to_table(rel.reloptions) o"
            + " WHERE o.option_name = 'fillfactor' AND o.option_value::int < 100))"
            + " UNION ALL SELECT 'no autovacuum', rel.name, '', 0 FROM rel WHERE rel.relkind = 'r'"
            + " AND EXISTS (SELECT FROM pg_catalog.pg_options_to_table(rel.reloptions) o"
            + " WHERE o.option_name = 'autovacuum_enabled' AND NOT o.option_value::boolean) ORDER BY 1, 2";

    /** The size of a table is read behind whoever holds it exclusively. */
    private static final TransactionSettings READING =
            new TransactionSettings(Duration.ofSeconds(2), null, Duration.ofSeconds(15));

    private ChangeCosts() {}

    /** What is done to rows; the bit by which triggers know it. */
    public enum Change {
        /** Rows are inserted. */
        INSERT(4),
        /** Rows are deleted. */
        DELETE(8),
        /** Columns are set. */
        UPDATE(16);

        private final int bit;

        Change(int bit) {
            this.bit = bit;
        }
    }

    /**
     * One thing that makes it dear.
     *
     * @param kind {@code index} with a column that is set, {@code trigger} for each row, {@code generated} column that
     *     hangs on one, {@code full} pages, {@code no autovacuum}
     * @param name of the thing
     * @param detail columns of an index or behind a generated column; table of a trigger
     * @param bytes of the table without its indexes; 0 except for {@code full}
     */
    public record Cost(String kind, String name, String detail, long bytes) {}

    /** Reads them; none when there is no such table. */
    public static List<Cost> read(
            Transactions transactions, QualifiedName table, Collection<String> columns, Change change) {
        return transactions.inTransaction(
                READING,
                session -> session.query(
                        SQL,
                        row -> new Cost(
                                row.string("kind"), row.string("name"), row.string("detail"), row.number("bytes")),
                        table.name(),
                        table.schema(),
                        List.copyOf(columns),
                        change.bit));
    }
}
