package dev.athanor.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data of a streaming standby, made by PostgreSQL's low-level backup functions: the binaries here have no
 * {@code pg_basebackup}. A replication slot, reserved first, keeps the WAL that the copy and later pauses need.
 */
final class BaseBackup {
    /** Contents that a standby makes anew or that belong to the primary alone; the folders themselves must exist. */
    private static final Set<String> EMPTY_FOLDERS =
            Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots", "pg_subtrans");

    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init");

    /** From this version on the functions lost their exclusive mode and changed their names. */
    private static final int RENAMED = 15;

    private final ServerDirectory primary;
    private final ServerDirectory standby;

    BaseBackup(ServerDirectory primary, ServerDirectory standby) {
        this.primary = primary;
        this.standby = standby;
    }

    /** Fills the standby's folder for unfinished data, and takes over the password. */
    void take() throws IOException {
        PidFile running = PidFile.read(primary.data())
                .filter(found -> found.isAlive(primary.data()))
                .orElseThrow(() -> refused("it does not run", null));
        Administration at = new Administration(running.port(), primary.password());
        try (Connection connection = at.connect();
                Statement session = connection.createStatement()) {
            refuseTablespaces(session);
            String slot = slot();
            session.execute("SELECT pg_create_physical_replication_slot('" + slot + "', true)");
            boolean renamed = connection.getMetaData().getDatabaseMajorVersion() >= RENAMED;
            session.execute(renamed ? "SELECT pg_backup_start('s', true)" : "SELECT pg_start_backup('s', true, false)");
            copy(primary.data(), standby.unfinishedData());
            try (ResultSet stopped = session.executeQuery(
                    renamed
                            ? "SELECT labelfile FROM pg_backup_stop(false)"
                            : "SELECT labelfile FROM pg_stop_backup(false, false)")) {
                stopped.next();
                Files.writeString(standby.unfinishedData().resolve("backup_label"), stopped.getString(1));
            }
            follow(at, slot);
        } catch (SQLException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
        standby.writePassword(primary.password());
    }

    /** Their links would lead the standby into the primary's own files. */
    private void refuseTablespaces(Statement session) throws SQLException {
        try (ResultSet found = session.executeQuery(
                "SELECT spcname FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')")) {
            if (found.next()) {
                throw refused("it has the tablespace \"" + found.getString(1) + "\", which is not copied", null);
            }
        }
    }

    /** The settings that the copy has from its primary must not make it wait for standbys when it is promoted. */
    private void follow(Administration at, String slot) throws IOException {
        Files.createFile(standby.unfinishedData().resolve("standby.signal"));
        Files.writeString(
                standby.unfinishedData().resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=" + Administration.HOST + " port=" + at.port() + " user="
                        + Administration.USER + " password=" + at.password() + " application_name=" + slot
                        + " sslmode=disable'\n"
                        + "primary_slot_name = '" + slot + "'\n"
                        + "wal_receiver_status_interval = 1\n"
                        + "synchronous_standby_names = ''\n",
                StandardOpenOption.APPEND);
    }

    private String slot() {
        return "standby_" + standby.root().getFileName().toString().replaceAll("[^a-z0-9]", "_");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path copied = to.resolve(from.relativize(folder));
                Files.createDirectories(copied);
                Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
                return isInEmptyFolder(from, folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isLeftOut(file.getFileName().toString())) {
                    copyFile(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        Files.createDirectories(to.resolve("pg_wal").resolve("archive_status"));
    }

    private static boolean isInEmptyFolder(Path data, Path folder) {
        return data.equals(folder.getParent())
                && EMPTY_FOLDERS.contains(folder.getFileName().toString());
    }

    private static boolean isLeftOut(String name) {
        return LEFT_OUT.contains(name) || name.startsWith("pgsql_tmp");
    }

    /** The running server may delete a file under our hands; then its WAL says so too. */
    private static void copyFile(Path file, Path copied) throws IOException {
        try {
            Files.copy(file, copied, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
            Files.deleteIfExists(copied);
        }
    }

    private EmbeddedPostgresException refused(String why, @Nullable Throwable cause) {
        return new EmbeddedPostgresException(
                "embedded_standby_refused",
                "No standby of the server in '" + primary.root() + "' can be made: " + why + ".",
                "Start that server with wal_level = replica or higher, without tablespaces.",
                cause);
    }
}
