package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files that are written all or not at all, with the folders they need, and never over others. */
public final class NewFiles {
    private final Map<Path, String> texts = new LinkedHashMap<>();
    /** What was made, the last first. */
    private final Deque<Path> made = new ArrayDeque<>();

    /** Adds a file in UTF-8. */
    public NewFiles add(Path file, String text) {
        texts.put(file, text);
        return this;
    }

    /** The files in the order in which they were added. */
    public List<Path> files() {
        return List.copyOf(texts.keySet());
    }

    /**
     * Refuses files that are there already, all at once.
     *
     * @throws AthanorException kind USAGE, code {@code file_exists}
     */
    public void checkAbsent() {
        List<Path> present = files().stream()
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!present.isEmpty()) {
            throw exists(present, null);
        }
    }

    /**
     * Writes all files.
     *
     * @throws AthanorException kind USAGE, code {@code file_exists} or {@code file_not_written}; then nothing stays
     */
    public void write() {
        checkAbsent();
        Path current = Path.of("");
        try {
            for (Map.Entry<Path, String> entry : texts.entrySet()) {
                current = entry.getKey();
                makeFolders(current.toAbsolutePath().getParent());
                Files.writeString(current, "", StandardOpenOption.CREATE_NEW);
                made.push(current);
                Files.writeString(current, entry.getValue());
            }
        } catch (FileAlreadyExistsException e) {
            remove();
            throw exists(List.of(Path.of(e.getFile())), e);
        } catch (IOException e) {
            remove();
            throw new AthanorException(
                    FailureKind.USAGE,
                    "file_not_written",
                    "The file '" + current + "' cannot be written: " + why(e),
                    "Check the folder and the rights on it; nothing was left behind.",
                    e);
        }
    }

    private void makeFolders(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            makeFolders(folder.getParent());
            try {
                Files.createDirectory(folder);
                made.push(folder);
            } catch (FileAlreadyExistsException e) {
                // another process was faster, or a file bars the way
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
        }
    }

    /** Takes away what {@link #write} has made, folders included unless somebody else has put something in them. */
    public void remove() {
        while (!made.isEmpty()) {
            try {
                Files.deleteIfExists(made.pop());
            } catch (IOException e) {
                // a folder in use stays; the error that led here is the one to tell
                continue;
            }
        }
    }

    private static AthanorException exists(List<Path> present, @Nullable Exception cause) {
        String names = present.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
        return new AthanorException(
                FailureKind.USAGE,
                "file_exists",
                names + (present.size() == 1 ? " is" : " are") + " already there, and no file is written over",
                "Move what is there away, or choose another name; nothing was written.",
                cause);
    }

    private static String why(IOException failure) {
        return failure instanceof AccessDeniedException
                ? "no right to write there"
                : failure instanceof NoSuchFileException
                        ? "its folder takes no files"
                        : String.valueOf(failure.getMessage());
    }
}
