package dev.athanor.examples.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Makes the tables of a scenario by its {@code table.sql}, in which <code>${rows}</code> stands for their number. */
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
}
