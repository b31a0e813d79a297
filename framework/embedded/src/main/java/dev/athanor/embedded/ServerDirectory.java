package dev.athanor.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one server and the files in it.
 *
 * @param root the folder
 */
record ServerDirectory(Path root) {
    private static final int PASSWORD_BYTES = 18;

    /** Less than this and a full disk is the likely cause of a failed write: initdb alone needs 40 MB. */
    private static final long SCARCE_BYTES = 64L << 20;

    private static final int LOG_LINES_SHOWN = 12;

    /** Months of an ordinary log; one older file is kept beside it. */
    private static final long LOG_BYTES = 16L << 20;

    Path data() {
        return root.resolve("data");
    }

    /** Where initdb works; becomes {@link #data()} when complete. */
    Path unfinishedData() {
        return root.resolve("data.unfinished");
    }

    Path log() {
        return root.resolve("server.log");
    }

    /** Held exclusively while a process starts or stops the server. */
    Path mutex() {
        return root.resolve("mutex.lock");
    }

    /** Held shared by every process that uses the server. */
    Path inUse() {
        return root.resolve("in-use.lock");
    }

    void create() throws IOException {
        Files.createDirectories(root);
    }

    boolean hasData() {
        return Files.exists(data().resolve("PG_VERSION"));
    }

    int dataMajor() throws IOException {
        return Integer.parseInt(Files.readString(data().resolve("PG_VERSION")).strip());
    }

    Path passwordFile() {
        return root.resolve("password");
    }

    /** Makes a new random password, in a file that only this user can read. */
    void newPassword() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        writePassword(HexFormat.of().formatHex(random));
    }

    /** Writes a password to the file that only this user can read. */
    void writePassword(String password) throws IOException {
        Files.deleteIfExists(passwordFile());
        Files.createFile(
                passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile(), password + "\n");
    }

    String password() throws IOException {
        if (!Files.exists(passwordFile())) {
            throw new EmbeddedPostgresException(
                    "embedded_password_lost",
                    "The password file '" + passwordFile() + "' is missing, but there are data beside it.",
                    "Restore the file, or delete '" + root + "' to begin anew without the data.");
        }
        return Files.readString(passwordFile()).strip();
    }

    /** The port of the last run, so that a URL noted down goes on working where it can. */
    OptionalInt lastPort() throws IOException {
        Path file = root.resolve("port");
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(Files.readString(file).strip()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    void rememberPort(int port) throws IOException {
        Files.writeString(root.resolve("port"), port + "\n");
    }

    /** Begins a new log when the old one has grown long; only while the server is stopped. */
    void rotateLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_BYTES) {
            Files.move(log(), root.resolve("server.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The end of a log, for messages. */
    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(it cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Tells a full disk, a missing right and other trouble with files apart. */
    static EmbeddedPostgresException notUsable(Path folder, String what, IOException cause) {
        String why = cause instanceof AccessDeniedException ? "permission denied: " : "";
        String message = what + " ('" + folder + "'): " + why + cause.getMessage();
        if (isScarce(folder)) {
            return new EmbeddedPostgresException(
                    "embedded_disk_full", message, "The disk is full: free some space there.", cause);
        }
        return new EmbeddedPostgresException(
                "embedded_directory_not_usable",
                message,
                "See that the folder is on a local disk and belongs to the user who runs this command.",
                cause);
    }

    static boolean isScarce(Path folder) {
        Path existing = existing(folder);
        if (existing == null) {
            return false;
        }
        try {
            FileStore store = Files.getFileStore(existing);
            return store.getUsableSpace() < SCARCE_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable Path existing(Path folder) {
        Path at = folder;
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at;
    }
}
