package dev.athanor.source;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the {@code .sql} files of folders: follows symbolic links, never twice to the same file, leaves out files and
 * folders whose name begins with a dot.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {
    private final List<Path> files = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();
    private final List<Path> current = new ArrayList<>();
    private Path root = Path.of("");

    /** Adds the files of a folder, ordered by their path below it. */
    void walk(Path folder) throws IOException {
        current.clear();
        root = folder;
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
        current.sort(
                Comparator.comparing(file -> folder.relativize(file).toString().replace('\\', '/')));
        files.addAll(current);
    }

    List<Path> files() {
        return files;
    }

    List<Fault> faults() {
        return faults;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return folder.equals(root) || !isHidden(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!isHidden(file) && file.toString().endsWith(".sql") && !attributes.isDirectory()) {
            Object key = attributes.fileKey();
            if (seen.add(key == null ? file.toRealPath() : key)) {
                current.add(file);
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        if (!(failure instanceof FileSystemLoopException)) {
            faults.add(new Fault(new Origin(file.toString(), 1), RevisionFolder.unreadable(failure)));
        }
        return FileVisitResult.CONTINUE;
    }
}
