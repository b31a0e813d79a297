package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.VersionTable;
import dev.athanor.ledger.VersionTool;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What it means to go on from where another tool has brought a database. A version stands for the revision that it was mapped
 * to, else the one with that id, else the one whose id it becomes when characters that ids cannot have are replaced by
 * {@code _}; Flyway's {@code 2.1} is also {@code V2.1} and {@code V2_1}.
 *
 * @param table that was read, quoted
 * @param found versions that are applied there
 * @param notTakenOver entries that stand for no version: repeatable migrations, change sets that were skipped
 * @param revisions that are applied then, oldest first
 * @param plan the rows to be set
 */
public record Adoption(
        String table, List<String> found, List<String> notTakenOver, List<String> revisions, RevisionPlan plan) {
    public Adoption {
        found = List.copyOf(found);
        notTakenOver = List.copyOf(notTakenOver);
        revisions = List.copyOf(revisions);
    }

    /**
     * Finds the revisions of the versions.
     *
     * @throws AthanorException kind GRAPH when a version has no revision; kind REFUSED when something has failed there, when
     *     revisions are missing below those that it has, or when our ledger says something else already
     */
    static Adoption of(
            RevisionGraph graph,
            Collection<RevisionState> states,
            VersionTable versions,
            VersionTool tool,
            Map<String, String> names) {
        requireSuccess(versions, tool);
        Set<String> ours = new TreeSet<>(ours(graph, versions, tool, names));
        Set<String> closure = new LinkedHashSet<>(graph.applied(
                tool == VersionTool.ALEMBIC
                        ? AppliedState.fromTips(ours)
                        : AppliedState.fromTips(graph.rows(AppliedState.of(ours)))));
        if (tool != VersionTool.ALEMBIC) {
            requireWhole(closure, ours, tool);
        }
        requireFresh(closure, states);
        List<String> rows = graph.rows(AppliedState.of(closure));
        Set<String> applied = Graphs.applied(states);
        RevisionPlan plan = applied.equals(new TreeSet<>(closure)) || rows.isEmpty()
                ? new RevisionPlan(List.of(), rows, rows)
                : graph.stamp(AppliedState.none(), rows);
        return new Adoption(versions.table(), versions.applied(), versions.left(), List.copyOf(closure), plan);
    }

    private static List<String> ours(
            RevisionGraph graph, VersionTable versions, VersionTool tool, Map<String, String> names) {
        List<String> ours = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String version : versions.applied()) {
            String id = id(graph, version, tool, names.get(version));
            if (id == null) {
                unknown.add(version);
            } else {
                ours.add(id);
            }
        }
        if (!unknown.isEmpty()) {
            throw new AthanorException(
                    FailureKind.GRAPH,
                    "unknown_revision",
                    "No revision stands for these versions of " + tool.key() + ": " + String.join(", ", unknown),
                    "Give the revisions these ids, or say which they are: athanor adopt --from " + tool.key()
                            + " --map " + unknown.get(0) + "=REVISION");
        }
        return ours;
    }

    private static @Nullable String id(RevisionGraph graph, String version, VersionTool tool, @Nullable String mapped) {
        if (mapped != null) {
            return graph.contains(mapped) ? mapped : null;
        }
        String legal = version.replaceAll("[^A-Za-z0-9_.]", "_");
        Stream<String> candidates = tool == VersionTool.FLYWAY
                ? Stream.of(version, legal, "V" + legal, "V" + legal.replace('.', '_'))
                : Stream.of(version, legal);
        return candidates.filter(graph::contains).findFirst().orElse(null);
    }

    private static void requireSuccess(VersionTable versions, VersionTool tool) {
        if (!versions.failed().isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "foreign_failure",
                    tool.key() + " says that these have failed: " + String.join(", ", versions.failed()),
                    "Bring them to their end or take them back with " + tool.key()
                            + " first, then: athanor adopt --from " + tool.key());
        }
    }

    private static void requireWhole(Set<String> closure, Set<String> ours, VersionTool tool) {
        List<String> missing = closure.stream().filter(id -> !ours.contains(id)).toList();
        if (!missing.isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "foreign_gap",
                    "The revisions that " + tool.key() + " has applied stand on others that it has not: "
                            + String.join(", ", missing),
                    "Apply those with " + tool.key()
                            + " first, correct what the revisions revise, or, if they are in the"
                            + " database, set them yourself: athanor stamp TARGET");
        }
    }

    private static void requireFresh(Set<String> closure, Collection<RevisionState> states) {
        Set<String> begun = new TreeSet<>();
        states.forEach(state -> begun.add(state.id()));
        if (!begun.isEmpty() && !begun.equals(new TreeSet<>(closure))) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "ledger_not_empty",
                    "Athanor knows other revisions of this database already: " + String.join(", ", begun),
                    "Look with athanor status; to set what is applied: athanor stamp --purge TARGET");
        }
    }
}
