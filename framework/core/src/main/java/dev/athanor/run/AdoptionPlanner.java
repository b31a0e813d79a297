package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.VersionTable;
import dev.athanor.ledger.VersionTable.Version;
import dev.athanor.ledger.VersionTool;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionPlan;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans an {@link Adoption}, or says why there can be none. */
final class AdoptionPlanner {
    private final RevisionGraph graph;
    private final AdoptionRequest request;
    private final String tool;

    AdoptionPlanner(RevisionGraph graph, AdoptionRequest request) {
        this.graph = graph;
        this.request = request;
        this.tool = request.from().key();
    }

    /**
     * Plans it.
     *
     * @throws AthanorException kind GRAPH when a version has no revision; kind REFUSED when something has failed there, when
     *     revisions are missing below those that it has, or when our ledger says something else already
     */
    Adoption plan(VersionTable versions, Collection<RevisionState> states) {
        requireSuccess(versions);
        List<String> heads = Graphs.heads(graph, Graphs.applied(states));
        if (versions.applied().isEmpty()) {
            return adoption(versions, List.of(), new RevisionPlan(List.of(), heads, heads));
        }
        VersionMatch match = VersionMatch.of(graph, request, versions.applied());
        List<String> closure = closure(match.revisions().keySet());
        List<String> gaps = gaps(match, closure);
        requireKnown(match, gaps);
        requireWhole(gaps);
        requireSame(new TreeSet<>(closure), states);
        RevisionPlan plan = states.isEmpty()
                ? graph.stamp(AppliedState.none(), graph.rows(AppliedState.of(Set.copyOf(closure))))
                : new RevisionPlan(List.of(), heads, heads);
        return adoption(versions, closure, plan);
    }

    private Adoption adoption(VersionTable versions, List<String> closure, RevisionPlan plan) {
        List<String> found = versions.applied().stream().map(Version::id).toList();
        return new Adoption(request.from(), versions.table(), found, versions.left(), closure, plan, false);
    }

    private List<String> closure(Set<String> ids) {
        return graph.applied(AppliedState.fromTips(ids));
    }

    /** What the other tool does not have of all that its revisions stand on; Alembic's rows name heads only. */
    private List<String> gaps(VersionMatch match, List<String> closure) {
        if (request.from() == VersionTool.ALEMBIC) {
            return List.of();
        }
        Set<String> had = new LinkedHashSet<>(match.revisions().keySet());
        had.addAll(closure(match.revisions().entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(Version::baseline))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet())));
        return closure.stream().filter(id -> !had.contains(id)).toList();
    }

    private void requireSuccess(VersionTable versions) {
        if (!versions.failed().isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "foreign_failure",
                    tool + " says that these have failed: " + String.join(", ", versions.failed()),
                    "Bring them to their end or take them back with " + tool + " first, then: " + request.command());
        }
    }

    private void requireKnown(VersionMatch match, List<String> gaps) {
        if (!match.unknown().isEmpty()) {
            List<String> wrong = match.unknown().keySet().stream()
                    .flatMap(version -> Stream.of(version.id(), version.name()))
                    .toList();
            String below = gaps.isEmpty()
                    ? ""
                    : "; and no version stands for these revisions, which are below the others: "
                            + String.join(", ", gaps);
            throw new AthanorException(
                    FailureKind.GRAPH,
                    "unknown_revision",
                    "No revision stands for these versions of " + tool + ": "
                            + String.join(", ", match.unknown().values()) + below,
                    "Give the revisions these ids, or say which they are: "
                            + request.without(wrong).command("--map", wrong.get(0) + "=REVISION"));
        }
    }

    private void requireWhole(List<String> gaps) {
        if (!gaps.isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "foreign_gap",
                    "The revisions that " + tool + " has applied stand on others that it has not: "
                            + String.join(", ", gaps),
                    "Apply those with " + tool
                            + " first, correct what the revisions revise, name the versions that they"
                            + " are with --map, or, if they are in the database, set them yourself: athanor stamp TARGET");
        }
    }

    private void requireSame(Set<String> closure, Collection<RevisionState> states) {
        Set<String> known = states.stream().map(RevisionState::id).collect(Collectors.toCollection(TreeSet::new));
        Set<String> between = states.stream()
                .filter(state -> !state.applied())
                .map(RevisionState::id)
                .collect(Collectors.toCollection(TreeSet::new));
        if (states.isEmpty() || known.equals(closure) && between.isEmpty()) {
            return;
        }
        throw new AthanorException(
                FailureKind.REFUSED,
                "ledger_not_empty",
                "Athanor knows revisions of this database already, and not the same: it has " + String.join(", ", known)
                        + (between.isEmpty() ? "" : " (of them between phases: " + String.join(", ", between) + ")")
                        + "; by " + tool + " it would be " + String.join(", ", closure),
                "Look with athanor status; to set what is applied: athanor stamp --purge TARGET");
    }
}
