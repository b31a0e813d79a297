package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.run.MigrationRunner;
import dev.athanor.source.Revisions;
import dev.athanor.throttle.ThrottleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The database that a command works on, and the server under it when that is our own. */
final class Opened implements AutoCloseable {
    /** Where {@code --embedded} keeps its data. */
    static final Path EMBEDDED = Path.of(".athanor", "postgres");
    /** How long the embedded server waits, when the process is ended, for a run to reach its checkpoint. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final @Nullable EmbeddedServer server;
    private final Database database;
    private final Settings settings;
    private final Revisions revisions;
    private final OtherDatabases others;

    private Opened(
            @Nullable EmbeddedServer server,
            Database database,
            Settings settings,
            Revisions revisions,
            OtherDatabases others) {
        this.server = server;
        this.others = others;
        this.database = database;
        this.settings = settings;
        this.revisions = revisions;
    }

    /** Opens, works, closes. Revisions are read first: a fault in a file is told before anything is started. */
    static <T> T with(AthanorCommand root, Settings settings, Function<Opened, T> work) {
        Revisions revisions = settings.revisions();
        if (settings.embedded() != null) {
            EmbeddedServer server = server();
            try (Opened opened = open(root, settings, revisions, server, server.url(settings.embedded()))) {
                return work.apply(opened);
            }
        }
        if (settings.url() == null) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "no_database",
                    "No database is given.",
                    "Name one with --url postgresql://user@host:port/db (or ATHANOR_URL), or add --embedded.");
        }
        try (Opened opened = open(root, settings, revisions, null, settings.url())) {
            return work.apply(opened);
        }
    }

    static EmbeddedServer server() {
        return EmbeddedServer.open(EmbeddedSettings.in(EMBEDDED).withShutdownGrace(GRACE));
    }

    private static Opened open(
            AthanorCommand root, Settings settings, Revisions revisions, @Nullable EmbeddedServer server, String url) {
        try {
            if (server != null && settings.embedded() != null) {
                server.ensureDatabase(settings.embedded());
            }
            Database database = Database.open(
                    ConnectionUrl.parse(url, root.environment()), MigrationRunner.connectionsFor(revisions));
            return new Opened(server, database, settings, revisions, new OtherDatabases(root, revisions));
        } catch (RuntimeException e) {
            if (server != null) {
                server.close();
            }
            throw e;
        }
    }

    /** The revisions of the folders, read once. */
    Revisions revisions() {
        return revisions;
    }

    /** A runner with nothing but the settings. */
    MigrationRunner runner() {
        return runner(UnaryOperator.identity());
    }

    /** A runner with more than that. */
    MigrationRunner runner(UnaryOperator<MigrationRunner.Builder> more) {
        MigrationRunner.Builder builder = MigrationRunner.of(database, revisions)
                .placeholders(settings.placeholders())
                .stateSchema(settings.stateSchema())
                .throttle(ThrottleSettings.parse(settings.throttle()))
                .lint(settings.linting().mode())
                .smallTables(settings.linting().smallTables());
        others.addTo(builder);
        return more.apply(builder).build();
    }

    @Override
    public void close() {
        try (others) {
            database.close();
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }
}
