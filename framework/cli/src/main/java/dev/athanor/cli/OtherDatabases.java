package dev.athanor.cli;

import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.run.MigrationRunner;
import dev.athanor.source.Revisions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environments of the settings file as databases that copies read, each opened when one needs it. */
final class OtherDatabases implements AutoCloseable {
    private final AthanorCommand root;
    private final Revisions revisions;
    private final Map<String, Database> opened = new LinkedHashMap<>();

    OtherDatabases(AthanorCommand root, Revisions revisions) {
        this.root = root;
        this.revisions = revisions;
    }

    void addTo(MigrationRunner.Builder builder) {
        root.settingsFile().urls().forEach((name, url) -> builder.source(name, () -> open(name, url)));
    }

    private synchronized Database open(String name, String url) {
        return opened.computeIfAbsent(
                name,
                environment -> Database.open(
                        ConnectionUrl.parse(url, root.environment()), MigrationRunner.connectionsFor(revisions)));
    }

    @Override
    public synchronized void close() {
        opened.values().forEach(Database::close);
        opened.clear();
    }
}
