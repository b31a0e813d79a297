package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionFolderTest {

    @TempDir
    private Path temporary;

    private Path write(String path, String text) throws IOException {
        Path file = temporary.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path revision(String path, String id) throws IOException {
        return write(path, "-- athanor:revision " + id + "\n");
    }

    private List<String> ids(Path... folders) {
        return RevisionFolder.read(List.of(folders)).definitions().stream()
                .map(RevisionDefinition::id)
                .toList();
    }

    @Test
    void readsFoldersInOrderAndFilesByPath() throws IOException {
        revision("one/b.sql", "b");
        revision("one/a/z.sql", "z");
        revision("two/a.sql", "a");
        write("one/notes.txt", "no revision");
        write("one/.git/x.sql", "no revision");
        write("one/.#lock.sql", "no revision");
        assertThat(ids(temporary.resolve("two"), temporary.resolve("one"))).containsExactly("a", "z", "b");
        assertThat(ids(temporary)).containsExactly("z", "b", "a");
    }

    @Test
    void readsAFileOnceHoweverItIsReached() throws IOException {
        revision("one/sub/a.sql", "a");
        Files.createSymbolicLink(temporary.resolve("one/sub/loop"), temporary.resolve("one"));
        Files.createSymbolicLink(temporary.resolve("one/other.sql"), temporary.resolve("one/sub/a.sql"));
        Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("one"));
        assertThat(ids(temporary.resolve("link"), temporary.resolve("one"), temporary.resolve("one/sub")))
                .containsExactly("a");
    }

    @Test
    void keepsBothOfTwoWithOneId() throws IOException {
        revision("a.sql", "same");
        Path second = revision("b.sql", "same");
        Revisions revisions = RevisionFolder.read(List.of(temporary));
        assertThat(revisions.definitions()).hasSize(2);
        assertThat(revisions.nodes()).hasSize(2);
        assertThat(revisions.definitions().get(1).origin()).isEqualTo(new Origin(second.toString(), 1));
        assertThat(revisions.find("same")).contains(revisions.definitions().get(0));
        assertThat(revisions.find("sam")).isEmpty();
    }

    @Test
    void givesAllFaultsOfAllFilesAtOnce() throws IOException {
        write("a.sql", "SELECT 1;\n");
        Files.write(
                temporary.resolve("b.sql"),
                "-- athanor:revision b\n-- caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        write("c.sql", "-- athanor:revision c\n-- \uFFFD is well-formed\n");
        Files.createSymbolicLink(temporary.resolve("d.sql"), temporary.resolve("nowhere"));
        SourceException e = catchThrowableOfType(SourceException.class, () -> RevisionFolder.read(List.of(temporary)));
        assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
        assertThat(e.code()).isEqualTo("invalid_revision_file");
        assertThat(e.hint()).startsWith("Correct the files");
        assertThat(e.faults())
                .extracting(Fault::toString)
                .satisfiesExactly(
                        fault -> assertThat(fault).contains("a.sql:1: found SQL in front of the first section"),
                        fault -> assertThat(fault).contains("a.sql:1: found no revision"),
                        fault -> assertThat(fault).endsWith("b.sql:2: found byte 0xe9, expected text in UTF-8"),
                        fault -> assertThat(fault)
                                .contains("d.sql:1: found a file that cannot be read (its link leads nowhere)"));
        assertThat(e).hasMessageStartingWith("4 faults in revision files:\n  ").hasMessageContaining("b.sql:2");
    }

    @Test
    void aMissingFolderIsNoEmptyOne() throws IOException {
        Path file = write("file", "");
        assertThat(ids(Files.createDirectory(temporary.resolve("empty")))).isEmpty();
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> RevisionFolder.read(List.of(temporary, temporary.resolve("none"), file)))
                .withMessageContainingAll("none'", "file'")
                .satisfies(e -> assertThat(e.code()).isEqualTo("migrations_folder_missing"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE))
                .satisfies(e -> assertThat(e.hint()).contains("--migrations"));
    }
}
