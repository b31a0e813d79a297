package dev.athanor.processor;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.tools.StandardLocation;

/** The file with the names of the revisions, in the folder that javac writes to. */
record Index(Filer filer) {
    static final String PATH = "META-INF/athanor/revisions";

    /** The names that an earlier compilation left there; none when there was none. */
    List<String> read() throws IOException {
        try (InputStream stream =
                filer.getResource(StandardLocation.CLASS_OUTPUT, "", PATH).openInputStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (NoSuchFileException | FileNotFoundException e) {
            return List.of();
        }
    }

    /** Whether an earlier compilation left this class there. */
    boolean hasClass(String name) throws IOException {
        String path = name.replace('.', '/') + ".class";
        try (InputStream stream =
                filer.getResource(StandardLocation.CLASS_OUTPUT, "", path).openInputStream()) {
            return stream.read() >= 0;
        } catch (NoSuchFileException | FileNotFoundException e) {
            return false;
        }
    }

    void write(Collection<String> names, Collection<Element> origins) throws IOException {
        try (OutputStream stream = filer.createResource(
                        StandardLocation.CLASS_OUTPUT, "", PATH, origins.toArray(Element[]::new))
                .openOutputStream()) {
            for (String name : names) {
                stream.write((name + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
