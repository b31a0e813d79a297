package dev.athanor.operation;

import java.util.List;

/**
 * An index of a partitioned table, which the server cannot build concurrently as a whole: empty indexes on the partitioned
 * tables, one on each partition that is built concurrently, and each attached to the one above it. The server works out
 * what is still to be done, so that a run that comes after a failed one goes on. On a partition that is made meanwhile the
 * server makes and attaches an index by itself, under a name of its own choice: that one counts.
 *
 * @param index of the partitioned table
 */
record PartitionedIndex(Index index) {
    /** As much of a name as fits with a hash behind it: 63 bytes less 9, with two bytes a character. */
    private static final int PREFIX = 27;

    /** The tree with the index that each table has: the one attached to that of the table above, else one by our name. */
    private static final String FOUND = """
             named AS (
              SELECT i.indrelid, i.indexrelid, i.indisvalid
                FROM tree t JOIN pg_catalog.pg_class r ON r.oid = t.relid
                JOIN pg_catalog.pg_class c ON c.relname = t.index AND c.relnamespace = r.relnamespace
                JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid AND i.indrelid = t.relid),
             below AS (
              SELECT i.indrelid, i.indexrelid, i.indisvalid
                FROM named n JOIN pg_catalog.pg_inherits p ON p.inhparent = n.indexrelid
                JOIN pg_catalog.pg_index i ON i.indexrelid = p.inhrelid
              UNION
              SELECT i.indrelid, i.indexrelid, i.indisvalid
                FROM below b JOIN pg_catalog.pg_inherits p ON p.inhparent = b.indexrelid
                JOIN pg_catalog.pg_index i ON i.indexrelid = p.inhrelid),
             found AS (
              SELECT t.relid, t.level, t.isleaf, t.nspname, t.relname, coalesce(c.relname, t.index) AS index,
                     coalesce(b.indexrelid, n.indexrelid) AS indexrelid,
                     CASE WHEN b.indexrelid IS NULL THEN n.indisvalid ELSE b.indisvalid END AS indisvalid,
                     b.indexrelid IS NOT NULL AS attached
                FROM tree t LEFT JOIN below b ON b.indrelid = t.relid
                LEFT JOIN pg_catalog.pg_class c ON c.oid = b.indexrelid
                LEFT JOIN named n ON n.indrelid = t.relid)
            """;

    /**
     * All tables of the tree with the index that each is to have: the root that of its name, all others one that is called
     * by partition and index, shortened with a hash where that is too long.
     */
    private String tree() {
        String together = "c.relname || '_' || " + Names.literal(index.name());
        return "WITH RECURSIVE tree AS (SELECT t.relid, t.level, t.isleaf, n.nspname, c.relname,"
                + " CASE WHEN t.level = 0 THEN " + Names.literal(index.name()) + " WHEN octet_length(" + together
                + ") <= " + Names.LONGEST + " THEN "
                + together + " ELSE left(" + together + ", " + PREFIX + ") || '_' || left(md5(" + together
                + "), 8) END AS index FROM pg_catalog.pg_partition_tree(" + Names.regclass(index.table()) + ") t"
                + " JOIN pg_catalog.pg_class c ON c.oid = t.relid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace)," + FOUND;
    }

    List<Part> create() {
        String table = "format('%I.%I', nspname, relname)";
        String definition = Names.statement(index.definition());
        String begin = Names.statement(index.begin() + " ");
        return List.of(
                Part.autocommitRows(tree() + "SELECT " + begin + " || quote_ident(index) || ' ON ONLY ' || " + table
                        + " || " + definition
                        + " FROM found WHERE NOT isleaf AND indexrelid IS NULL ORDER BY level, relname;"),
                Part.autocommitRows(
                        tree() + "SELECT " + begin + " || 'CONCURRENTLY ' || quote_ident(index) || ' ON ' || "
                                + table + " || " + definition
                                + " FROM found WHERE isleaf AND NOT attached AND indisvalid IS NOT TRUE"
                                + " ORDER BY level, relname;"),
                Part.autocommitRows(tree()
                        + "SELECT format('ALTER INDEX %I.%I ATTACH PARTITION %I.%I', up.nspname, up.index,"
                        + " f.nspname, f.index) FROM found f JOIN pg_catalog.pg_inherits h ON h.inhrelid = f.relid"
                        + " JOIN found up ON up.relid = h.inhparent WHERE NOT f.attached"
                        + " ORDER BY f.level DESC, f.relname;"));
    }

    List<Part> drop() {
        return List.of(
                Part.schema("DROP INDEX IF EXISTS " + Names.quoted(Names.beside(index.table(), index.name())) + ";"),
                Part.autocommitRows(tree() + "SELECT format('DROP INDEX %s %I.%I', CASE WHEN isleaf THEN 'CONCURRENTLY'"
                        + " ELSE '' END, nspname, index) FROM found WHERE indexrelid IS NOT NULL AND NOT attached"
                        + " ORDER BY level, relname;"));
    }
}
