package dev.athanor.cli;

import dev.athanor.revision.DraftRequest;
import dev.athanor.source.NewRevision;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a new revision. */
@Command(
        name = "revision",
        description = "Write a new revision from a template. Needs no database.",
        footer = {"", NewRevisionOptions.KEYS, "", NewRevisionOptions.SETTINGS})
final class RevisionCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Mixin
    private NewRevisionOptions options = new NewRevisionOptions();

    @Option(
            names = "--head",
            paramLabel = "REVISION",
            description =
                    "What it revises: an id, LABEL@head, heads, or base for nothing; may be repeated. Default: head.")
    private List<String> heads = List.of();

    @Option(names = "--splice", description = "Allow to revise what is no head, which makes a new branch.")
    private boolean splice;

    @Option(
            names = "--depends-on",
            paramLabel = "REVISION",
            description = "What must be applied first without being revised: an id or a label; may be repeated.")
    private List<String> dependsOn = List.of();

    @Option(
            names = "--version-path",
            paramLabel = "DIR",
            description = "Folder to write to: one of --migrations or below one. Default: that of what it revises.")
    private @Nullable Path folder;

    @Option(names = "--java", description = "Write a Java class instead of a SQL file.")
    private boolean java;

    RevisionCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (java && folder != null) {
            throw UsageError.of(
                    "--version-path is for SQL files; Java classes go to the setting java-folder", "revision");
        }
        Drafting drafting = new Drafting(root, options, "revision");
        Path named = folder == null ? null : drafting.folders().checked(folder);
        DraftRequest request = new DraftRequest(unprotected(heads), splice, options.labels(), unprotected(dependsOn));
        NewRevision revision = drafting.draft((graph, id) -> graph.draft(id, request));
        return java ? writeJava(drafting, revision) : writeSql(drafting, revision, named);
    }

    private static int writeJava(Drafting drafting, NewRevision revision) {
        Path file = drafting.writer().writeJava(revision);
        return drafting.report(revision, file, List.of("It counts once it is compiled and found: see --classpath."));
    }

    private static int writeSql(Drafting drafting, NewRevision revision, @Nullable Path named) {
        List<Path> missing = drafting.folders().missing();
        Path file = drafting.writer().writeSql(revision, named == null ? drafting.folderOf(revision) : named);
        drafting.folders().make();
        Stream<String> notes = missing.stream().map(made -> "The folder '" + made + "' is new.");
        return drafting.report(revision, file, notes.toList());
    }

    private static List<String> unprotected(List<String> words) {
        return words.stream().map(Targets::unprotect).toList();
    }
}
