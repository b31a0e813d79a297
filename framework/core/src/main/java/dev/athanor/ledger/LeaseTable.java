package dev.athanor.ledger;

import dev.athanor.postgres.Row;
import dev.athanor.postgres.Session;
import java.time.Duration;
import java.util.Optional;

/** The statements on the lease table. Time is the server's. */
final class LeaseTable {
    private final String table;

    LeaseTable(StateSchema schema) {
        this.table = schema.quoted() + ".lease";
    }

    Optional<LeaseHolder> read(Session session) {
        return select(session, "");
    }

    /** Waits for every transaction that has checked the present token. */
    Optional<LeaseHolder> lock(Session session) {
        return select(session, " FOR UPDATE");
    }

    private Optional<LeaseHolder> select(Session session, String lock) {
        return session.queryOne(
                "SELECT owner, host, pid, process_started_at, token, heartbeat_at, released,"
                        + millis("clock_timestamp() - acquired_at", "held")
                        + millis("clock_timestamp() - heartbeat_at", "silent")
                        + millis("expires_at - heartbeat_at", "length")
                        + " released OR expires_at <= clock_timestamp() AS free FROM " + table + " WHERE name = ?"
                        + lock,
                LeaseTable::holder,
                Leases.NAME);
    }

    private static String millis(String interval, String name) {
        return " (extract(epoch FROM " + interval + ") * 1000)::bigint AS " + name + ",";
    }

    private static LeaseHolder holder(Row row) {
        return new LeaseHolder(
                row.string("owner"),
                new OwnProcess(row.string("host"), row.number("pid"), row.time("process_started_at")),
                row.number("token"),
                row.instant("heartbeat_at"),
                Duration.ofMillis(row.number("held")),
                Duration.ofMillis(row.number("silent")),
                Duration.ofMillis(row.number("length")),
                row.flag("free"),
                row.flag("released"));
    }

    /** Writes us as owner in place of the owner with that token (0: there is none); empty when another was first. */
    Optional<Fence> take(Session session, LeaseSettings settings, long replaced) {
        OwnProcess process = settings.process();
        return session.queryOne(
                "INSERT INTO " + table + " AS l (name, owner, host, pid, process_started_at, token, released,"
                        + " acquired_at, heartbeat_at, expires_at)"
                        + " SELECT ?, ?, ?, ?, ?::timestamptz, 1, false, t, t, t + ? * interval '1 ms'"
                        + " FROM clock_timestamp() AS t"
                        + " ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, host = excluded.host,"
                        + " pid = excluded.pid, process_started_at = excluded.process_started_at, token = l.token + 1,"
                        + " released = false, acquired_at = excluded.acquired_at,"
                        + " heartbeat_at = excluded.heartbeat_at, expires_at = excluded.expires_at"
                        + " WHERE l.token = ? RETURNING l.token",
                row -> new Fence(row.number("token")),
                Leases.NAME,
                settings.actor().toString(),
                process.host(),
                process.pid(),
                process.started(),
                settings.length().toMillis(),
                replaced);
    }

    /** Prolongs the lease; false when it is no longer ours. */
    boolean beat(Session session, Fence fence, Duration length) {
        return session.execute(
                        "UPDATE " + table + " SET heartbeat_at = t, expires_at = t + ? * interval '1 ms'"
                                + " FROM clock_timestamp() AS t WHERE name = ? AND token = ? AND NOT released",
                        length.toMillis(),
                        Leases.NAME,
                        fence.token())
                == 1;
    }

    void release(Session session, Fence fence) {
        session.execute(
                "UPDATE " + table + " SET released = true, expires_at = heartbeat_at WHERE name = ? AND token = ?",
                Leases.NAME,
                fence.token());
    }
}
