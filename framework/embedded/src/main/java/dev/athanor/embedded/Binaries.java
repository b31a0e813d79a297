package dev.athanor.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * The server's programs, unpacked.
 *
 * @param home folder that holds {@code bin}, {@code lib} and {@code share}
 */
record Binaries(Path home) {
    private static final Pattern VERSION = Pattern.compile("\\) (\\d+)");

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Major version, such as 17, as the server itself says. */
    int major(Commands commands) throws IOException {
        String said = commands.run(List.of(program("postgres").toString(), "--version"))
                .output();
        Matcher matcher = VERSION.matcher(said);
        if (!matcher.find()) {
            throw new IOException("'postgres --version' answered '" + said + "'");
        }
        return Integer.parseInt(matcher.group(1));
    }

    /**
     * Unpacks the archive for this machine into {@code cache} unless an earlier process did. Two processes may do so at
     * once: one waits for the other.
     */
    static Binaries unpacked(Path cache) {
        Platform platform = Platform.current();
        URL archive = Binaries.class.getResource("/" + platform.archive());
        if (archive == null) {
            throw new EmbeddedPostgresException(
                    "embedded_no_binaries",
                    "There are no PostgreSQL binaries for this machine on the class path ('" + platform.archive()
                            + "').",
                    "Add " + platform.artifact() + " to the class path, or give a server with --url.");
        }
        try {
            Path home = cache.resolve("postgres-" + fingerprint(archive));
            if (!Files.isDirectory(home)) {
                if (CacheDirectory.isTemporary(cache)) {
                    Folders.createPrivate(cache);
                } else {
                    Files.createDirectories(cache);
                }
                FileLocking.exclusively(cache.resolve("unpack.lock"), () -> unpack(archive, home));
            }
            return new Binaries(home);
        } catch (IOException e) {
            throw ServerDirectory.notUsable(cache, "The PostgreSQL binaries cannot be unpacked", e);
        }
    }

    private static Path unpack(URL archive, Path home) throws IOException {
        if (Files.isDirectory(home)) {
            return home;
        }
        Path part = home.resolveSibling(home.getFileName() + ".part");
        Folders.delete(part);
        try (InputStream packed = new BufferedInputStream(archive.openStream())) {
            Archive.unpack(packed, part);
        }
        try {
            return Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            return Files.move(part, home);
        }
    }

    /** The archive's name carries no version; its CRC-32 tells versions apart, and a jar knows it without reading. */
    static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        long crc =
                connection instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : crcOf(connection);
        return HexFormat.of().toHexDigits(crc, 8);
    }

    private static long crcOf(URLConnection connection) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream content = new CheckedInputStream(connection.getInputStream(), crc)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return crc.getValue();
    }
}
