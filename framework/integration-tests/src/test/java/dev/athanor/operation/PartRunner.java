package dev.athanor.operation;

import dev.athanor.sql.SqlStatement;
import dev.athanor.sql.StatementSplitter;
import dev.athanor.testkit.Jdbc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs parts by themselves, without engine and ledger, so that a test can stop behind any of them. */
final class PartRunner {
    private final Jdbc sql;

    PartRunner(Jdbc sql) {
        this.sql = sql;
    }

    /** All of them, backfills as one statement over the whole table. */
    void run(List<Part> parts) {
        try (Connection connection = sql.connect();
                Statement statement = connection.createStatement()) {
            for (Part part : parts) {
                run(statement, part);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    static void run(Statement statement, Part part) throws SQLException {
        switch (part.kind()) {
            case SCHEMA, QUESTION -> schema(statement, part);
            case BACKFILL ->
                statement.execute("BEGIN; SET LOCAL athanor.backfill = '"
                        + part.options().get("quiets") + "'; "
                        + part.sql().replaceAll("\\$\\{chunk(:[a-z]+)?}", "true") + "COMMIT");
            case VERIFY -> {}
        }
    }

    /** Each query is asked when the statements of the one before have been run. */
    private static void schema(Statement statement, Part part) throws SQLException {
        boolean rows = part.options().containsKey("execute");
        for (SqlStatement written : StatementSplitter.split(part.sql())) {
            for (String each : rows ? texts(statement, written.text()) : List.of(written.text())) {
                statement.execute(each);
            }
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }
}
