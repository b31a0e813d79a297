package dev.athanor.examples.run;

import dev.athanor.sql.SqlStatement;
import dev.athanor.sql.StatementSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The tables of a scenario: made by its {@code table.sql}, in which <code>${rows}</code> stands for their number, and looked at in the
 * end by its {@code after.sql}, each query of which must give true.
 */
final class Tables {
    private Tables() {}

    static void create(DataSource database, Path folder, long rows) {
        Path file = folder.resolve("table.sql");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute(Files.readString(file).replace("${rows}", Long.toString(rows)));
            statement.execute("VACUUM (ANALYZE)");
            statement.execute("CHECKPOINT");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("'" + file + "': " + e.getMessage(), e);
        }
    }

    /** The queries of {@code after.sql} that fail, or do not give true. */
    static List<String> notAsPromised(DataSource database, Path folder) {
        Path file = folder.resolve("after.sql");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            List<String> wrong = new ArrayList<>();
            for (SqlStatement query : StatementSplitter.split(Files.readString(file))) {
                if (!isTrue(statement, query.text())) {
                    wrong.add(query.text());
                }
            }
            return wrong;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("'" + file + "': " + e.getMessage(), e);
        }
    }

    /** What asks for a table that is not there is not true either. */
    private static boolean isTrue(Statement statement, String query) {
        try (ResultSet answer = statement.executeQuery(query)) {
            return answer.next() && answer.getBoolean(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
