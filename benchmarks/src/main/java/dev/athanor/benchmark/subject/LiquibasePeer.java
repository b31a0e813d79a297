package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.table.TicketTable;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;

/**
 * Liquibase with one UPDATE, or with a custom change that loops outside a transaction. Its last release under the Apache licence, 4.33: the licence
 * of 5.0 and later (FSL) is another one.
 *
 * @param loops whether it is the custom change
 */
record LiquibasePeer(boolean loops) implements Subject {
    /** Kept, because a logger that nobody holds forgets its level. */
    private static final Logger LOGGER = Logger.getLogger("liquibase");

    private static final String CHANGELOG = """
            <?xml version="1.0" encoding="UTF-8"?>
            <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                  http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
              %s
            </databaseChangeLog>
            """;
    private static final String ONE_UPDATE =
            CHANGELOG.formatted("<changeSet id=\"1\" author=\"benchmark\"><sql>UPDATE tickets" + TicketTable.ASSIGNMENT
                    + "WHERE " + TicketTable.UNFILLED + "</sql></changeSet>");
    private static final String LOOP = CHANGELOG.formatted(
            "<changeSet id=\"1\" author=\"benchmark\" runInTransaction=\"false\"><customChange class=\""
                    + LiquibaseLoop.class.getName() + "\"/></changeSet>");

    @Override
    public String id() {
        return loops ? "liquibase-loop" : "liquibase-update";
    }

    @Override
    public String title() {
        return "Liquibase 4.33, " + (loops ? "custom change: " + KeysetLoop.TITLE : "one UPDATE");
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
        return "liquibase";
    }

    @Override
    public Work open(Workplace place) throws Exception {
        LOGGER.setLevel(Level.WARNING);
        place.database().execute("DROP TABLE IF EXISTS databasechangelog, databasechangeloglock");
        Path folder = place.onlyFile(id(), "changelog.xml", loops ? LOOP : ONE_UPDATE);
        Connection connection = place.database().connect();
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        LockServiceFactory.getInstance().getLockService(database).init();
        Scope.getCurrentScope()
                .getSingleton(ChangeLogHistoryServiceFactory.class)
                .getChangeLogService(database)
                .init();
        return new Update(database, new DirectoryResourceAccessor(folder));
    }

    private record Update(Database database, ResourceAccessor files) implements Work {
        @Override
        public void run() throws Exception {
            Scope.child(Map.of(Scope.Attr.resourceAccessor.name(), files), this::update);
        }

        private void update() throws Exception {
            new CommandScope(UpdateCommandStep.COMMAND_NAME)
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                    .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, "changelog.xml")
                    .setOutput(OutputStream.nullOutputStream())
                    .execute();
        }

        @Override
        public void close() throws Exception {
            database.close();
            files.close();
        }
    }
}
