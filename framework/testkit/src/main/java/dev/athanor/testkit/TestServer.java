package dev.athanor.testkit;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import dev.athanor.embedded.StopMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A PostgreSQL server that tests make databases on. */
public abstract sealed class TestServer implements AutoCloseable permits EmbeddedTestServer, RemoteTestServer {
    TestServer() {}

    /**
     * A new embedded server for one test alone, which may stop, restart and kill it. Embedded whatever server the other
     * tests run on, because a given server or a container is not ours to crash. Takes about a second; close it.
     */
    public static TestServer dedicated() {
        return new EmbeddedTestServer(EmbeddedServer.open(EmbeddedSettings.throwAway()));
    }

    /** The server that the environment asks for; see {@link PostgresExtension}. */
    static TestServer chosen(Map<String, String> environment) {
        String url = environment.getOrDefault("ATHANOR_TEST_URL", "");
        if (!url.isEmpty()) {
            return RemoteTestServer.given(url);
        }
        if (inContainers(environment)) {
            return RemoteTestServer.container(environment.getOrDefault("ATHANOR_TEST_IMAGE", "postgres:17"));
        }
        return dedicated();
    }

    /** Whether the environment asks for a server that is not ours, which has one version only. */
    static boolean isGiven(Map<String, String> environment) {
        return !environment.getOrDefault("ATHANOR_TEST_URL", "").isEmpty() || inContainers(environment);
    }

    private static boolean inContainers(Map<String, String> environment) {
        return environment
                .getOrDefault("ATHANOR_TEST_CONTAINERS", "")
                .toLowerCase(Locale.ROOT)
                .equals("true");
    }

    /** Makes an empty database with a unique name; closing it drops it. */
    public final TestDatabase newDatabase() {
        String name = uniqueName();
        execute("CREATE DATABASE " + name);
        return new TestDatabase(this, name);
    }

    /**
     * Makes a database with a unique name as a copy of another one of this server, which nobody may be connected to
     * meanwhile; closing it drops it.
     */
    public final TestDatabase copyOf(TestDatabase template) {
        String name = uniqueName();
        execute("CREATE DATABASE " + name + " TEMPLATE " + template.name());
        return new TestDatabase(this, name);
    }

    /** The server's major version, such as 17. */
    public final int major() {
        return (int) new Jdbc(maintenance()).number("SELECT current_setting('server_version_num')::int / 10000");
    }

    /** URL of one of the server's databases, as libpq writes them, with user and password. */
    public final String url(String database) {
        return address(database).url();
    }

    /** Whether {@link #stop}, {@link #start}, {@link #restart} and {@link #kill} work; true for {@link #dedicated}. */
    public abstract boolean canRestart();

    /** Stops the server. */
    public abstract void stop(StopMode mode);

    /** Starts the stopped or killed server, on the same port. */
    public abstract void start();

    /** Ends the postmaster with SIGKILL and returns when it is gone. */
    public abstract void kill();

    /** Stops and starts the server. */
    public final void restart(StopMode mode) {
        stop(mode);
        start();
    }

    /** Ends what was started for the tests; a given server is left alone. */
    @Override
    public abstract void close();

    abstract ServerAddress address(String database);

    /** A database that is always there, to connect to while others are made and dropped. */
    abstract ServerAddress maintenance();

    final void drop(String database) {
        execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    private static String uniqueName() {
        return "test_" + UUID.randomUUID().toString().replace("-", "");
    }

    private void execute(String sql) {
        try (Connection connection = maintenance().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            ServerAddress at = maintenance();
            throw new IllegalStateException(
                    "The test server at " + at.hostAndPort() + " (user " + at.user() + ") refused \"" + sql + "\": "
                            + e.getMessage(),
                    e);
        }
    }
}
