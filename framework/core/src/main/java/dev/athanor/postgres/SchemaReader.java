package dev.athanor.postgres;

import dev.athanor.catalog.ObjectKind;
import dev.athanor.catalog.SchemaObject;
import dev.athanor.catalog.SchemaPicture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the picture of all schemas from the system catalogue; any role may. */
public final class SchemaReader {
    /**
     * Definitions of views and expressions need a lock on their tables, which a schema change may hold; waiting longer
     * would only queue behind it.
     */
    private static final TransactionSettings SETTINGS =
            new TransactionSettings(Duration.ofSeconds(10), null, Duration.ofSeconds(60));

    /**
     * One point in time; and whatever changes how the server writes a definition is set, so that a role or a database
     * with settings of its own gives the same text. Temporary tables come last, lest one hide a table of the catalogue.
     */
    private static final String BEGIN = """
            SET LOCAL TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
            SET LOCAL search_path = pg_catalog, pg_temp;
            SET LOCAL quote_all_identifiers = off;
            SET LOCAL standard_conforming_strings = on;
            SET LOCAL DateStyle = 'ISO, YMD';
            SET LOCAL IntervalStyle = 'postgres';
            SET LOCAL TimeZone = 'UTC';
            SET LOCAL extra_float_digits = 1;
            SET LOCAL bytea_output = 'hex';
            SET LOCAL lc_monetary = 'C';
            SET LOCAL jit = off;
            """;

    /**
     * What the server says of an object that somebody drops between its being listed and its being asked for: it writes
     * definitions from the newest catalogue, not from that of the transaction. The code of internal errors is among them.
     */
    private static final Set<String> DROPPED_MEANWHILE =
            Set.of("XX000", "42P01", "42703", "42704", "42883", "3F000", "40P01");

    /** Even where tables come and go all the time, a few tries meet a quiet moment; a try takes well below a second. */
    private static final int TRIES = 10;

    private final Transactions transactions;

    /** Reads over these connections. */
    public SchemaReader(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The picture as of now, of one point in time.
     *
     * @param excluded schemas that are not looked at (true spelling), beside those of the system and of temporary tables
     * @throws DatabaseException among others with a lock timeout, when somebody holds a table exclusively for long
     */
    public SchemaPicture read(List<String> excluded) {
        for (int left = TRIES - 1; ; left--) {
            try {
                return readOnce(excluded);
            } catch (DatabaseException e) {
                if (left == 0 || e.sqlState() == null || !DROPPED_MEANWHILE.contains(e.sqlState())) {
                    throw e;
                }
            }
        }
    }

    private SchemaPicture readOnce(List<String> excluded) {
        return transactions.inTransaction(SETTINGS, session -> {
            session.executeVerbatim(BEGIN);
            List<SchemaObject> objects = new ArrayList<>();
            for (String query : SchemaQueries.ALL) {
                objects.addAll(session.query(query, SchemaReader::object, excluded));
            }
            return new SchemaPicture(major(session), objects);
        });
    }

    private static int major(Session session) {
        return session.queryOne("SELECT current_setting('server_version_num')::int / 10000 AS major", row ->
                        (int) row.number("major"))
                .orElseThrow();
    }

    private static SchemaObject object(Row row) {
        return new SchemaObject(
                ObjectKind.valueOf(row.string("kind").toUpperCase(Locale.ROOT)),
                row.string("name"),
                row.text("parent"),
                row.string("definition"));
    }
}
