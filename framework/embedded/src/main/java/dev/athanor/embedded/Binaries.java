package dev.athanor.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

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
     * Unpacks the settings' archive for this machine into their cache unless an earlier process did. Two processes may
     * do so at once: one waits for the other.
     */
    static Binaries unpacked(EmbeddedSettings settings) {
        return unpacked(settings.cacheDirectory(), archive(settings.binaries()));
    }

    private static Binaries unpacked(Path cache, URL archive) {
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

    private static URL archive(@Nullable Path given) {
        Platform platform = Platform.current();
        if (given == null) {
            URL found = Binaries.class.getResource("/" + platform.archive());
            return found == null ? missing(platform, "on the class path") : found;
        }
        if (!Files.isRegularFile(given)) {
            return missing(platform, "at '" + given + "'");
        }
        if (!given.toString().endsWith(".jar")) {
            return url(given.toUri().toString());
        }
        try (JarFile jar = new JarFile(given.toFile())) {
            return jar.getEntry(platform.archive()) == null
                    ? missing(platform, "in '" + given + "'")
                    : url("jar:" + given.toUri() + "!/" + platform.archive());
        } catch (IOException e) {
            throw ServerDirectory.notUsable(given, "The jar of the PostgreSQL binaries cannot be read", e);
        }
    }

    private static URL missing(Platform platform, String where) {
        throw new EmbeddedPostgresException(
                "embedded_no_binaries",
                "There are no PostgreSQL binaries for this machine " + where + " ('" + platform.archive() + "').",
                "Add " + platform.artifact() + " to the class path, or give a server with --url.");
    }

    private static URL url(String text) {
        try {
            return URI.create(text).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL", e);
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
