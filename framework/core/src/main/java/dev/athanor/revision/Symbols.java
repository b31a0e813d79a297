package dev.athanor.revision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the words with which users name revisions: ids and their beginnings, labels, {@code label@id}, heads, base. */
final class Symbols {
    /** The place below all bases, where nothing is applied. */
    static final int BASE = -1;

    /**
     * A word split at its {@code @}.
     *
     * @param branch what stands before it
     * @param names ids and beginnings; none for the base
     */
    private record Split(@Nullable String branch, List<String> names) {}

    private final RevisionGraph graph;
    private final Names names;
    private final Edges edges;

    Symbols(RevisionGraph graph, Names names, Edges edges) {
        this.graph = graph;
        this.names = names;
        this.edges = edges;
    }

    /**
     * The revisions that a word names; none for {@code base}. {@code -2} and {@code label@-2} are steps down from the heads,
     * of the branch with exactly that label.
     */
    List<Integer> all(String word) {
        RelativeTarget relative = RelativeTarget.parse(word);
        if (relative != null && relative.symbol() == null && relative.steps() < 0) {
            return belowHeads(word, relative);
        }
        Split split = split(word);
        return split.names().stream().map(name -> find(name, split.branch())).toList();
    }

    private List<Integer> belowHeads(String word, RelativeTarget relative) {
        Walk walk = Walk.stopping(graph, edges, this, word);
        List<Integer> found = new ArrayList<>();
        for (int tip : graph.labelled(graph.tipPlaces(), relative.branch())) {
            found.add(walk.from(tip, relative.steps(), null));
        }
        if (found.contains(BASE)) {
            throw GraphErrors.outOfRange(word, "the heads");
        }
        return found;
    }

    /**
     * The one revision that a word names, or {@link #BASE}.
     *
     * @throws GraphException {@code multiple_heads} when it names several
     */
    int one(String word) {
        Split split = split(word);
        if (split.names().size() > 1) {
            throw GraphErrors.multipleHeads(split.names(), word);
        }
        return split.names().isEmpty() ? BASE : find(split.names().get(0), split.branch());
    }

    /** The revision with this id or label, or the only one with such an id or label that begins so. */
    int find(String name, @Nullable String branch) {
        int root = branch == null ? BASE : branch(branch);
        Integer exact = names.byName(name);
        int found = exact == null ? byBeginning(name, branch) : exact;
        if (branch != null && !lineageOf(setOf(root), false).get(found)) {
            throw GraphErrors.notInBranch(graph.id(found), branch);
        }
        return found;
    }

    /** The revision that stands for a branch: one with this label, or any other. */
    int branch(String label) {
        try {
            return find(label, null);
        } catch (GraphException e) {
            throw GraphErrors.unknownBranch(label, names.all());
        }
    }

    private int byBeginning(String start, @Nullable String branch) {
        List<Map.Entry<String, Integer>> matches = start.isEmpty() ? List.of() : names.beginningWith(start);
        if (branch != null && !matches.isEmpty()) {
            BitSet lineage = lineage(split(branch), false);
            matches = matches.stream()
                    .filter(match -> lineage.get(match.getValue()))
                    .toList();
        }
        if (matches.isEmpty()) {
            throw GraphErrors.unknownRevision(start, names.all());
        }
        if (matches.size() > 1) {
            throw GraphErrors.ambiguousRevision(
                    start, matches.stream().map(Map.Entry::getKey).toList());
        }
        return matches.get(0).getValue();
    }

    /** Those that lie above or below what a word names, or are named by it. Without any, its names are not looked up. */
    List<Integer> inLineage(List<Integer> revisions, String word, boolean withDependencies) {
        Split split = split(word);
        if (revisions.isEmpty()) {
            return revisions;
        }
        BitSet lineage = lineage(split, withDependencies);
        return revisions.stream().filter(lineage::get).toList();
    }

    /** All that lies above or below what a word names; everything for {@code base}. */
    private BitSet lineage(Split split, boolean withDependencies) {
        List<String> shares = new ArrayList<>();
        if (split.branch() != null) {
            shares.add(split.branch());
        }
        shares.addAll(split.names());
        if (shares.isEmpty()) {
            return graph.everything();
        }
        BitSet roots = new BitSet();
        shares.forEach(share -> roots.set(find(share, null)));
        return lineageOf(roots, withDependencies);
    }

    /** All that lies above or below the given revisions, and they themselves. */
    BitSet lineageOf(BitSet roots, boolean withDependencies) {
        BitSet lineage = withDependencies ? edges.downFrom(roots) : edges.lineDownFrom(roots);
        lineage.or(withDependencies ? edges.upFrom(roots) : edges.lineUpFrom(roots));
        return lineage;
    }

    private Split split(String word) {
        int at = word.indexOf('@');
        String branch = at > 0 ? word.substring(0, at) : null;
        String name = word.substring(at + 1);
        return switch (name) {
            case "heads" -> new Split(branch, branch == null ? graph.ids(graph.tipPlaces()) : headsOf(branch));
            case "head" -> new Split(branch, onlyHead(branch, word));
            case "base" -> new Split(branch, List.of());
            default -> new Split(branch, List.of(name));
        };
    }

    private List<String> headsOf(String branch) {
        return graph.ids(inLineage(graph.headPlaces(), branch, false));
    }

    private List<String> onlyHead(@Nullable String branch, String word) {
        List<String> heads = branch == null ? graph.heads() : headsOf(branch);
        if (heads.size() > 1) {
            throw GraphErrors.multipleHeads(heads, word);
        }
        return heads;
    }

    static BitSet setOf(int revision) {
        BitSet set = new BitSet();
        set.set(revision);
        return set;
    }
}
