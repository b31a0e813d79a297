package dev.athanor.ledger;

import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.Pause;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.testkit.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One process that migrates, as the tests see it. */
public final class LedgerFixture implements AutoCloseable {
    /** A state schema whose name asks for trouble. */
    public static final String HOSTILE = "tick\"ets'; drop";

    private final Database database;
    private final ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-heartbeat");
        thread.setDaemon(true);
        return thread;
    });
    private final StateSchema schema;

    public LedgerFixture(TestDatabase server) {
        this(server.url(), HOSTILE);
    }

    public LedgerFixture(String url, String schema) {
        this.database = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS);
        this.schema = new StateSchema(database.transactions(), schema);
    }

    public Database database() {
        return database;
    }

    public StateSchema schema() {
        return schema;
    }

    public Leases leases() {
        return leases(Duration.ofSeconds(15), OwnProcess.current(), Pause.real());
    }

    Leases leases(Duration length, OwnProcess process, Pause pause) {
        LeaseSettings settings = new LeaseSettings(length, new Actor("ann", "desk"), process, pause, heartbeats);
        return new Leases(database.transactions(), schema, settings);
    }

    public RevisionLedger ledger() {
        return new RevisionLedger(database.transactions(), schema, new Actor("ann", "desk"));
    }

    public static String quoted() {
        return "\"tick\"\"ets'; drop\"";
    }

    @Override
    public void close() {
        heartbeats.shutdownNow();
        database.close();
    }
}
