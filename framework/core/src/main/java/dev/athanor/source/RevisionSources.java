package dev.athanor.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads folders of revision files and a class path of Java revisions into one. */
public final class RevisionSources {
    private final List<Fault> faults = new ArrayList<>();

    private final List<Throwable> thrown = new ArrayList<>();

    private RevisionSources() {}

    /**
     * Reads both.
     *
     * @param folders as {@link RevisionFolder#read} takes them
     * @param classPath as {@link JavaRevisions#read(List)} takes it; empty: no Java revisions
     * @throws SourceException with every fault of every file and class
     */
    public static Revisions read(List<Path> folders, List<Path> classPath) {
        RevisionSources sources = new RevisionSources();
        Revisions files = sources.read(() -> RevisionFolder.read(folders));
        Revisions classes =
                sources.read(() -> classPath.isEmpty() ? new Revisions(List.of()) : JavaRevisions.read(classPath));
        if (!sources.faults.isEmpty()) {
            SourceException refused = new SourceException(sources.faults);
            sources.thrown.forEach(refused::addSuppressed);
            throw refused;
        }
        return files.plus(classes);
    }

    private Revisions read(Supplier<Revisions> source) {
        try {
            return source.get();
        } catch (SourceException e) {
            faults.addAll(e.faults());
            thrown.addAll(List.of(e.getSuppressed()));
            return new Revisions(List.of());
        }
    }
}
