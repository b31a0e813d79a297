package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.server.JdbcUrl;
import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.table.TicketTable;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Flyway (its Apache-licensed Community edition) with one SQL migration, or with a Java migration that loops outside a transaction.
 *
 * @param loops whether it is the Java migration
 */
record FlywayPeer(boolean loops) implements Subject {
    private static final String SQL =
            "UPDATE tickets" + TicketTable.ASSIGNMENT + "WHERE " + TicketTable.UNFILLED + ";\n";

    @Override
    public String id() {
        return loops ? "flyway-loop" : "flyway-update";
    }

    @Override
    public String title() {
        return "Flyway, " + (loops ? "Java migration: " + KeysetLoop.TITLE : "one UPDATE");
    }

    @Override
    public Scene scene() {
        return Scene.FILL;
    }

    @Override
    public Kind kind() {
        return Kind.PEER;
    }

    @Override
    public String group() {
        return "flyway";
    }

    @Override
    public Work open(Workplace place) {
        place.database().execute("DROP TABLE IF EXISTS flyway_schema_history");
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(JdbcUrl.of(place.url()));
        Path scripts = loops
                ? place.onlyFile("flyway-loop", "README.txt", "The migration is a class.\n")
                : place.onlyFile("flyway-update", "V1__fill.sql", SQL);
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(dataSource)
                .locations("filesystem:" + scripts)
                .baselineVersion("0");
        if (loops) {
            configuration.javaMigrations(new V1__fill());
        }
        Flyway flyway = configuration.load();
        flyway.baseline();
        return new Migrate(flyway);
    }

    private record Migrate(Flyway flyway) implements Work {
        @Override
        public void run() {
            flyway.migrate();
        }

        @Override
        public void close() {
            // Flyway has given its connections back; the data source keeps none.
        }
    }

    /** The name says version and description, as Flyway wants it. */
    private static final class V1__fill extends BaseJavaMigration {
        @Override
        public boolean canExecuteInTransaction() {
            return false;
        }

        @Override
        public void migrate(Context context) throws Exception {
            KeysetLoop.run(context.getConnection());
        }
    }
}
