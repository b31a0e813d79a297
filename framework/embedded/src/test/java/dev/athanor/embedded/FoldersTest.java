package dev.athanor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path temporary;

    /** Its owner and a sweeper may delete the same folder at once. */
    @RepeatedTest(10)
    void severalMayDeleteTheSameFolder() throws IOException {
        Path folder = temporary.resolve("data");
        for (int i = 0; i < 20; i++) {
            Path inner = Files.createDirectories(folder.resolve("base/" + i));
            for (int j = 0; j < 20; j++) {
                Files.createFile(inner.resolve("file" + j));
            }
        }
        CyclicBarrier barrier = new CyclicBarrier(4);
        List<CompletableFuture<Void>> deleters = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try {
                        barrier.await();
                        Folders.delete(folder);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        deleters.forEach(CompletableFuture::join);
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatIsNotThereIsDeletedAlready() {
        assertThatCode(() -> Folders.delete(temporary.resolve("nothing"))).doesNotThrowAnyException();
    }
}
