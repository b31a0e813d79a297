package dev.athanor.run;

import dev.athanor.ledger.RevisionState;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the ledger and the graph say together. */
final class Graphs {
    private Graphs() {}

    /** Ids of the applied revisions. */
    static Set<String> applied(Collection<RevisionState> states) {
        Set<String> applied = new TreeSet<>();
        states.stream().filter(RevisionState::applied).map(RevisionState::id).forEach(applied::add);
        return applied;
    }

    /**
     * What is applied, with all that was begun and has no file any more: whoever asks the graph about it is told of the
     * missing file.
     */
    static AppliedState known(RevisionGraph graph, Collection<RevisionState> states) {
        Set<String> known = applied(states);
        states.stream().map(RevisionState::id).filter(id -> !graph.contains(id)).forEach(known::add);
        return AppliedState.of(known);
    }

    /** Applied revisions on which no other applied one stands; those that no file knows count as heads. */
    static List<String> heads(RevisionGraph graph, Set<String> applied) {
        Set<String> heads = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        applied.forEach(id -> (graph.contains(id) ? known : heads).add(id));
        heads.addAll(graph.rows(AppliedState.of(known)));
        return List.copyOf(heads);
    }
}
