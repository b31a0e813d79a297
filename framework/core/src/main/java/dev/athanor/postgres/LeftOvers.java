package dev.athanor.postgres;

import java.util.List;

/**
 * What failed or unfinished changes leave behind in a database. Names are as they may stand in SQL, with their schema.
 *
 * @param invalidIndexes indexes that no query uses
 * @param unvalidated constraints of tables that hold for new rows only
 */
public record LeftOvers(List<InvalidIndex> invalidIndexes, List<Unvalidated> unvalidated) {
    public LeftOvers {
        invalidIndexes = List.copyOf(invalidIndexes);
        unvalidated = List.copyOf(unvalidated);
    }

    /** Who builds or drops an index concurrently holds this lock on its table; VACUUM does, too. */
    private static final String INVALID = "SELECT format('%I.%I', n.nspname, c.relname) AS name, EXISTS (SELECT FROM"
            + " pg_catalog.pg_locks l WHERE l.locktype = 'relation' AND l.relation = i.indrelid AND l.database ="
            + " (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database())"
            + " AND l.granted AND l.mode = 'ShareUpdateExclusiveLock') AS worked_on"
            + " FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname !~ '^pg_temp' ORDER BY 1";

    /** From PostgreSQL 18 on a constraint that is not enforced is never validated. */
    private static final String UNVALIDATED =
            "SELECT format('%I.%I', n.nspname, c.relname) AS owner, quote_ident(k.conname) AS name"
                    + " FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT k.convalidated AND k.conislocal"
                    + " AND coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true) ORDER BY 1, 2";

    /**
     * An index that is not valid.
     *
     * @param workedOn whether somebody may be building it right now
     */
    public record InvalidIndex(String name, boolean workedOn) {}

    /** A constraint that is NOT VALID. */
    public record Unvalidated(String table, String name) {}

    /** Reads them from the catalogue, which everybody may read. */
    public static LeftOvers read(Transactions transactions) {
        return transactions.autocommit(session -> new LeftOvers(
                session.query(INVALID, row -> new InvalidIndex(row.string("name"), row.flag("worked_on"))),
                session.query(UNVALIDATED, row -> new Unvalidated(row.string("owner"), row.string("name")))));
    }
}
