package dev.athanor.run;

import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.revision.Phase;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A folder of revisions and a database to run them on. */
final class Migrations {
    /** A table of tickets with a counter that is not idempotent, filled in three phases. */
    static final String TICKETS = """
            -- athanor:revision  tickets
            -- athanor:message   a table

            -- athanor:expand
            CREATE TABLE tickets (id bigint PRIMARY KEY, status text NOT NULL);
            INSERT INTO tickets SELECT i, 'open' FROM generate_series(1, 10000) i;
            """;

    static final String COUNT = """
            -- athanor:revision  count
            -- athanor:revises   tickets

            -- athanor:expand
            ALTER TABLE tickets ADD COLUMN n int NOT NULL DEFAULT 0;

            -- athanor:backfill name=fill table=tickets chunk-size=200
            UPDATE tickets SET n = n + 1 WHERE ${chunk};

            -- athanor:verify name=all-one
            SELECT count(*) FROM tickets WHERE n <> 1;

            -- athanor:contract
            ALTER TABLE tickets ADD CONSTRAINT n_one CHECK (n = 1) NOT VALID;
            -- athanor:contract
            ALTER TABLE tickets VALIDATE CONSTRAINT n_one;
            """;

    private final Path folder;
    private final String url;

    Migrations(Path folder, TestDatabase database) {
        this(folder, database.url());
    }

    private Migrations(Path folder, String url) {
        this.folder = folder;
        this.url = url;
    }

    /** The same revisions on the database of another URL. */
    Migrations at(String otherUrl) {
        return new Migrations(folder, otherUrl);
    }

    Migrations with(String name, String text) {
        try {
            Files.writeString(folder.resolve(name + ".sql"), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    String url() {
        return url;
    }

    RunResult upgrade(String target) {
        return upgrade(target, null);
    }

    RunResult upgrade(String target, Phase phase) {
        try (Database database = open()) {
            return runner(database, builder -> builder).upgrade(new UpgradeRequest(target, phase));
        }
    }

    RunResult downgrade(String target) {
        try (Database database = open()) {
            return runner(database, builder -> builder).downgrade(target);
        }
    }

    RunResult stamp(String... targets) {
        return stamp(false, targets);
    }

    RunResult stamp(boolean purge, String... targets) {
        try (Database database = open()) {
            return runner(database, builder -> builder).stamp(List.of(targets), purge);
        }
    }

    Migrations without(String name) {
        try {
            Files.delete(folder.resolve(name + ".sql"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunResult resume() {
        try (Database database = open()) {
            return runner(database, builder -> builder).resume(null);
        }
    }

    StatusReport status() {
        try (Database database = open()) {
            return runner(database, builder -> builder).status();
        }
    }

    Database open() {
        return Database.open(ConnectionUrl.parse(url, Map.of()), connections());
    }

    PoolSettings connections() {
        return MigrationRunner.connectionsFor(revisions());
    }

    MigrationRunner runner(Database database, UnaryOperator<MigrationRunner.Builder> more) {
        MigrationRunner.Builder builder = MigrationRunner.of(database, revisions())
                .lease(Duration.ofSeconds(5))
                // revisions of tests are to run as they are; what lint says of them has tests of its own
                .lint(LintMode.OFF);
        return more.apply(builder).build();
    }

    Revisions revisions() {
        return RevisionFolder.read(List.of(folder));
    }
}
