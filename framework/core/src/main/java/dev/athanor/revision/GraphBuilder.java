package dev.athanor.revision;

import static dev.athanor.revision.Suggestions.quote;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** Checks revisions and joins them to a graph; collects all faults before it gives up. */
final class GraphBuilder {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.]+");
    /** A label stands before the {@code @} of a target, so it may hold signs, but nothing that ends it; alone, -1 is a step. */
    private static final Pattern LABEL = Pattern.compile("(?![+-]\\d+$)[^\\s@:,]+");
    /** Words with a meaning of their own in targets. */
    private static final Set<String> RESERVED = Set.of("head", "heads", "base", "current");

    /** How many steps of a circle a message shows. */
    private static final int SHOWN = 10;

    private final List<RevisionNode> nodes;
    private final List<GraphFault> faults = new ArrayList<>();
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final Map<String, Integer> labels = new LinkedHashMap<>();

    GraphBuilder(List<RevisionNode> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Whether an id has only characters that an id may have, and is no word with a meaning of its own. */
    static boolean isId(String id) {
        return ID.matcher(id).matches() && !RESERVED.contains(id);
    }

    /** Whether a label can stand before the {@code @} of a target. */
    static boolean isLabel(String label) {
        return LABEL.matcher(label).matches() && !RESERVED.contains(label);
    }

    RevisionGraph build() {
        for (int place = 0; place < nodes.size(); place++) {
            addId(nodes.get(place), place);
        }
        for (int place = 0; place < nodes.size(); place++) {
            addLabels(nodes.get(place), place);
        }
        Edges edges = edges();
        findCycles(edges);
        if (!faults.isEmpty()) {
            throw GraphException.of(faults);
        }
        return new RevisionGraph(nodes, new Names(ids, labels), edges);
    }

    private void addId(RevisionNode node, int place) {
        String id = node.id();
        if (!ID.matcher(id).matches()) {
            fault(
                    GraphCode.ILLEGAL_ID,
                    "revision id " + quote(id) + " has characters that no id may have",
                    "Use letters, digits, _ and . in ids; @ - + : have a meaning in targets.",
                    List.of(id));
        } else if (RESERVED.contains(id)) {
            fault(
                    GraphCode.ILLEGAL_ID,
                    "revision id " + quote(id) + " is a word that targets use",
                    "Give the revision another id.",
                    List.of(id));
        }
        if (node.revises().contains(id)) {
            fault(
                    GraphCode.SELF_REFERENCE,
                    "revision " + quote(id) + " revises itself",
                    "Name its parent in \"revises\", or nothing for a base.",
                    List.of(id));
        }
        if (node.dependsOn().contains(id)) {
            fault(
                    GraphCode.DEPENDENCY_SELF_REFERENCE,
                    "revision " + quote(id) + " depends on itself",
                    "Take it out of its own \"depends-on\".",
                    List.of(id));
        }
        if (ids.putIfAbsent(id, place) != null) {
            fault(
                    GraphCode.DUPLICATE_ID,
                    "two revisions have the id " + quote(id),
                    "Give one of them another id.",
                    List.of(id));
        }
    }

    private void addLabels(RevisionNode node, int place) {
        for (String label : node.labels()) {
            if (!isLabel(label)) {
                fault(
                        GraphCode.ILLEGAL_ID,
                        "label " + quote(label) + " of revision " + quote(node.id()) + " cannot be used in targets",
                        "Use a label without blanks, commas, @ and : that is not head, heads, base, current or a step such as -1.",
                        List.of(node.id()));
            }
            Integer used = ids.get(label);
            used = used == null ? labels.putIfAbsent(label, place) : used;
            if (used != null) {
                String other = nodes.get(used).id();
                String what =
                        other.equals(label) ? "is also the id of a revision" : "is also on revision " + quote(other);
                fault(
                        GraphCode.LABEL_CONFLICT,
                        "label " + quote(label) + " of revision " + quote(node.id()) + " " + what,
                        "Give the branch another label: each may stand once.",
                        List.of(node.id(), other));
            }
        }
    }

    private Edges edges() {
        int[][] parents = new int[nodes.size()][];
        int[][] dependencies = new int[nodes.size()][];
        for (int place = 0; place < nodes.size(); place++) {
            RevisionNode node = nodes.get(place);
            parents[place] = resolve(node, "revises", node.revises());
            dependencies[place] = resolve(node, "depends-on", node.dependsOn());
        }
        return new Edges(parents, dependencies);
    }

    private int[] resolve(RevisionNode node, String directive, List<String> names) {
        boolean labelsToo = directive.equals("depends-on");
        Set<Integer> places = new LinkedHashSet<>();
        for (String name : names) {
            Integer place = ids.get(name);
            if (place == null && labelsToo) {
                place = labels.get(name);
            }
            if (place == null) {
                fault(
                        GraphCode.UNRESOLVED_REFERENCE,
                        "revision " + quote(node.id()) + " names " + quote(name) + " in " + quote(directive)
                                + ", and there is no such revision",
                        unresolvedHint(name, labelsToo),
                        List.of(node.id()));
            } else if (!name.equals(node.id())) {
                places.add(place);
            }
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    private String unresolvedHint(String name, boolean labelsToo) {
        Integer labelled = labels.get(name);
        if (labelled != null) {
            return quote(name) + " is a label; name the revision itself: "
                    + quote(nodes.get(labelled).id()) + ".";
        }
        Collection<String> known = new ArrayList<>(ids.keySet());
        if (labelsToo) {
            known.addAll(labels.keySet());
        }
        return Suggestions.didYouMean(name, known)
                + (labelsToo ? "It takes full ids and labels." : "It takes full ids.");
    }

    private void findCycles(Edges edges) {
        List<List<Integer>> cycles = new Cycles(nodes.size(), edges::parents).find();
        cycles.forEach(cycle -> cycleFault(GraphCode.CYCLE, cycle, edges::parents));
        if (cycles.isEmpty()) {
            new Cycles(nodes.size(), edges::below)
                    .find()
                    .forEach(cycle -> cycleFault(GraphCode.DEPENDENCY_CYCLE, cycle, edges::parents));
        }
    }

    private void cycleFault(GraphCode code, List<Integer> cycle, IntFunction<int[]> parents) {
        List<String> members =
                cycle.stream().map(place -> nodes.get(place).id()).toList();
        StringBuilder path = new StringBuilder(quote(members.get(0)));
        for (int at = 0; at < cycle.size(); at++) {
            if (at == SHOWN && cycle.size() > SHOWN + 1) {
                path.append(" ... and so on over ").append(cycle.size()).append(" revisions");
                break;
            }
            int next = (at + 1) % cycle.size();
            boolean parent = contains(parents.apply(cycle.get(at)), cycle.get(next));
            path.append(parent ? " revises " : " depends on ").append(quote(members.get(next)));
        }
        fault(code, "revisions stand on one another: " + path, "Cut the circle at one of these places.", members);
    }

    private static boolean contains(int[] places, int wanted) {
        for (int place : places) {
            if (place == wanted) {
                return true;
            }
        }
        return false;
    }

    private void fault(GraphCode code, String message, String hint, List<String> revisions) {
        faults.add(new GraphFault(code.key(), message, hint, revisions));
    }
}
