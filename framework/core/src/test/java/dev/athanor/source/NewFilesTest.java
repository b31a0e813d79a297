package dev.athanor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.athanor.AthanorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFilesTest {
    @TempDir
    private Path folder;

    @Test
    void makes_folders() {
        Path file = folder.resolve("a/b/../c/x.sql");
        new NewFiles().add(file, "grün").write();
        assertThat(folder.resolve("a/c/x.sql")).hasContent("grün");
    }

    @Test
    void writes_over_nothing() throws IOException {
        Path first = Files.writeString(folder.resolve("first"), "old");
        Files.createSymbolicLink(folder.resolve("second"), Path.of("nowhere"));
        NewFiles files = new NewFiles()
                .add(folder.resolve("new/one"), "")
                .add(first, "new")
                .add(folder.resolve("second"), "new");
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(files::write)
                .satisfies(e -> assertThat(e.code()).isEqualTo("file_exists"))
                .withMessageMatching("'\\S+/first', '\\S+/second' are already there, .*");
        assertThat(first).hasContent("old");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void leaves_nothing_half_done() throws IOException {
        Files.writeString(folder.resolve("bar"), "a file bars the way");
        NewFiles files = new NewFiles().add(folder.resolve("new/deep/one"), "1").add(folder.resolve("bar/two"), "2");
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(files::write)
                .withMessageContaining("bar");
        assertThat(folder).isDirectoryNotContaining(path -> !path.endsWith("bar"));
    }

    @Test
    void no_folder_takes_it() {
        Path file = folder.resolve("x".repeat(300));
        assertThatExceptionOfType(AthanorException.class)
                .isThrownBy(() -> new NewFiles().add(file, "").write())
                .satisfies(e -> assertThat(e.code()).isEqualTo("file_not_written"));
    }

    @Test
    void takes_back_but_not_what_others_put_there() throws IOException {
        NewFiles files = new NewFiles().add(folder.resolve("a/b/one"), "1");
        files.write();
        Files.writeString(folder.resolve("a/other"), "");
        files.remove();
        assertThat(folder.resolve("a")).isDirectoryContaining("glob:**other").isDirectoryNotContaining("glob:**b");
    }
}
