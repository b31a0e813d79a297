package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads folders of revision files: every file that ends in {@code .sql}, sub-folders and symbolic links included. */
public final class RevisionFolder {
    /** What a decoder puts where bytes are no UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private final List<RevisionDefinition> definitions = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    private RevisionFolder() {}

    /**
     * Reads all revisions of some folders, in the order of the folders and, within one, of the files' paths. Files and
     * folders whose name begins with a dot are left out; a file that is reached twice is read once.
     *
     * @throws SourceException with every fault of every file
     * @throws AthanorException kind USAGE, code {@code migrations_folder_missing}, when a folder is missing or none
     */
    public static Revisions read(List<Path> folders) {
        List<Path> missing =
                folders.stream().filter(folder -> !Files.isDirectory(folder)).toList();
        if (!missing.isEmpty()) {
            throw missing(missing);
        }
        RevisionFolder reader = new RevisionFolder();
        FolderWalk walk = new FolderWalk();
        for (Path folder : folders) {
            try {
                walk.walk(folder);
            } catch (IOException e) {
                reader.faults.add(new Fault(new Origin(folder.toString(), 1), unreadable(e)));
            }
        }
        reader.faults.addAll(walk.faults());
        walk.files().forEach(reader::readFile);
        if (!reader.faults.isEmpty()) {
            throw new SourceException(reader.faults);
        }
        return new Revisions(reader.definitions);
    }

    /**
     * Reads files, and folders as {@link #read} does, in the order in which they are given.
     *
     * @throws SourceException with every fault of every file
     * @throws AthanorException kind USAGE, code {@code revision_file_missing}, when one does not exist
     */
    public static Revisions readFiles(List<Path> files) {
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new AthanorException(
                        FailureKind.USAGE,
                        "revision_file_missing",
                        "The revision file '" + file + "' does not exist",
                        "Name files, or folders of them.");
            }
        }
        RevisionFolder reader = new RevisionFolder();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                reader.definitions.addAll(read(List.of(file)).definitions());
            } else {
                reader.readFile(file);
            }
        }
        if (!reader.faults.isEmpty()) {
            throw new SourceException(reader.faults);
        }
        return new Revisions(reader.definitions);
    }

    /** Reads one file. */
    static RevisionDefinition readOne(Path file) {
        RevisionFolder reader = new RevisionFolder();
        reader.readFile(file);
        if (!reader.faults.isEmpty()) {
            throw new SourceException(reader.faults);
        }
        return reader.definitions.get(0);
    }

    private static AthanorException missing(List<Path> missing) {
        String names = missing.stream().map(folder -> "'" + folder + "'").collect(Collectors.joining(", "));
        return new AthanorException(
                FailureKind.USAGE,
                "migrations_folder_missing",
                missing.size() == 1
                        ? "The folder of revision files " + names + " does not exist or is no folder"
                        : "The folders of revision files " + names + " do not exist or are no folders",
                "Name the right folder with --migrations DIR, or make it.");
    }

    private void readFile(Path file) {
        Faults found = new Faults(file.toString());
        try {
            String text = decode(Files.readAllBytes(file), found);
            RevisionDefinition definition = text == null ? null : RevisionFileReader.read(text, found);
            if (definition != null) {
                definitions.add(definition);
            }
        } catch (IOException e) {
            found.add(1, unreadable(e));
        }
        faults.addAll(found.inOrder());
    }

    private static @Nullable String decode(byte[] bytes, Faults faults) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        CharsetDecoder strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (!strict.decode(in, CharBuffer.allocate(bytes.length), true).isError()) {
            return text;
        }
        int line = 1;
        for (int i = 0; i < in.position(); i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        faults.add(line, String.format("found byte 0x%02x, expected text in UTF-8", bytes[in.position()]));
        return null;
    }

    static String unreadable(IOException failure) {
        String why = failure instanceof AccessDeniedException
                ? "no right to read it"
                : failure instanceof NoSuchFileException ? "its link leads nowhere" : failure.toString();
        return "found a file that cannot be read (" + why + "), expected a revision file";
    }
}
