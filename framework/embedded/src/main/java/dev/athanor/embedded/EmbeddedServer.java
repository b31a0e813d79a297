package dev.athanor.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A handle on a running PostgreSQL. Opening a directory starts its server, or joins the one that another handle or
 * another process started there; closing the last handle of the last process stops it. An end of the JVM closes open
 * handles; after a {@code kill -9} the server goes on and the next opener adopts it.
 *
 * <p>Safe for use by several threads.
 */
public final class EmbeddedServer implements AutoCloseable {
    private final SharedServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedServer(SharedServer server) {
        this.server = server;
    }

    /**
     * Opens the server of the settings' directory and waits until it answers.
     *
     * @throws EmbeddedPostgresException when no server can be had, with the reason
     */
    public static EmbeddedServer open(EmbeddedSettings settings) {
        return new EmbeddedServer(SharedServer.acquire(settings));
    }

    /** Always the loopback address. */
    public String host() {
        return Administration.HOST;
    }

    /** The TCP port. */
    public int port() {
        return administration().port();
    }

    /** The superuser's name. */
    public String user() {
        return Administration.USER;
    }

    /** The superuser's password: random, kept in a file that only the owner can read. */
    public String password() {
        return administration().password();
    }

    /** URL of the standard database {@code athanor}, as libpq writes them, with the password. */
    public String url() {
        return url(Administration.DATABASE);
    }

    /** URL of a database of this server, as libpq writes them, with the password. */
    public String url(String database) {
        Administration at = administration();
        return "postgresql://" + user() + ":" + at.password() + "@" + host() + ":" + at.port() + "/" + encode(database);
    }

    /** Makes an empty database. */
    public void createDatabase(String name) {
        try {
            administration().createDatabase(name);
        } catch (SQLException e) {
            throw refused("Database \"" + name + "\" cannot be made", e);
        }
    }

    /** Makes an empty database unless there is one of that name. */
    public void ensureDatabase(String name) {
        try {
            administration().ensureDatabase(name);
        } catch (SQLException e) {
            throw refused("Database \"" + name + "\" cannot be made", e);
        }
    }

    /** Drops a database, ending its sessions; nothing happens when there is none of that name. */
    public void dropDatabase(String name) {
        try {
            administration().dropDatabase(name);
        } catch (SQLException e) {
            throw refused("Database \"" + name + "\" cannot be dropped", e);
        }
    }

    /** Stops and starts the server, under all of its users; for crash tests. */
    public void restart(StopMode mode) {
        stop(mode);
        start();
    }

    /** Stops the server while this handle stays open; for crash tests. */
    public void stop(StopMode mode) {
        open().stop(mode);
    }

    /** Ends the postmaster with SIGKILL while this handle stays open; returns when it is gone. For crash tests. */
    public void kill() {
        open().kill();
    }

    /** Starts the server after {@link #stop} or {@link #kill}; on its old port unless another program took that meanwhile. */
    public void start() {
        open().start();
    }

    /** Whether the handle is open and the server lives: neither stopped nor killed. */
    public boolean isRunning() {
        return !closed.get() && server.isRunning();
    }

    /** Process id of the postmaster. */
    public long processId() {
        return open().processId();
    }

    /** The server's log. */
    public Path logFile() {
        return server.directory().log();
    }

    /** Gives the server up; stops it when nobody else uses it. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.release();
        }
    }

    EmbeddedSettings settings() {
        return open().settings();
    }

    private Administration administration() {
        return open().administration();
    }

    private SharedServer open() {
        if (closed.get()) {
            throw new IllegalStateException("this handle on the embedded PostgreSQL is closed");
        }
        return server;
    }

    private EmbeddedPostgresException refused(String what, SQLException e) {
        return new EmbeddedPostgresException(
                "embedded_database_refused", what + ": " + e.getMessage(), "See the log '" + logFile() + "'.", e);
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
