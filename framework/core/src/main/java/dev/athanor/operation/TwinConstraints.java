package dev.athanor.operation;

import dev.athanor.sql.Literal;

/**
 * Queries that make, beside what belongs to a column, the same for its twin, under names of our own; what is there already
 * is not made again.
 *
 * @param belongings what there is
 * @param definition which definition is wanted: {@code def} on the twin, {@code odef} on the column itself
 */
record TwinConstraints(Belongings belongings, String definition) {
    private static final String COPY_EXISTS = "EXISTS (SELECT FROM pg_catalog.pg_constraint k"
            + " WHERE k.conrelid = x.tbl::regclass AND k.conname = x.copy{more})";

    /** Behind the name of an index that is not unique yet. */
    private static final String EARLY = "_early";

    /** Whether the original is unique, and its copy would find rows without a value in the twin to be equal. */
    private static final String LATE = """
            EXISTS (SELECT FROM pg_catalog.pg_index o
                     WHERE o.indexrelid = x.id::oid AND o.indisunique
                       AND (coalesce((to_jsonb(o) ->> 'indnullsnotdistinct')::boolean, false) OR NOT EXISTS (
                              SELECT FROM pg_catalog.pg_attribute a
                              CROSS JOIN pg_catalog.generate_series(0, o.indnkeyatts - 1) AS place
                               WHERE a.attrelid = o.indrelid AND a.attname = {column} AND a.attnum = o.indkey[place])))""";

    /** Indexes, concurrently; none of a partitioned table, of which no single statement builds one so. */
    String indexes() {
        return indexes("x.copy", "x.uniq");
    }

    /**
     * As {@link #indexes}, while rows have nothing in the twin yet. Such rows are equal to each other in an index in which
     * the twin is no key by itself, or in which nulls are equal: that one is not unique yet, and has another name.
     */
    String earlyIndexes() {
        return indexes(
                "CASE WHEN " + LATE + " THEN x.copy || '" + EARLY + "' ELSE x.copy END", "x.uniq AND NOT " + LATE);
    }

    /** Takes away what has stood in for unique indexes that are there by now. */
    String dropEarlyIndexes() {
        return fill("""
                SELECT 'DROP INDEX CONCURRENTLY ' || x.sch || '.' || quote_ident(c.relname)
                  FROM {items} x JOIN pg_catalog.pg_index i ON i.indrelid = x.tbl::regclass
                  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relname = x.copy || '{early}'
                 WHERE x.kind = 'index'
                 ORDER BY x.name""");
    }

    private String indexes(String name, String unique) {
        return fill("""
                SELECT 'CREATE ' || CASE WHEN {unique} THEN 'UNIQUE ' ELSE '' END || 'INDEX CONCURRENTLY '
                         || quote_ident({name}) || x.{def}
                  FROM {items} x
                 WHERE x.kind = 'index'
                   AND (SELECT c.relkind <> 'p' FROM pg_catalog.pg_class c WHERE c.oid = x.tbl::regclass)
                   AND NOT EXISTS (
                         SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                          WHERE i.indrelid = x.tbl::regclass AND c.relname = {name} AND i.indisvalid)
                 ORDER BY x.name""".replace("{name}", name).replace("{unique}", unique));
    }

    /** Checks, and NOT NULL as what the server can validate without a lock: a check, or from PostgreSQL 18 on itself. */
    String checks() {
        return fill("""
                SELECT 'ALTER TABLE ' || x.tbl || ' ADD CONSTRAINT ' || quote_ident(x.copy) || ' '
                         || CASE WHEN x.kind = 'check' THEN x.{def}
                                 WHEN current_setting('server_version_num')::int >= 180000 THEN 'NOT NULL ' || {twin}
                                 ELSE 'CHECK (' || {twin} || ' IS NOT NULL)' END
                         || {not_valid}
                  FROM {items} x
                 WHERE x.kind IN ('check', 'notnull') AND NOT {copy_exists}
                 ORDER BY x.kind, x.name""");
    }

    /** Foreign keys of the table and to it, not validated. */
    String foreignKeys() {
        return fill("""
                SELECT 'ALTER TABLE ' || x.tbl || ' ADD CONSTRAINT ' || quote_ident(x.copy) || ' ' || x.{def}
                         || {not_valid}
                  FROM {items} x
                 WHERE x.kind IN ('fk', 'incoming') AND NOT {copy_exists} AND NOT {is_wanted}
                 ORDER BY x.tbl, x.name""");
    }

    /** Validates what is there under our names and was valid. */
    String validations() {
        return fill("""
                SELECT 'ALTER TABLE ' || x.tbl || ' VALIDATE CONSTRAINT ' || quote_ident(x.copy)
                  FROM {items} x
                 WHERE x.valid AND x.kind <> 'index' AND {copy_not_valid} AND coalesce(x.{def}, '') NOT LIKE '% NOT ENFORCED'
                 ORDER BY x.kind, x.tbl, x.name""");
    }

    /** Lets the new foreign keys take the place of the old ones, one by one; each pair holds the same until then. */
    String exchange() {
        return fill("""
                SELECT s.statement
                  FROM {items} x CROSS JOIN LATERAL (
                         SELECT 1, 'ALTER TABLE ' || x.tbl || ' DROP CONSTRAINT ' || quote_ident(x.name)
                          WHERE EXISTS (SELECT FROM pg_catalog.pg_constraint k
                                         WHERE k.conrelid = x.tbl::regclass AND k.conname = x.name)
                         UNION ALL
                         SELECT 2, 'ALTER TABLE ' || x.tbl || ' RENAME CONSTRAINT ' || quote_ident(x.copy) || ' TO '
                                     || quote_ident(x.name)
                         UNION ALL
                         SELECT 3, 'COMMENT ON CONSTRAINT ' || quote_ident(x.name) || ' ON ' || x.tbl || ' IS '
                                     || quote_literal(x.con_note)
                          WHERE x.con_note IS NOT NULL) AS s (step, statement)
                 WHERE x.kind IN ('fk', 'incoming') AND {copy_exists}
                 ORDER BY x.tbl, x.name, s.step""");
    }

    /** Takes away foreign keys under our names, those of other tables among them. */
    String dropForeignKeys() {
        return fill("""
                SELECT 'ALTER TABLE ' || x.tbl || ' DROP CONSTRAINT ' || quote_ident(x.copy)
                  FROM {items} x
                 WHERE x.kind IN ('fk', 'incoming') AND {copy_exists}
                 ORDER BY x.tbl, x.name""");
    }

    private String fill(String query) {
        return Template.fill(
                query,
                "items",
                belongings.items(),
                "def",
                definition,
                "twin",
                Literal.quote(Names.quoted(belongings.twin())),
                "not_valid",
                "CASE WHEN x." + definition
                        + " LIKE '% NOT ENFORCED' AND x.kind <> 'notnull' THEN '' ELSE ' NOT VALID' END",
                "column",
                Names.literal(belongings.column()),
                "early",
                EARLY,
                "copy_exists",
                COPY_EXISTS.replace("{more}", ""),
                "copy_not_valid",
                COPY_EXISTS.replace("{more}", " AND NOT k.convalidated"),
                "is_wanted",
                "EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = x.tbl::regclass"
                        + " AND k.conname = x.name AND regexp_replace(pg_catalog.pg_get_constraintdef(k.oid),"
                        + " ' NOT VALID$', '') = x." + definition + ")");
    }
}
