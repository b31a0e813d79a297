package dev.athanor.ledger;

import static dev.athanor.sql.Literal.quote;

import dev.athanor.revision.Phase;
import dev.athanor.sql.Literal;
import dev.athanor.sql.QualifiedName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The ledger's statements as text, for scripts that are run without Athanor: the same rows as an online run writes, so that
 * Athanor goes on where a script has ended. Every method gives whole statements, each with its semicolon and line end.
 */
public final class LedgerScript {
    private final String schema;

    /** @param stateSchema unquoted name */
    public LedgerScript(String stateSchema) {
        this.schema = QualifiedName.quote(stateSchema);
    }

    /** Makes the state schema, or brings an older one up to date; does nothing where it is as new already. */
    public String stateSchema() {
        StringBuilder script = new StringBuilder("CREATE SCHEMA IF NOT EXISTS " + schema + ";\n");
        script.append(conditional(
                "to_regclass(" + quote(schema + ".schema_version") + ") IS NULL", Scripts.bootstrap(schema)));
        for (int version = 1; version <= StateSchema.LATEST; version++) {
            script.append(conditional(
                    "(SELECT coalesce(max(version), 0) FROM " + schema + ".schema_version) < " + version,
                    Scripts.numbered(version, schema) + "INSERT INTO " + schema + ".schema_version (version) VALUES ("
                            + version + ");\n"));
        }
        return script.toString();
    }

    private static String conditional(String condition, String statements) {
        String body = "BEGIN IF " + condition + " THEN EXECUTE " + Literal.dollarQuote(statements) + "; END IF; END";
        return "DO " + Literal.dollarQuote(body) + ";\n";
    }

    /** Fails unless nobody is at work, all of the first are applied, and none of the others is known. */
    public String requireState(Collection<String> applied, Collection<String> absent) {
        String body = "DECLARE found text; BEGIN\n"
                + "  SELECT owner || ' on host ' || host INTO found FROM " + schema
                + ".lease WHERE NOT released AND expires_at > clock_timestamp();\n"
                + "  IF found IS NOT NULL THEN RAISE EXCEPTION 'Athanor is at work on this database: %', found; END IF;\n";
        if (!applied.isEmpty()) {
            body += "  SELECT string_agg(id, ', ') INTO found FROM unnest(" + array(applied)
                    + ") AS wanted (id) WHERE NOT"
                    + " EXISTS (SELECT FROM " + schema
                    + ".revision r WHERE r.id = wanted.id AND r.phase = 'contract');\n"
                    + "  IF found IS NOT NULL THEN RAISE EXCEPTION 'this script is for a database where these revisions"
                    + " are applied, and they are not: %', found; END IF;\n";
        }
        if (!absent.isEmpty()) {
            body += "  SELECT string_agg(id, ', ') INTO found FROM " + schema + ".revision WHERE id = ANY ("
                    + array(absent) + ");\n"
                    + "  IF found IS NOT NULL THEN RAISE EXCEPTION 'this script is for a database where these revisions"
                    + " are not applied yet, and they are: %', found; END IF;\n";
        }
        return "DO " + Literal.dollarQuote(body + "END") + ";\n";
    }

    /** Fails unless the phase is the last that all of these have done. */
    public String requireDone(Collection<String> revisions, Phase phase) {
        if (revisions.isEmpty()) {
            return "";
        }
        String body = "DECLARE found text; BEGIN\n"
                + "  SELECT string_agg(id, ', ') INTO found FROM unnest(" + array(revisions)
                + ") AS wanted (id) WHERE NOT"
                + " EXISTS (SELECT FROM " + schema + ".revision r WHERE r.id = wanted.id AND r.phase = "
                + quote(phase.key()) + ");\n"
                + "  IF found IS NOT NULL THEN RAISE EXCEPTION 'this script is for a database where " + phase.key()
                + " is the last phase that these revisions have done, and it is not: %', found; END IF;\n";
        return "DO " + Literal.dollarQuote(body + "END") + ";\n";
    }

    /** A revision begins. */
    public String begun(String revision, String checksum) {
        return "INSERT INTO " + schema + ".revision (id, checksum, actor) VALUES (" + quote(revision) + ", "
                + quote(checksum) + ", current_user) ON CONFLICT (id) DO NOTHING;\n";
    }

    /**
     * A section has come so far.
     *
     * @param statements that are done
     * @param finished whether these are all
     */
    public String section(String revision, int ordinal, int statements, boolean finished, String checksum) {
        return "INSERT INTO " + schema
                + ".section (revision_id, ordinal, statements_done, finished_at, checksum) VALUES ("
                + quote(revision) + ", " + ordinal + ", " + statements + ", "
                + (finished ? "clock_timestamp()" : "NULL") + ", " + quote(checksum)
                + ") ON CONFLICT (revision_id, ordinal) DO UPDATE SET statements_done = excluded.statements_done,"
                + " finished_at = excluded.finished_at, checksum = excluded.checksum;\n";
    }

    /** A backfill is done. */
    public String backfill(String revision, DoneBackfill done) {
        return "INSERT INTO " + schema
                + ".backfill (revision_id, ordinal, name, table_name, key_columns, checksum, state,"
                + " rows_estimated, finished_at) VALUES (" + quote(revision) + ", " + done.ordinal() + ", "
                + quote(done.name()) + ", " + quote(done.table()) + ", " + array(done.key()) + ", "
                + quote(done.checksum()) + ", 'done', 0, clock_timestamp());\n";
    }

    /** A backfill that was run as one statement. */
    public record DoneBackfill(int ordinal, String name, String table, List<String> key, String checksum) {
        public DoneBackfill {
            key = List.copyOf(key);
        }
    }

    /** A phase is done. */
    public String phaseDone(String revision, Phase phase) {
        String column = switch (phase) {
            case EXPAND -> "expanded_at";
            case BACKFILL -> "backfilled_at";
            case CONTRACT -> "applied_at";
        };
        return "UPDATE " + schema + ".revision SET phase = " + quote(phase.key()) + ", " + column
                + " = clock_timestamp() WHERE id = " + quote(revision) + ";\n";
    }

    /** A revision begins to be undone. */
    public String undoBegun(String revision) {
        return "UPDATE " + schema + ".revision SET undoing = true WHERE id = " + quote(revision) + ";\n";
    }

    /** A phase is undone; after expand the revision is forgotten. */
    public String phaseUndone(String revision, Phase phase, List<Integer> ordinals) {
        if (phase == Phase.EXPAND) {
            return forgotten(revision);
        }
        String wanted = "revision_id = " + quote(revision) + " AND ordinal = ANY ("
                + quote("{" + ordinals.stream().map(String::valueOf).collect(Collectors.joining(",")) + "}")
                + "::int[])";
        String before = Phase.values()[phase.ordinal() - 1].key();
        return "DELETE FROM " + schema + ".section WHERE " + wanted + ";\n"
                + "DELETE FROM " + schema + ".backfill WHERE " + wanted + ";\n"
                + "UPDATE " + schema + ".revision SET phase = " + quote(before) + ", applied_at = NULL"
                + (phase == Phase.BACKFILL ? ", backfilled_at = NULL" : "") + " WHERE id = " + quote(revision) + ";\n";
    }

    /** A revision is set as applied without being run. */
    public String stamped(String revision, String checksum) {
        return "INSERT INTO " + schema
                + ".revision (id, phase, checksum, actor, expanded_at, backfilled_at, applied_at,"
                + " stamped) VALUES (" + quote(revision) + ", 'contract', " + quote(checksum)
                + ", current_user, now(), now(), now(), true);\n";
    }

    /** A revision is no longer in the ledger. */
    public String forgotten(String revision) {
        return "DELETE FROM " + schema + ".revision WHERE id = " + quote(revision) + ";\n";
    }

    /** Writes an event: {@code revision_scripted} and the like. */
    public String event(String kind, String revision) {
        return "INSERT INTO " + schema
                + ".event (actor, host, kind, revision_id, detail) VALUES (current_user, 'script', "
                + quote(kind.toLowerCase(Locale.ROOT)) + ", " + quote(revision) + ", '');\n";
    }

    private static String array(Collection<String> texts) {
        return "ARRAY[" + texts.stream().map(Literal::quote).collect(Collectors.joining(", ")) + "]::text[]";
    }
}
