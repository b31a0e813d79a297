package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.source.NewRevision;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a revision that joins heads. */
@Command(
        name = "merge",
        description = "Write a revision that joins heads into one. Needs no database.",
        footer = {"", NewRevisionOptions.KEYS, "", NewRevisionOptions.SETTINGS})
final class MergeCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Mixin
    private NewRevisionOptions options = new NewRevisionOptions();

    @Parameters(paramLabel = "REVISION", arity = "0..*", description = "Heads to join. Default: all.")
    private List<String> targets = List.of();

    MergeCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        List<String> wanted = targets.stream().map(Targets::unprotect).toList();
        Drafting drafting = new Drafting(root, options, "merge");
        NewRevision revision = drafting.draft((graph, id) -> graph.mergeDraft(id, wanted, options.labels()));
        if (revision.node().revises().isEmpty()) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "nothing_to_merge",
                    "There is nothing to merge: no revision is named, or none is there.",
                    "See the heads with: athanor heads");
        }
        Path file = drafting.writer().writeMerge(revision, drafting.folderOf(revision));
        return drafting.report(revision, file, List.of());
    }
}
