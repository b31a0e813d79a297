package dev.athanor.testkit;

import dev.athanor.postgres.Pause;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A real streaming standby of a {@linkplain TestServer#dedicated dedicated} server, with all of its databases. It
 * follows by a replication slot, so it may pause or stop for as long as it likes and miss nothing; it is the slot that
 * the primary's {@code pg_stat_replication} shows as application name. It does not hold up commits of the primary unless
 * a test sets {@code synchronous_standby_names = '*'} there.
 *
 * <p>Close it before its primary. When the test's JVM is killed, the next one that starts a server for tests ends it.
 */
public final class StandbyServer implements AutoCloseable {
    private static final String MAINTENANCE = "postgres";

    private static final Duration GLANCE = Duration.ofMillis(20);

    /** Two minutes: a machine busy with other tests may replay slowly. */
    private static final int GLANCES = 6_000;

    private final EmbeddedTestServer primary;
    private final EmbeddedTestServer standby;
    private final String slot;

    private StandbyServer(EmbeddedTestServer primary, EmbeddedTestServer standby) {
        this.primary = primary;
        this.standby = standby;
        this.slot = String.valueOf(jdbc(MAINTENANCE).text("SHOW primary_slot_name"));
    }

    /**
     * Copies the running primary and follows it; about a second. Server settings made with {@code ALTER SYSTEM} are
     * copied, but for {@code synchronous_standby_names}.
     *
     * @throws UnsupportedOperationException when the primary is not a dedicated one
     */
    public static StandbyServer of(TestServer primary) {
        if (primary instanceof EmbeddedTestServer embedded) {
            return new StandbyServer(embedded, embedded.standby());
        }
        throw new UnsupportedOperationException(
                "the data of this server are out of reach; take TestServer.dedicated() for one with a standby");
    }

    /** The standby as a server to stop, kill and start. */
    public TestServer server() {
        return standby;
    }

    /** URL of one of its databases, which are those of the primary, as libpq writes them, with user and password. */
    public String url(String database) {
        return standby.url(database);
    }

    /** SQL on one of its databases; reads only before {@link #promote}. */
    public Jdbc jdbc(String database) {
        return new Jdbc(standby.address(database));
    }

    /** Application name of its connection in the primary's {@code pg_stat_replication}, and name of its slot there. */
    public String name() {
        return slot;
    }

    /** Stops replaying; what the primary writes goes on arriving. Returns when nothing more is replayed. */
    public void pauseReplay() {
        jdbc(MAINTENANCE).execute("SELECT pg_wal_replay_pause()");
        await(
                "replay is paused",
                () -> "paused".equals(jdbc(MAINTENANCE).text("SELECT pg_get_wal_replay_pause_state()")));
    }

    /** Goes on replaying. */
    public void resumeReplay() {
        jdbc(MAINTENANCE).execute("SELECT pg_wal_replay_resume()");
    }

    /** Waits until it shows everything that the primary has committed before this call. */
    public void awaitCaughtUp() {
        String written = new Jdbc(primary.maintenance()).text("SELECT pg_current_wal_lsn()");
        await(
                "the standby has replayed " + written,
                () -> "t".equals(jdbc(MAINTENANCE).text("SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn", written)));
    }

    /**
     * Makes it a primary of its own that takes writes, and returns when it does. What it has not received by then is
     * lost, as in a real failover; stop the old primary yourself.
     */
    public void promote() {
        jdbc(MAINTENANCE)
                .execute("SELECT pg_promote(true, "
                        + GLANCE.multipliedBy(GLANCES).toSeconds() + ")");
        await("the standby takes writes", () -> "f".equals(jdbc(MAINTENANCE).text("SELECT pg_is_in_recovery()")));
    }

    /** Stops it, deletes its data, and frees the WAL that the primary kept for it. */
    @Override
    public void close() {
        standby.close();
        if (primary.isRunning()) {
            Jdbc at = new Jdbc(primary.maintenance());
            await(
                    "the slot of the standby is free",
                    () -> at.rows("SELECT slot_name FROM pg_replication_slots WHERE slot_name = ? AND active", slot)
                            .isEmpty());
            at.rows("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?", slot);
        }
    }

    private static void await(String what, BooleanSupplier reached) {
        for (int glance = 0; glance < GLANCES; glance++) {
            if (reached.getAsBoolean()) {
                return;
            }
            Pause.real().await(GLANCE);
        }
        throw new AssertionError("not reached within " + GLANCE.multipliedBy(GLANCES) + ": " + what);
    }
}
