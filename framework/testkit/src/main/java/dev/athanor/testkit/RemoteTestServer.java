package dev.athanor.testkit;

import dev.athanor.embedded.StopMode;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A server that is not ours to crash: given by its URL, or in a container. */
final class RemoteTestServer extends TestServer {
    private final ServerAddress maintenance;
    private final Runnable end;

    private RemoteTestServer(ServerAddress maintenance, Runnable end) {
        this.maintenance = maintenance;
        this.end = end;
    }

    static TestServer given(String url) {
        return new RemoteTestServer(ServerAddress.parse(url), () -> {});
    }

    /** Starts a container of an image that behaves as the official one. */
    static TestServer container(String image) {
        DockerImageName name = DockerImageName.parse(image).asCompatibleSubstituteFor("postgres");
        PostgreSQLContainer container = new PostgreSQLContainer(name);
        container.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
        try {
            container.start();
        } catch (RuntimeException e) {
            container.close();
            throw new IllegalStateException(
                    "ATHANOR_TEST_CONTAINERS is true, but no container of image '" + image + "' starts: "
                            + e.getMessage(),
                    e);
        }
        ServerAddress maintenance = new ServerAddress(
                container.getHost() + ":" + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getUsername(),
                container.getPassword(),
                container.getDatabaseName(),
                "");
        return new RemoteTestServer(maintenance, container::close);
    }

    @Override
    public boolean canRestart() {
        return false;
    }

    @Override
    public void stop(StopMode mode) {
        throw notOurs();
    }

    @Override
    public void start() {
        throw notOurs();
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    @Override
    public void close() {
        end.run();
    }

    @Override
    ServerAddress address(String database) {
        return maintenance.database(database);
    }

    @Override
    ServerAddress maintenance() {
        return maintenance;
    }

    private static UnsupportedOperationException notOurs() {
        return new UnsupportedOperationException(
                "this server is given from outside; take TestServer.dedicated() for one to stop and start");
    }
}
