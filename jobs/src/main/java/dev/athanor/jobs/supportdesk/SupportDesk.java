package dev.athanor.jobs.supportdesk;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A customer-support database to try migrations on: users, agents, tickets, comments and customer_satisfaction, with
 * the skew of real data and holes in the ids, and the revisions that it needs: three of them for the desk that {@link
 * #create} makes, and the complete set for the older desk that {@link #createLegacy} makes.
 */
public final class SupportDesk {
    private static final String DUPLICATE_TABLE = "42P07";

    private SupportDesk() {}

    /**
     * Makes the tables in the first schema of the search path and fills them: the given number of tickets, about as
     * many comments, a rating for one resolved ticket in five. Uses two connections at once and constant memory. When
     * it fails, the tables are dropped again.
     *
     * @param dataSource must give at least two connections of the PostgreSQL driver
     * @param tickets exact number of tickets, from 0
     * @param seed the same seed and number give the same rows, whatever the machine or the day
     * @param listener hears the progress, on two threads
     * @throws AthanorException code {@code support_desk_exists} when one of the tables is there already (nothing is
     *     changed then), {@code support_desk_failed} for any other failure of the database
     */
    public static void create(DataSource dataSource, long tickets, long seed, LoadListener listener) {
        load(new Loader(dataSource, DataSize.of(tickets), seed, listener));
    }

    /**
     * Makes the desk as it was years ago, where the {@linkplain #completeSet complete set} begins: the same rows as {@link
     * #create}, but with integer ids out of a serial, ratings in columns of tickets instead of a table, tickets that are
     * deleted by a mark, and customers with telephone numbers and addresses as people type them, some of them twice.
     *
     * @throws AthanorException as {@link #create}
     */
    public static void createLegacy(DataSource dataSource, long tickets, long seed, LoadListener listener) {
        load(new Loader(dataSource, DataSize.of(tickets), seed, listener).thenRunning("legacy"));
    }

    private static void load(Loader loader) {
        try {
            loader.load();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The three revisions that need nothing of the older desk, in the order in which they stand upon each other. */
    public static List<RevisionFile> migrations() {
        return completeSet().subList(0, 3);
    }

    /**
     * All revisions that can be said in SQL, in the order in which they stand upon each other; they stand upon the desk of
     * {@link #createLegacy}. The same ones as Java classes, and one more that works in the JVM only, are in {@code
     * dev.athanor.jobs.supportdesk.revision}.
     */
    public static List<RevisionFile> completeSet() {
        return Stream.of(
                        "sd001_add_priority.sql",
                        "sd002_status_vocabulary.sql",
                        "sd003_resolution_time.sql",
                        "sd004_sla_deadlines.sql",
                        "sd005_normalised_email.sql",
                        "sd006_one_customer.sql",
                        "sd007_satisfaction_table.sql",
                        "sd008_full_text.sql",
                        "sd009_wide_ticket_ids.sql",
                        "sd010_drop_narrow_ids.sql",
                        "sd011_archive_deleted.sql",
                        "sd012_purge_deleted.sql")
                .map(name -> new RevisionFile(name, Resources.text("migrations/" + name)))
                .toList();
    }

    /**
     * Writes {@link #migrations} into a folder, which is made when it is missing. Files of the same name are replaced.
     *
     * @throws AthanorException code {@code migrations_not_written} when the folder or a file cannot be written
     */
    public static void writeMigrations(Path folder) {
        write(migrations(), folder);
    }

    /**
     * Writes the {@linkplain #completeSet complete set} into a folder, as {@link #writeMigrations} does.
     *
     * @throws AthanorException code {@code migrations_not_written} when the folder or a file cannot be written
     */
    public static void writeCompleteSet(Path folder) {
        write(completeSet(), folder);
    }

    private static void write(List<RevisionFile> revisions, Path folder) {
        try {
            Files.createDirectories(folder);
            for (RevisionFile revision : revisions) {
                Files.writeString(folder.resolve(revision.name()), revision.text());
            }
        } catch (IOException e) {
            throw new AthanorException(
                    FailureKind.FAILED,
                    "migrations_not_written",
                    "The revisions cannot be written into \"" + folder + "\": " + e.getMessage(),
                    "Give a folder that you may write to.",
                    e);
        }
    }

    private static AthanorException failure(SQLException e) {
        if (DUPLICATE_TABLE.equals(e.getSQLState())) {
            return new AthanorException(
                    FailureKind.REFUSED,
                    "support_desk_exists",
                    "The support desk cannot be made: " + e.getMessage(),
                    "Use an empty database, or drop users, agents, tickets, comments and customer_satisfaction.",
                    e);
        }
        return new AthanorException(
                FailureKind.FAILED,
                "support_desk_failed",
                "The support desk could not be made: " + e.getMessage(),
                "Mend the cause and try again; what had been made was dropped.",
                e);
    }
}
