package dev.athanor.postgres;

import java.util.List;
import java.util.stream.Stream;

/**
 * The queries of a schema's picture. Each has one parameter, the schemas to leave out, and gives kind, name, parent and
 * definition. A definition is made of lines; what is not set gives none.
 */
final class SchemaQueries {
    /** In the order of the kinds, though the reader sorts anyway. */
    static final List<String> ALL = Stream.of(
                    SchemaQueries.schemas(),
                    SchemaQueries.extensions(),
                    TypeQueries.types(),
                    RelationQueries.sequences(),
                    RelationQueries.tables(),
                    RelationQueries.views(),
                    RelationQueries.columns(),
                    DependentQueries.constraints(),
                    DependentQueries.indexes(),
                    DependentQueries.triggers(),
                    DependentQueries.rules(),
                    DependentQueries.policies(),
                    TypeQueries.functions(),
                    DependentQueries.statistics())
            .toList();

    private SchemaQueries() {}

    /** Of alias {@code n}: not of the system, not of temporary tables, not left out. */
    static final String WANTED =
            "n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND n.nspname::text <> ALL (?)";

    /** Not a part of an extension. */
    static String own(String catalogue, String oid) {
        return "NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '" + catalogue + "'::regclass AND e.objid = "
                + oid + " AND e.deptype = 'e')";
    }

    /** Joins the comment as alias {@code remark}. */
    static String remark(String catalogue, String oid, String column) {
        return " LEFT JOIN pg_description remark ON remark.classoid = '" + catalogue + "'::regclass"
                + " AND remark.objoid = " + oid + " AND remark.objsubid = " + column;
    }

    /** The line of the joined comment. */
    static final String REMARK = "'comment ' || quote_literal(remark.description)";

    static String owner(String oid) {
        return "'owner ' || quote_ident(pg_get_userbyid(" + oid + "))";
    }

    /** The line of rights, in an order of its own and without grantors; none when they are as for a new object. */
    static String rights(String acl, String standard) {
        return "CASE WHEN " + acl + " IS NOT NULL THEN 'privileges ' || nullif(" + granted(acl) + ", "
                + granted(standard) + ") END";
    }

    private static String granted(String acl) {
        return "coalesce((SELECT string_agg(holder || '=' || held, ' ' ORDER BY holder COLLATE \"C\") FROM ("
                + "SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END AS holder,"
                + " string_agg(DISTINCT privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END, ',') AS held"
                + " FROM aclexplode(" + acl + ") GROUP BY grantee) AS rights), '(none)')";
    }

    private static String schemas() {
        return """
                SELECT 'schema' AS kind, quote_ident(n.nspname) AS name, NULL AS parent,
                       concat_ws(E'\\n', 'schema', %s, %s, %s) AS definition
                  FROM pg_namespace n %s
                 WHERE %s AND %s
                """.formatted(
                        owner("n.nspowner"),
                        rights("n.nspacl", "acldefault('n', n.nspowner)"),
                        REMARK,
                        remark("pg_namespace", "n.oid", "0"),
                        WANTED,
                        own("pg_namespace", "n.oid"));
    }

    private static String extensions() {
        return """
                SELECT 'extension' AS kind, quote_ident(x.extname) AS name, NULL AS parent,
                       format('version %s in schema %I', x.extversion, n.nspname) AS definition
                  FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
                 WHERE n.nspname::text <> ALL (?)
                """;
    }
}
