package dev.athanor.testkit;

/** An empty database of its own for a test; dropped, with whatever sessions are left on it, when closed. */
public final class TestDatabase implements AutoCloseable {
    private final TestServer server;
    private final String name;

    TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Name of the database, unique on its server. */
    public String name() {
        return name;
    }

    /** URL as libpq writes them, with user and password. Stays the same when the server restarts. */
    public String url() {
        return server.url(name);
    }

    /** Plain SQL for preparing and checking. */
    public Jdbc jdbc() {
        return new Jdbc(server.address(name));
    }

    /** The server it is on. */
    public TestServer server() {
        return server;
    }

    /** Drops the database. */
    @Override
    public void close() {
        server.drop(name);
    }
}
