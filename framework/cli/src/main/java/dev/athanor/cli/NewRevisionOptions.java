package dev.athanor.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be said of every new revision. */
final class NewRevisionOptions {
    /** What templates and file names may hold; stands in the help of both commands. */
    static final String KEYS =
            "Keys of templates, written {{id}}: id, message, slug, revises, depends_on, labels, created"
                    + " (UTC), year, month, day, hour, minute, second, author; in Java also package and class; and every NAME of"
                    + " --set NAME=VALUE or of 'set' in athanor.yaml. \\{{ is two braces; a line whose keys are all empty is left"
                    + " out.";

    /** The settings that templates have. */
    static final String SETTINGS = "Settings in athanor.yaml: templates (folder with revision.sql, merge.sql,"
            + " Revision.java, each only if yours differs), file-name (default {{id}}_{{slug}}; folders with /),"
            + " java-folder (src/main/java), java-package (migrations), author.";

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            required = true,
            description = "What the revision is for, in one line.")
    private String message = "";

    @Option(
            names = "--rev-id",
            paramLabel = "ID",
            description = "Its id: letters, digits, _ and . Default: 12 random hex digits.")
    private @Nullable String id;

    @Option(
            names = "--branch-label",
            paramLabel = "LABEL",
            description = "Name of the branch that starts with it; may be repeated.")
    private List<String> labels = List.of();

    @Option(names = "--author", paramLabel = "NAME", description = "Who writes it (ATHANOR_AUTHOR). Default: nobody.")
    private @Nullable String author;

    String message() {
        return Targets.unprotect(message);
    }

    @Nullable
    String id() {
        return id == null ? null : Targets.unprotect(id);
    }

    List<String> labels() {
        return labels.stream().map(Targets::unprotect).toList();
    }

    String author(Settings settings) {
        return author == null ? settings.writing().author() : Targets.unprotect(author);
    }
}
