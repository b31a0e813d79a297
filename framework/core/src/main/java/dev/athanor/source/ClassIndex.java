package dev.athanor.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The names of the Java revisions of one folder or jar, as they were found when it was compiled.
 *
 * @param names binary names: {@code com.acme.Outer$Nested}
 */
record ClassIndex(List<String> names) {

    /** The index of a folder or jar, if it has one. */
    static Optional<ClassIndex> of(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            Path file = entry.resolve(JavaRevisions.INDEX);
            return Files.exists(file) ? Optional.of(parse(Files.readString(file))) : Optional.empty();
        }
        try (ZipFile jar = new ZipFile(entry.toFile())) {
            ZipEntry file = jar.getEntry(JavaRevisions.INDEX);
            return file == null ? Optional.empty() : Optional.of(read(jar.getInputStream(file)));
        }
    }

    /** The names in all indexes that a loader finds, each once. */
    static List<String> of(ClassLoader loader) {
        List<String> names = new ArrayList<>();
        try {
            for (URL url : Collections.list(loader.getResources(JavaRevisions.INDEX))) {
                URLConnection connection = url.openConnection();
                // else the jar stays open, and its old content in memory, for as long as the JVM lives
                connection.setUseCaches(false);
                names.addAll(read(connection.getInputStream()).names());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + JavaRevisions.INDEX + " of " + loader, e);
        }
        return names.stream().distinct().toList();
    }

    private static ClassIndex read(InputStream stream) throws IOException {
        try (stream) {
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static ClassIndex parse(String text) {
        return new ClassIndex(
                text.lines().map(String::strip).filter(name -> !name.isEmpty()).toList());
    }
}
