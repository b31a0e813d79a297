package dev.athanor.cli;

import dev.athanor.source.TemplateSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How new revisions are written.
 *
 * @param templates their templates and where they go
 * @param author who writes them; empty when nobody says so
 */
record Writing(TemplateSettings templates, String author) {

    /** From environment and file; there are no flags but {@code --author}, which belongs to two commands. */
    static Writing of(Layers layers, Map<String, String> keys, Origins origins) {
        Sourced<List<Path>> folder = layers.paths("templates", List.of(), "ATHANOR_TEMPLATES", List.of());
        Sourced<String> fileName = layers.text("file-name", null, "ATHANOR_FILE_NAME", TemplateSettings.FILE_NAME);
        Sourced<List<Path>> javaFolder =
                layers.paths("java-folder", List.of(), "ATHANOR_JAVA_FOLDER", List.of(TemplateSettings.JAVA_FOLDER));
        Sourced<String> javaPackage =
                layers.text("java-package", null, "ATHANOR_JAVA_PACKAGE", TemplateSettings.JAVA_PACKAGE);
        Sourced<String> author = layers.text("author", null, "ATHANOR_AUTHOR");
        origins.add("templates", folder)
                .add("file-name", fileName)
                .add("java-folder", javaFolder)
                .add("java-package", javaPackage)
                .add("author", author);
        TemplateSettings templates = new TemplateSettings(
                folder.value().isEmpty() ? null : folder.value().get(0),
                fileName.value(),
                javaFolder.value().get(0),
                javaPackage.value(),
                keys);
        return new Writing(templates, author.value());
    }
}
