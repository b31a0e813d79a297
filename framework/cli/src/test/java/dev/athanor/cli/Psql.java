package dev.athanor.cli;

import dev.athanor.sql.SqlStatement;
import dev.athanor.sql.StatementSplitter;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a script as {@code psql -v ON_ERROR_STOP=1 -f} does: by psql where there is one, else statement by statement on one
 * connection, cut by the splitter that is held to what psql sends.
 */
final class Psql {
    private Psql() {}

    /** How it ended. */
    record Outcome(int code, String output) {}

    static Outcome run(TestDatabase database, Path folder, String script) {
        try {
            Path file = Files.writeString(folder.resolve("script.sql"), script);
            ProcessBuilder psql = new ProcessBuilder(
                            "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file.toString(), database.url())
                    .redirectErrorStream(true);
            Process process;
            try {
                process = psql.start();
            } catch (IOException e) {
                return statementByStatement(database, script);
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outcome statementByStatement(TestDatabase database, String script) {
        try (Connection connection = database.jdbc().connect();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            String[] pieces = script.split("\n\\\\gexec\n", -1);
            for (int i = 0; i < pieces.length; i++) {
                List<SqlStatement> statements = StatementSplitter.split(pieces[i]);
                boolean gexec = i + 1 < pieces.length;
                int plain = statements.size() - (gexec ? 1 : 0);
                for (SqlStatement each : statements.subList(0, plain)) {
                    statement.execute(each.text());
                }
                if (gexec) {
                    gexec(statement, statements.get(plain).text());
                }
            }
            return new Outcome(0, "");
        } catch (SQLException e) {
            return new Outcome(3, String.valueOf(e.getMessage()));
        }
    }

    private static void gexec(Statement statement, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    found.add(rows.getString(column));
                }
            }
        }
        for (String each : found) {
            statement.execute(each);
        }
    }
}
