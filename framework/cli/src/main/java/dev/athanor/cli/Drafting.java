package dev.athanor.cli;

import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionNode;
import dev.athanor.source.NewRevision;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.RevisionWriter;
import dev.athanor.source.Revisions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiFunction;

/** A new revision on the way from the options of a command to its file. */
final class Drafting {
    /** As many hex digits as Alembic's ids have: 48 bits are enough for people who do not see one another's branches. */
    private static final int ID_BYTES = 6;

    private final AthanorCommand root;
    private final Settings settings;
    private final NewRevisionOptions options;
    private final MigrationFolders folders;
    private final Revisions revisions;
    private final RevisionGraph graph;

    /** Reads the revisions that are there; folders that are not count as empty. */
    Drafting(AthanorCommand root, NewRevisionOptions options, String command) {
        this.root = root;
        this.options = options;
        if (options.message().isBlank()) {
            throw UsageError.of("The message (-m) is empty", command);
        }
        settings = root.settings();
        folders = new MigrationFolders(settings.migrations());
        revisions = settings.revisions(folders.present());
        graph = revisions.graph();
    }

    MigrationFolders folders() {
        return folders;
    }

    Settings settings() {
        return settings;
    }

    /** What the graph makes of an id and the options. */
    NewRevision draft(BiFunction<RevisionGraph, String, RevisionNode> drafting) {
        String id = options.id();
        RevisionNode node = drafting.apply(graph, id == null ? freshId() : id);
        return new NewRevision(node, options.message(), root.clock().instant(), options.author(settings));
    }

    private String freshId() {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[ID_BYTES];
        String id;
        do {
            random.nextBytes(bytes);
            id = HexFormat.of().formatHex(bytes);
        } while (graph.contains(id));
        return id;
    }

    /** The folder that a revision goes to when none is named: its first parent's, as far as that is in one of ours. */
    Path folderOf(NewRevision revision) {
        return revision.node().revises().stream()
                .findFirst()
                .flatMap(revisions::find)
                .map(RevisionDefinition::origin)
                .filter(origin -> !origin.isClass())
                .flatMap(origin -> folders.holding(Path.of(origin.file())))
                .orElse(settings.migrations().get(0));
    }

    RevisionWriter writer() {
        return new RevisionWriter(settings.writing().templates());
    }

    /** Tells what was written; the file is in a line of its own. */
    int report(NewRevision revision, Path file, List<String> notes) {
        RevisionNode node = revision.node();
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("id", node.id());
            json.put("file", file.toString());
            json.put("revises", node.revises());
            json.put("depends_on", node.dependsOn());
            json.put("labels", node.labels());
            json.put("message", revision.message());
        });
        result.text(out -> {
            out.println("New revision " + node.id() + ", "
                    + (node.revises().isEmpty() ? "a base" : "revises " + String.join(", ", node.revises())) + ":");
            out.println(file);
            notes.forEach(out::println);
        });
        return 0;
    }
}
