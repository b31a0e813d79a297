package dev.athanor.revision;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds out what a new revision has to say so that it fits into a graph. */
final class Drafts {
    private final RevisionGraph graph;
    private final Names names;
    private final Edges edges;
    private final Symbols symbols;

    Drafts(RevisionGraph graph, Names names, Edges edges, Symbols symbols) {
        this.graph = graph;
        this.names = names;
        this.edges = edges;
        this.symbols = symbols;
    }

    RevisionNode of(String id, DraftRequest request) {
        if (!GraphBuilder.isId(id)) {
            throw GraphErrors.illegalNewId(id);
        }
        List<Integer> parents = parents(request);
        RevisionNode draft = new RevisionNode(
                id,
                graph.ids(parents),
                dependencies(request.dependsOn()),
                request.labels().stream().distinct().toList());
        refuseWhatIsTaken(draft);
        List<RevisionNode> extended = new ArrayList<>(graph.nodes());
        extended.add(draft);
        return RevisionGraph.of(extended).nodes().get(extended.size() - 1);
    }

    private List<Integer> parents(DraftRequest request) {
        List<Integer> parents = new ArrayList<>();
        List<String> words = request.heads().isEmpty() ? List.of("head") : request.heads();
        words.forEach(word -> parents.addAll(symbols.all(word)));
        Set<Integer> seen = new LinkedHashSet<>();
        for (int parent : parents) {
            if (!seen.add(parent)) {
                throw GraphErrors.duplicateArgument(graph.id(parent), words);
            }
        }
        for (int parent : parents) {
            if (!request.splice() && edges.children(parent).length > 0) {
                throw GraphErrors.notAHead(graph.id(parent), graph.headsAbove(parent));
            }
        }
        return parents;
    }

    /** A label stays a label, so that the dependency still reads as it was meant; anything else becomes a full id. */
    private List<String> dependencies(List<String> words) {
        Set<String> dependencies = new LinkedHashSet<>();
        for (String word : words) {
            int place = symbols.one(word);
            if (place == Symbols.BASE) {
                if (word.indexOf('@') > 0) {
                    symbols.branch(word.substring(0, word.indexOf('@')));
                }
                throw GraphErrors.dependsOnNothing(word);
            }
            dependencies.add(graph.nodes().get(place).labels().contains(word) ? word : graph.id(place));
        }
        return List.copyOf(dependencies);
    }

    private void refuseWhatIsTaken(RevisionNode draft) {
        if (draft.revises().contains(draft.id())) {
            throw GraphErrors.idTaken(GraphCode.SELF_REFERENCE, draft.id());
        }
        if (draft.dependsOn().contains(draft.id())) {
            throw GraphErrors.idTaken(GraphCode.DEPENDENCY_SELF_REFERENCE, draft.id());
        }
        if (names.byId(draft.id()) != null) {
            throw GraphErrors.idTaken(GraphCode.DUPLICATE_ID, draft.id());
        }
        Integer labelled = names.byName(draft.id());
        if (labelled != null) {
            throw GraphErrors.idIsLabel(draft.id(), graph.id(labelled));
        }
        for (String label : draft.labels()) {
            if (!GraphBuilder.isLabel(label)) {
                throw GraphErrors.illegalNewLabel(label);
            }
            Integer user = names.byName(label);
            if (user != null || label.equals(draft.id())) {
                throw GraphErrors.labelTaken(label, user == null ? draft.id() : graph.id(user));
            }
        }
    }
}
