package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.IOException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The folders and jars in which Java revisions and what they need are found. */
record ClassPath(List<Path> entries) {
    private static final Set<String> WILDCARDS = Set.of("*", "*.jar");

    /** With {@code folder/*} resolved; refuses what does not exist. */
    static ClassPath of(List<Path> written) {
        List<Path> entries = new ArrayList<>();
        List<Path> missing = new ArrayList<>();
        for (Path entry : written) {
            Path folder = entry.getParent() == null ? Path.of("") : entry.getParent();
            if (WILDCARDS.contains(String.valueOf(entry.getFileName())) && Files.isDirectory(folder)) {
                entries.addAll(jars(folder));
            } else {
                (Files.exists(entry) ? entries : missing).add(entry);
            }
        }
        if (!missing.isEmpty()) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "classpath_missing",
                    "The class path names " + quoted(missing) + ", which "
                            + (missing.size() == 1 ? "does not exist" : "do not exist"),
                    "Compile the Java revisions first, or name the right folder or jar with --classpath PATH.");
        }
        return new ClassPath(entries);
    }

    private static Set<Path> jars(Path folder) {
        Set<Path> jars = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{jar,JAR}")) {
            found.forEach(jars::add);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return jars;
    }

    /** The classes that the indexes of the entries name, each once; refuses when no entry has an index. */
    List<String> indexed() {
        List<ClassIndex> indexes = new ArrayList<>();
        for (Path entry : entries) {
            try {
                ClassIndex.of(entry).ifPresent(indexes::add);
            } catch (IOException e) {
                throw unreadable(entry, e);
            }
        }
        if (indexes.isEmpty()) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "java_index_missing",
                    "The class path " + quoted(entries) + " holds no index of Java revisions (" + JavaRevisions.INDEX
                            + ")",
                    "Compile them with Athanor on javac's class path; JDK 23 and newer need -proc:full as well.");
        }
        return indexes.stream()
                .flatMap(index -> index.names().stream())
                .distinct()
                .toList();
    }

    URL[] urls() throws IOException {
        URL[] urls = new URL[entries.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = entries.get(i).toUri().toURL();
        }
        return urls;
    }

    private static String quoted(List<Path> paths) {
        return paths.stream().map(path -> "'" + path + "'").collect(Collectors.joining(", "));
    }

    private static AthanorException unreadable(Path entry, IOException e) {
        return new AthanorException(
                FailureKind.USAGE,
                "classpath_unreadable",
                "The entry '" + entry + "' of the class path cannot be read: " + e.getMessage(),
                "It must be a folder of classes or a jar; name the right one with --classpath PATH.",
                e);
    }
}
