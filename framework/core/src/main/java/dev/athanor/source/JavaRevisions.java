package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.migration.Migration;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads Java revisions: classes with {@link dev.athanor.migration.Revision @Revision}. Which there are is said by the
 * index {@value #INDEX} that our annotation processor writes; no class path is searched.
 */
public final class JavaRevisions {
    /** Where the names of the classes stand in a folder or jar: one a line, in UTF-8. */
    public static final String INDEX = "META-INF/athanor/revisions";

    private JavaRevisions() {}

    /** As {@link #read(List, ClassLoader)}, over the classes of Athanor itself. */
    public static Revisions read(List<Path> classPath) {
        ClassLoader own = JavaRevisions.class.getClassLoader();
        return read(classPath, own == null ? ClassLoader.getSystemClassLoader() : own);
    }

    /**
     * Reads the classes that the indexes of a class path name, in the order of its entries and of the names. They are
     * defined at once and their loader is closed again, unless one of them works on rows: then it stays open for as long as
     * the revisions are in use, because their code is run later.
     *
     * @param classPath folders and jars; {@code folder/*} and {@code folder/*.jar} stand for all jars of a folder
     * @param parent finds what they need beyond that, Athanor's own classes first
     * @throws SourceException with every fault of every class
     * @throws AthanorException kind USAGE: {@code classpath_missing} when an entry does not exist, {@code
     *     java_index_missing} when none has an index, {@code java_revision_unloadable} when one names a class that
     *     cannot be loaded
     */
    public static Revisions read(List<Path> classPath, ClassLoader parent) {
        ClassPath entries = ClassPath.of(classPath);
        List<String> names = entries.indexed();
        try {
            return load(names, new URLClassLoader("athanor-revisions", entries.urls(), parent));
        } catch (IOException e) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "classpath_unreadable",
                    "The class path " + classPath.stream().map(Path::toString).collect(Collectors.joining(", "))
                            + " cannot be read: " + e.getMessage(),
                    "Look at its files and the rights on them.",
                    e);
        }
    }

    private static Revisions load(List<String> names, URLClassLoader loader) throws IOException {
        boolean needed = false;
        try {
            Revisions revisions = new MigrationLoading(loader).load(names);
            needed = revisions.definitions().stream()
                    .flatMap(revision -> revision.sections().stream())
                    .anyMatch(section -> section instanceof Section.Backfill backfill
                            && backfill.work() instanceof BackfillWork.OfRows);
            return revisions;
        } finally {
            if (!needed) {
                loader.close();
            }
        }
    }

    /**
     * Reads the classes that the indexes of a class loader name, such as the one of an application.
     *
     * @throws SourceException with every fault of every class
     * @throws AthanorException kind USAGE, code {@code java_revision_unloadable}, when an index names a class that
     *     cannot be loaded
     */
    public static Revisions indexed(ClassLoader loader) {
        return new MigrationLoading(loader).load(ClassIndex.of(loader));
    }

    /**
     * Reads migrations that somebody has made, such as beans of an application; they need no index.
     *
     * @throws SourceException with every fault of all of them
     */
    public static Revisions of(Migration... migrations) {
        MigrationDefinitions definitions = new MigrationDefinitions();
        List.of(migrations).forEach(definitions::add);
        return definitions.all();
    }
}
