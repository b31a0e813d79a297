package dev.athanor.benchmark.server;

import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The server that is measured: an embedded one that is gone afterwards, or a given one, on which only own databases are touched. */
public final class BenchmarkServer implements AutoCloseable {
    /**
     * What a server of some size would have in earnest, nothing that gives up durability: room so that no checkpoint begins
     * within a measurement. One begins when half of {@code max_wal_size} is written; an UPDATE of ten million rows writes 6 GB.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "shared_buffers", "1GB",
            "max_wal_size", "24GB",
            "checkpoint_timeout", "60min");

    /** In which a run that is told to end gives the embedded server back by itself. */
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(30);

    private final @Nullable EmbeddedServer embedded;
    private final String url;

    private final Map<BenchmarkDatabase, String> made = new LinkedHashMap<>();
    private boolean closed;

    private BenchmarkServer(@Nullable EmbeddedServer embedded, String url) {
        this.embedded = embedded;
        this.url = url;
    }

    /**
     * An embedded server on a free port.
     *
     * @param directory holds its data, on the disk that is to be measured; a folder of its own is made there, and deleted at close
     */
    public static BenchmarkServer embedded(Path directory) {
        EmbeddedSettings common = EmbeddedSettings.throwAway();
        Map<String, String> settings = new LinkedHashMap<>(common.serverSettings());
        settings.putAll(SETTINGS);
        EmbeddedServer server = EmbeddedServer.open(new EmbeddedSettings(
                directory.resolve("postgres-" + UUID.randomUUID()),
                common.cacheDirectory(),
                true,
                common.startTimeout(),
                SHUTDOWN_GRACE,
                settings,
                null,
                null));
        return new BenchmarkServer(server, server.url());
    }

    /**
     * A given server.
     *
     * @param url of a database from which others may be made, as libpq writes it
     */
    public static BenchmarkServer at(String url) {
        return new BenchmarkServer(null, url);
    }

    /** Makes an empty database with a name of its own. */
    public BenchmarkDatabase create() {
        return create("");
    }

    /** A copy of a database that was made here, and that nobody is connected to. */
    public synchronized BenchmarkDatabase copyOf(BenchmarkDatabase template) {
        return create(" TEMPLATE " + made.get(template));
    }

    private synchronized BenchmarkDatabase create(String options) {
        if (closed) {
            throw new IllegalStateException("the server is given up");
        }
        String name = "athanor_benchmark_" + UUID.randomUUID().toString().replace("-", "");
        BenchmarkDatabase database = new BenchmarkDatabase(JdbcUrl.otherDatabase(url, name));
        made.put(database, name);
        new BenchmarkDatabase(url).execute("CREATE DATABASE " + name + options);
        return database;
    }

    /** Drops a database that was made here, whoever is connected to it; once the server is closed, it is gone anyway. */
    public synchronized void drop(BenchmarkDatabase database) {
        String name = made.get(database);
        if (name != null) {
            new BenchmarkDatabase(url).execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            made.remove(database);
        }
    }

    /** Whether the server was made for the measurement. */
    public boolean isEmbedded() {
        return embedded != null;
    }

    /** What is to be known of it. */
    public ServerFacts facts() {
        return ServerFacts.of(new BenchmarkDatabase(url), isEmbedded());
    }

    /** Drops what was made here, or stops the embedded server; makes nothing any more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (embedded != null) {
            made.clear();
            embedded.close();
        } else {
            List.copyOf(made.keySet()).forEach(this::drop);
        }
    }
}
