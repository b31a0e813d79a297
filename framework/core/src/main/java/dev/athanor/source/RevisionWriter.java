package dev.athanor.source;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.revision.RevisionNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes new revisions from templates: never over a file that is there, and never one that cannot be read again.
 *
 * <p>All methods throw {@link AthanorException} of kind USAGE and write nothing then: {@code file_exists}, {@code
 * file_not_written}, {@code invalid_file_name}, {@code unknown_template_key}, {@code templates_folder_missing}, {@code
 * invalid_template} (also when what it gives is no valid revision, or not the one that was wanted); and of kind GRAPH
 * with code {@code illegal_id} for a label that no file can hold.
 */
public final class RevisionWriter {
    private final TemplateSettings settings;
    private final TemplateFolder templates;

    /** A writer for a project. */
    public RevisionWriter(TemplateSettings settings) {
        this.settings = settings;
        this.templates = new TemplateFolder(settings.folder());
    }

    /** Writes a SQL file below a folder of migrations, which is made when it is not there; returns where it is. */
    public Path writeSql(NewRevision revision, Path folder) {
        return write(revision, folder, TemplateKind.SQL);
    }

    /** As {@link #writeSql}, from the template of merges. */
    public Path writeMerge(NewRevision revision, Path folder) {
        return write(revision, folder, TemplateKind.MERGE);
    }

    private Path write(NewRevision revision, Path folder, TemplateKind kind) {
        checkLabels(revision.node());
        TemplateValues values = new TemplateValues(revision, settings);
        Path file = folder.resolve(new FileNamePattern(settings.fileName()).path(values.forPath()));
        Template template = templates.template(kind);
        NewFiles files = new NewFiles().add(file, template.render(values.forText(kind)));
        files.write();
        try {
            checkReadable(template, revision.node(), file);
        } catch (RuntimeException e) {
            files.remove();
            throw e;
        }
        return file;
    }

    /** Writes a class into the folder of Java sources; returns where it is. It counts once it is compiled. */
    public Path writeJava(NewRevision revision) {
        checkLabels(revision.node());
        TemplateValues values = new TemplateValues(revision, settings);
        String name = values.className();
        Template template = templates.template(TemplateKind.JAVA);
        String text = template.render(values.forText(TemplateKind.JAVA));
        List<String> lacks = new ArrayList<>();
        if (!text.contains("\"" + revision.node().id() + "\"")) {
            lacks.add("\"{{id}}\"");
        }
        if (!text.contains(name)) {
            lacks.add("{{class}}");
        }
        if (!lacks.isEmpty()) {
            throw invalid(template, " lacks " + String.join(" and ", lacks), null);
        }
        Path folder = settings.javaFolder();
        if (!settings.javaPackage().isEmpty()) {
            folder = folder.resolve(settings.javaPackage().replace('.', '/'));
        }
        Path file = folder.resolve(name + ".java");
        new NewFiles().add(file, text).write();
        return file;
    }

    /** The graph takes labels that the header of a file does not. */
    private static void checkLabels(RevisionNode node) {
        for (String label : node.labels()) {
            if (!Header.isId(label)) {
                throw new AthanorException(
                        FailureKind.GRAPH,
                        "illegal_id",
                        "label \"" + label + "\" has characters that no label may have",
                        "Use letters, digits, and any of _ . - in labels.");
            }
        }
    }

    private static void checkReadable(Template template, RevisionNode wanted, Path file) {
        RevisionNode read;
        try {
            read = RevisionFolder.readOne(file).node();
        } catch (SourceException e) {
            throw invalid(template, " gives no valid revision:\n" + e.getMessage(), e);
        }
        List<String> lacks = new ArrayList<>();
        Map.of(
                        "revision {{id}}", read.id().equals(wanted.id()),
                        "revises {{revises}}", read.revises().equals(wanted.revises()),
                        "depends-on {{depends_on}}", read.dependsOn().equals(wanted.dependsOn()),
                        "labels {{labels}}", read.labels().equals(wanted.labels()))
                .forEach((directive, same) -> {
                    if (!same) {
                        lacks.add("'" + Directive.PREFIX + directive + "'");
                    }
                });
        if (!lacks.isEmpty()) {
            lacks.sort(null);
            throw invalid(template, " lacks the line " + String.join(" and the line ", lacks), null);
        }
    }

    private static AthanorException invalid(Template template, String what, @Nullable Exception cause) {
        return new AthanorException(
                FailureKind.USAGE,
                "invalid_template",
                "The template '" + template.name() + "'" + what,
                "Correct the template, or take it away to use the built-in one; nothing was left behind.",
                cause);
    }
}
