package dev.athanor.examples.run;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives every scenario a database of its own: on an embedded server that is gone afterwards, or on a given one. */
public final class ExampleServer implements AutoCloseable {
    private final @Nullable EmbeddedServer embedded;
    private final String url;

    private ExampleServer(@Nullable EmbeddedServer embedded, String url) {
        this.embedded = embedded;
        this.url = url;
    }

    /** An embedded server on a free port, as durable as one in earnest. */
    public static ExampleServer embedded() {
        EmbeddedServer server = EmbeddedServer.open(EmbeddedSettings.throwAway()
                .withServerSetting("fsync", "on")
                .withServerSetting("synchronous_commit", "on")
                .withServerSetting("full_page_writes", "on")
                .withServerSetting("shared_buffers", "512MB")
                .withServerSetting("max_wal_size", "4GB"));
        return new ExampleServer(server, server.url());
    }

    /** @param url of a database from which others may be made, as libpq writes it */
    public static ExampleServer at(String url) {
        return new ExampleServer(null, url);
    }

    /** Makes an empty database, gives its URL to {@code work}, and drops it. */
    public <T> T withDatabase(Function<String, T> work) {
        String name = "athanor_example_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name);
        try {
            return work.apply(other(name));
        } finally {
            execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    private String other(String database) {
        URI given = URI.create(url);
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return given.getScheme() + "://" + given.getRawAuthority() + "/" + database + query;
    }

    private void execute(String sql) {
        try (Database database = Database.open(ConnectionUrl.parse(url, Map.of()), PoolSettings.DEFAULTS)) {
            database.transactions().autocommit(session -> session.execute(sql));
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
