package dev.athanor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class ArchiveTest {
    @TempDir
    Path folder;

    @Test
    void keepsLinksAndExecutableBits() throws IOException {
        TarArchiveEntry link = new TarArchiveEntry("lib/link.so", TarConstants.LF_SYMLINK);
        link.setLinkName("real.so");
        Archive.unpack(packed(file("bin/run", 0755), file("lib/real.so", 0644), link), folder);
        assertThat(folder.resolve("bin/run")).isExecutable().hasContent("x");
        assertThat(Files.isExecutable(folder.resolve("lib/real.so"))).isFalse();
        assertThat(Files.readSymbolicLink(folder.resolve("lib/link.so"))).hasToString("real.so");
    }

    @Test
    void writesNothingOutsideItsFolder() throws IOException {
        InputStream hostile = packed(file("../outside", 0644));
        assertThatThrownBy(() -> Archive.unpack(hostile, folder.resolve("in"))).hasMessageContaining("../outside");
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void cannotBeReadWhenCutOff() throws IOException {
        byte[] whole = packed(file("a", 0644)).readAllBytes();
        InputStream cut = new ByteArrayInputStream(whole, 0, whole.length / 2);
        assertThatThrownBy(() -> Archive.unpack(cut, folder)).isInstanceOf(IOException.class);
    }

    private static TarArchiveEntry file(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setSize(1);
        return entry;
    }

    private static InputStream packed(TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
            for (TarArchiveEntry entry : entries) {
                tar.putArchiveEntry(entry);
                if (!entry.isSymbolicLink()) {
                    tar.write("x".getBytes(StandardCharsets.UTF_8));
                }
                tar.closeArchiveEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
