package dev.athanor.postgres;

import static dev.athanor.postgres.SchemaQueries.REMARK;
import static dev.athanor.postgres.SchemaQueries.WANTED;
import static dev.athanor.postgres.SchemaQueries.own;
import static dev.athanor.postgres.SchemaQueries.owner;
import static dev.athanor.postgres.SchemaQueries.remark;
import static dev.athanor.postgres.SchemaQueries.rights;

/** Sequences, tables, views and their columns. */
final class RelationQueries {
    private static final String OPTIONS =
            "(SELECT string_agg(o, ', ' ORDER BY o COLLATE \"C\") FROM unnest(c.reloptions) AS o)";

    private RelationQueries() {}

    static String sequences() {
        return """
                SELECT 'sequence' AS kind, format('%%I.%%I', n.nspname, c.relname) AS name,
                       h.attrelid::regclass::text || '.' || quote_ident(h.attname) AS parent,
                       concat_ws(E'\\n',
                         format('sequence%%s of %%s start %%s increment %%s from %%s to %%s cache %%s%%s',
                           CASE c.relpersistence WHEN 'u' THEN ' unlogged' END, format_type(s.seqtypid, NULL),
                           s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
                           CASE WHEN s.seqcycle THEN ' cycle' END),
                         'owned by ' || h.attrelid::regclass::text || '.' || quote_ident(h.attname),
                         %s, %s, %s) AS definition
                  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_sequence s ON s.seqrelid = c.oid
                  LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
                       AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                  LEFT JOIN pg_attribute h ON h.attrelid = d.refobjid AND h.attnum = d.refobjsubid
                  %s
                 WHERE %s AND %s
                """.formatted(
                        owner("c.relowner"),
                        rights("c.relacl", "acldefault('s', c.relowner)"),
                        REMARK,
                        remark("pg_class", "c.oid", "0"),
                        WANTED,
                        own("pg_class", "c.oid"));
    }

    static String tables() {
        return """
                SELECT 'table' AS kind, format('%%I.%%I', n.nspname, c.relname) AS name, NULL AS parent,
                       concat_ws(E'\\n',
                         CASE c.relpersistence WHEN 'u' THEN 'unlogged ' ELSE '' END
                           || CASE c.relkind WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table'
                              ELSE 'table' END,
                         'of type ' || format_type(nullif(c.reloftype, 0), NULL),
                         CASE WHEN c.relkind = 'p' THEN 'partition by ' || pg_get_partkeydef(c.oid) END,
                         CASE WHEN c.relispartition THEN 'partition of ' ELSE 'inherits ' END
                           || (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
                                 FROM pg_inherits i WHERE i.inhrelid = c.oid)
                           || coalesce(' ' || pg_get_expr(c.relpartbound, c.oid), ''),
                         'using ' || nullif(m.amname, 'heap'),
                         'with ' || %s,
                         CASE WHEN c.relrowsecurity THEN 'row level security enabled' END,
                         CASE WHEN c.relforcerowsecurity THEN 'row level security forced' END,
                         CASE c.relreplident WHEN 'n' THEN 'replica identity nothing'
                              WHEN 'f' THEN 'replica identity full' END,
                         (SELECT concat_ws(' ', 'server', quote_ident(v.srvname), array_to_string(f.ftoptions, ', '))
                            FROM pg_foreign_table f JOIN pg_foreign_server v ON v.oid = f.ftserver
                           WHERE f.ftrelid = c.oid),
                         %s, %s, %s) AS definition
                  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  LEFT JOIN pg_am m ON m.oid = c.relam
                  %s
                 WHERE c.relkind IN ('r', 'p', 'f') AND %s AND %s
                """.formatted(
                        OPTIONS,
                        owner("c.relowner"),
                        rights("c.relacl", "acldefault('r', c.relowner)"),
                        REMARK,
                        remark("pg_class", "c.oid", "0"),
                        WANTED,
                        own("pg_class", "c.oid"));
    }

    static String views() {
        return """
                SELECT 'view' AS kind, format('%%I.%%I', n.nspname, c.relname) AS name, NULL AS parent,
                       concat_ws(E'\\n',
                         CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END, 'with ' || %s,
                         pg_get_viewdef(c.oid), %s, %s, %s) AS definition
                  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  %s
                 WHERE c.relkind IN ('v', 'm') AND %s AND %s
                """.formatted(
                        OPTIONS,
                        owner("c.relowner"),
                        rights("c.relacl", "acldefault('r', c.relowner)"),
                        REMARK,
                        remark("pg_class", "c.oid", "0"),
                        WANTED,
                        own("pg_class", "c.oid"));
    }

    /**
     * NOT NULL has a constraint of its own from PostgreSQL 18 on, which may be not validated, and of which the name is told
     * when it is not the one that the server gives.
     */
    static String columns() {
        return """
                SELECT 'column' AS kind, format('%%I.%%I.%%I', n.nspname, c.relname, a.attname) AS name,
                       format('%%I.%%I', n.nspname, c.relname) AS parent,
                       concat_ws(E'\\n',
                         concat_ws(' ', format_type(a.atttypid, a.atttypmod),
                           CASE WHEN a.attcollation <> t.typcollation
                                THEN 'collate ' || a.attcollation::regcollation END,
                           CASE WHEN a.attnotnull THEN 'not null' || CASE WHEN nn.convalidated THEN ''
                                WHEN nn.oid IS NOT NULL THEN ' not valid' ELSE '' END
                                || CASE WHEN nn.connoinherit THEN ' no inherit' ELSE '' END
                                || CASE WHEN nn.conname <> format('%%s_%%s_not_null', c.relname, a.attname)
                                        THEN ' constraint ' || quote_ident(nn.conname) ELSE '' END END,
                           CASE a.attidentity WHEN 'a' THEN 'generated always as identity'
                                WHEN 'd' THEN 'generated by default as identity' END,
                           CASE a.attgenerated WHEN '' THEN 'default ' || pg_get_expr(d.adbin, d.adrelid)
                                ELSE 'generated always as (' || pg_get_expr(d.adbin, d.adrelid)
                                  || CASE a.attgenerated WHEN 's' THEN ') stored' ELSE ') virtual' END END,
                           CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
                           'compression ' || nullif(a.attcompression::text, ''),
                           CASE WHEN a.attstattarget >= 0 THEN 'statistics ' || a.attstattarget END,
                           'with ' || array_to_string(a.attoptions || a.attfdwoptions, ', ')),
                         %s, %s) AS definition
                  FROM pg_attribute a
                  JOIN pg_class c ON c.oid = a.attrelid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_type t ON t.oid = a.atttypid
                  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                  LEFT JOIN pg_constraint nn ON nn.contype = 'n' AND nn.conrelid = a.attrelid
                       AND nn.conkey = ARRAY[a.attnum]
                  %s
                 WHERE a.attnum > 0 AND NOT a.attisdropped
                   AND (c.relkind IN ('r', 'p', 'f') OR c.relkind IN ('v', 'm')
                        AND (a.atthasdef OR a.attacl IS NOT NULL OR remark.description IS NOT NULL))
                   AND %s AND %s
                """.formatted(
                        rights("a.attacl", "acldefault('c', c.relowner)"),
                        REMARK,
                        remark("pg_class", "a.attrelid", "a.attnum"),
                        WANTED,
                        own("pg_class", "c.oid"));
    }
}
