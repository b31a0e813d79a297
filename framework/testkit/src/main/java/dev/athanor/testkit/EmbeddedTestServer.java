package dev.athanor.testkit;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import dev.athanor.embedded.StopMode;

/** An embedded server of this test process. */
final class EmbeddedTestServer extends TestServer {
    private final EmbeddedServer server;

    EmbeddedTestServer(EmbeddedServer server) {
        this.server = server;
    }

    /** A running streaming standby of it. */
    EmbeddedTestServer standby() {
        return new EmbeddedTestServer(EmbeddedServer.open(EmbeddedSettings.standbyOf(server)));
    }

    boolean isRunning() {
        return server.isRunning();
    }

    @Override
    public boolean canRestart() {
        return true;
    }

    @Override
    public void stop(StopMode mode) {
        server.stop(mode);
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    ServerAddress address(String database) {
        return maintenance().database(database);
    }

    @Override
    ServerAddress maintenance() {
        return ServerAddress.parse(server.url());
    }
}
