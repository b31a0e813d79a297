package dev.athanor.cli;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.jobs.supportdesk.LoadListener;
import dev.athanor.jobs.supportdesk.SupportDesk;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import java.util.Map;
import java.util.Optional;

/** The demo's database: made whole, or not there. Its comment says so, because a kill may come at any time. */
record DemoDatabase(EmbeddedServer server) {
    static final String NAME = "athanor_demo";
    private static final long SEED = 42;

    /** Tickets of a database that an interrupted demo has made, if it is whole. */
    Optional<Long> tickets() {
        try (Database standard = open(server.url())) {
            return standard.transactions()
                    .autocommit(session -> session.queryOne(
                            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') AS made FROM pg_database"
                                    + " WHERE datname = ?",
                            row -> row.string("made"),
                            NAME))
                    .filter(made -> made.startsWith("tickets "))
                    .map(made -> Long.parseLong(made.substring("tickets ".length())));
        }
    }

    void make(long tickets, LoadListener listener) {
        server.dropDatabase(NAME);
        server.createDatabase(NAME);
        try (Database database = open(server.url(NAME))) {
            SupportDesk.create(database.dataSource(), tickets, SEED, listener);
            database.transactions()
                    .autocommit(session ->
                            session.executeVerbatim("COMMENT ON DATABASE " + NAME + " IS 'tickets " + tickets + "'"));
        }
    }

    void drop() {
        server.dropDatabase(NAME);
    }

    private static Database open(String url) {
        return Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS);
    }
}
