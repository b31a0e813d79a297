package dev.athanor.postgres;

import dev.athanor.catalog.ColumnPicture;
import dev.athanor.catalog.ColumnPicture.Generation;
import dev.athanor.catalog.ColumnPicture.Kind;
import dev.athanor.sql.QualifiedName;
import reactor.core.publisher.Flux;

/** Reads pictures of the columns of a table. */
public final class ColumnReader {
    private static final String COLUMNS = """
            SELECT a.attname::text AS name, format_type(a.atttypid, -1) AS type,
                   CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN t.typname::text ELSE '' END AS typname,
                   CASE WHEN a.attgenerated <> '' THEN 'COMPUTED' WHEN a.attidentity = 'a' THEN 'IDENTITY'
                        ELSE 'NONE' END AS generation
              FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
             WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum
            """;

    private ColumnReader() {}

    /** The columns of a table in their order; none when nothing has that name. */
    public static Flux<ColumnPicture> read(ReactiveSession session, QualifiedName table) {
        return session.query(
                COLUMNS,
                row -> new ColumnPicture(
                        row.string("name"),
                        row.string("type"),
                        Kind.of(row.string("typname")),
                        Generation.valueOf(row.string("generation"))),
                table.quoted());
    }
}
