package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.server.BenchmarkDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a subject works.
 *
 * @param url of the database, as libpq writes it
 * @param folder for files
 */
public record Workplace(String url, Path folder) {
    /** Plain SQL on the database. */
    BenchmarkDatabase database() {
        return new BenchmarkDatabase(url);
    }

    /** Writes the only file of a folder, which is made. */
    Path onlyFile(String folderName, String fileName, String text) {
        try {
            Path own = Files.createDirectories(folder.resolve(folderName));
            Files.writeString(own.resolve(fileName), text);
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
