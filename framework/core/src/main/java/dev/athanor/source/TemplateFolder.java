package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The templates of a project, and the built-in ones for those that it has not.
 *
 * @param folder null when the project has none
 */
record TemplateFolder(@Nullable Path folder) {

    /**
     * The project's template, or ours.
     *
     * @throws AthanorException kind USAGE, code {@code templates_folder_missing} or {@code invalid_template}
     */
    Template template(TemplateKind kind) {
        if (folder == null) {
            return builtIn(kind);
        }
        if (!Files.isDirectory(folder)) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "templates_folder_missing",
                    "The folder of templates '" + folder + "' does not exist or is no folder",
                    "Make it, or set 'templates' in athanor.yaml to the right one.");
        }
        Path file = folder.resolve(kind.file());
        if (!Files.exists(file)) {
            return builtIn(kind);
        }
        try {
            return new Template(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "invalid_template",
                    "The template '" + file + "' cannot be read as text in UTF-8: " + e.getMessage(),
                    "Correct it, or take it away to use the built-in one.",
                    e);
        }
    }

    private static Template builtIn(TemplateKind kind) {
        String resource = "template/" + kind.file() + ".txt";
        try (InputStream stream = TemplateFolder.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(stream, resource).readAllBytes();
            return new Template("the built-in template " + kind.file(), new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
