package dev.athanor.source;

import dev.athanor.revision.GraphException;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Revisions in the order in which they were read. An id may stand there twice: the graph is who minds. */
public final class Revisions {
    private final List<RevisionDefinition> definitions;
    private final Map<String, RevisionDefinition> byId = new HashMap<>();

    /** Revisions in an order that stays. */
    public Revisions(List<RevisionDefinition> definitions) {
        this.definitions = List.copyOf(definitions);
        this.definitions.forEach(definition -> byId.putIfAbsent(definition.id(), definition));
    }

    /** These and behind them the others. */
    public Revisions plus(Revisions others) {
        List<RevisionDefinition> all = new ArrayList<>(definitions);
        all.addAll(others.definitions);
        return new Revisions(all);
    }

    /** All of them. */
    public List<RevisionDefinition> definitions() {
        return definitions;
    }

    /** Their places in the graph, in the same order. */
    public List<RevisionNode> nodes() {
        return definitions.stream().map(RevisionDefinition::node).toList();
    }

    /**
     * The graph that they form.
     *
     * @throws GraphException when they form none; says in which files the revisions stand
     */
    public RevisionGraph graph() {
        try {
            return RevisionGraph.of(nodes());
        } catch (GraphException e) {
            throw e.with(definitions.stream()
                    .filter(definition -> e.revisions().contains(definition.id()))
                    .map(definition -> definition.id() + " stands in " + definition.origin())
                    .toList());
        }
    }

    /** The revision with this full id; the first of them when there are several. */
    public Optional<RevisionDefinition> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
