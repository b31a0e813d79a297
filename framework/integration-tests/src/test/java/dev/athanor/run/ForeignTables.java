package dev.athanor.run;

import dev.athanor.testkit.Jdbc;

/** Version tables as Alembic, Flyway and Liquibase make them on PostgreSQL. */
final class ForeignTables {
    private final Jdbc sql;

    ForeignTables(Jdbc sql) {
        this.sql = sql;
    }

    void alembic(String table, String... heads) {
        sql.execute("CREATE TABLE " + table + " (version_num VARCHAR(32) NOT NULL,"
                + " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))");
        for (String head : heads) {
            sql.update("INSERT INTO " + table + " (version_num) VALUES (?)", head);
        }
    }

    void flyway(String table) {
        sql.execute("CREATE TABLE " + table + """
                 (
                    "installed_rank" INT NOT NULL,
                    "version" VARCHAR(50),
                    "description" VARCHAR(200) NOT NULL,
                    "type" VARCHAR(20) NOT NULL,
                    "script" VARCHAR(1000) NOT NULL,
                    "checksum" INTEGER,
                    "installed_by" VARCHAR(100) NOT NULL,
                    "installed_on" TIMESTAMP NOT NULL DEFAULT now(),
                    "execution_time" INTEGER NOT NULL,
                    "success" BOOLEAN NOT NULL
                );
                ALTER TABLE %1$s ADD CONSTRAINT "flyway_pk" PRIMARY KEY ("installed_rank");
                CREATE INDEX "flyway_s_idx" ON %1$s ("success");
                """.formatted(table));
    }

    void flywayRow(String table, String version, String type, String description, boolean success) {
        sql.update(
                "INSERT INTO " + table + " (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) SELECT count(*) + 1, ?, ?, ?, 'script', 'me', 1, ? FROM " + table,
                version,
                description,
                type,
                success);
    }

    void liquibase(String table) {
        sql.execute("CREATE TABLE " + table + """
                 (
                  ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL, FILENAME VARCHAR(255) NOT NULL,
                  DATEEXECUTED TIMESTAMP WITHOUT TIME ZONE NOT NULL, ORDEREXECUTED INTEGER NOT NULL,
                  EXECTYPE VARCHAR(10) NOT NULL, MD5SUM VARCHAR(35), DESCRIPTION VARCHAR(255), COMMENTS VARCHAR(255),
                  TAG VARCHAR(255), LIQUIBASE VARCHAR(20), CONTEXTS VARCHAR(255), LABELS VARCHAR(255),
                  DEPLOYMENT_ID VARCHAR(10))
                """);
    }

    void liquibaseRow(String table, String file, String id, String author, String executed) {
        sql.update(
                "INSERT INTO " + table + " (id, author, filename, dateexecuted, orderexecuted, exectype)"
                        + " SELECT ?, ?, ?, now(), count(*) + 1, ? FROM " + table,
                id,
                author,
                file,
                executed);
    }
}
