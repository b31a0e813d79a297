package dev.athanor.revision;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All revisions and how they stand on one another. It answers questions as Alembic does: what an upgrade to a target has to
 * run, what the rows of the version table are afterwards, what is a head. Immutable; without input or output.
 *
 * <p>A target is an id or the beginning of one, a label, {@code label@id}, {@code head} or {@code label@head} (the only
 * one), {@code heads} or {@code label@heads} (all), {@code base}, or steps from somewhere: {@code +1}, {@code label@+1},
 * {@code data002+1}, {@code head-2}.
 */
public final class RevisionGraph {
    private final List<RevisionNode> nodes;
    private final Names names;
    private final Edges edges;
    private final Order order;
    private final Labels labels;
    private final Symbols symbols;
    private final Planner planner;
    private final Listing listing;
    private final BitSet everything = new BitSet();
    private final List<Integer> heads;
    private final List<Integer> tips;

    RevisionGraph(List<RevisionNode> nodes, Names names, Edges edges) {
        this.nodes = nodes;
        this.names = names;
        this.edges = edges;
        everything.set(0, nodes.size());
        order = new Order(edges);
        labels = new Labels(nodes, edges);
        heads = places(place -> edges.children(place).length == 0);
        tips = places(place -> edges.above(place).length == 0);
        symbols = new Symbols(this, names, edges);
        planner = new Planner(this, names, edges, symbols);
        listing = new Listing(this, edges, labels);
    }

    /**
     * Joins revisions to a graph.
     *
     * @param revisions in load order, which decides wherever their relations leave the order open
     * @throws GraphException when they make no sound graph, with all faults that were found: {@code self_reference},
     *     {@code dependency_self_reference}, {@code illegal_id}, {@code duplicate_id}, {@code label_conflict},
     *     {@code unresolved_reference}, {@code cycle}, {@code dependency_cycle}
     */
    public static RevisionGraph of(List<RevisionNode> revisions) {
        return new GraphBuilder(revisions).build();
    }

    /** All revisions in load order. */
    public List<RevisionNode> nodes() {
        return nodes;
    }

    /** Whether a revision has exactly this id. */
    public boolean contains(String id) {
        return names.byId(id) != null;
    }

    /**
     * All ids, each after everything that it revises or depends on. Every plan and listing follows this order; it goes along
     * a branch to its end, and the load order decides the rest.
     */
    public List<String> sorted() {
        return ids(order.upwards(everything));
    }

    /** Ids of the revisions that no other one revises, in load order. */
    public List<String> heads() {
        return ids(heads);
    }

    /** Ids of the heads that some other revision depends on. */
    public List<String> effectiveHeads() {
        return ids(heads.stream().filter(place -> edges.above(place).length > 0).toList());
    }

    /** Ids of the revisions that no other one revises or depends on: the rows when everything is applied. */
    public List<String> tips() {
        return ids(tips);
    }

    /** Ids of the revisions that revise nothing. */
    public List<String> bases() {
        return ids(basePlaces());
    }

    /** Ids of the revisions that several others revise. */
    public List<String> branchPoints() {
        return ids(places(place -> edges.children(place).length > 1));
    }

    /** Ids of the revisions that revise several others. */
    public List<String> mergePoints() {
        return ids(places(place -> edges.parents(place).length > 1));
    }

    /** Ids of what a revision, given by its full id, revises. */
    public List<String> parents(String id) {
        return ids(edges.parents(place(id)));
    }

    /** Ids of what a revision, given by its full id, depends on; labels are resolved. */
    public List<String> dependencies(String id) {
        return ids(edges.dependencies(place(id)));
    }

    /** Ids of what revises a revision, given by its full id. */
    public List<String> children(String id) {
        return ids(edges.children(place(id)));
    }

    /** Labels of the branches that a revision, given by its full id, is on. */
    public SortedSet<String> labels(String id) {
        return Collections.unmodifiableSortedSet(labels.of(place(id)));
    }

    /**
     * Ids of all that a revision stands on, oldest first, without itself.
     *
     * @param id full id
     * @param withDependencies whether what is depended on counts like a parent
     */
    public List<String> ancestors(String id, boolean withDependencies) {
        BitSet start = Symbols.setOf(place(id));
        return withoutStart(withDependencies ? edges.downFrom(start) : edges.lineDownFrom(start), start);
    }

    /**
     * Ids of all that stands on a revision, oldest first, without itself.
     *
     * @param id full id
     * @param withDependencies whether what depends on something counts like a child
     */
    public List<String> descendants(String id, boolean withDependencies) {
        BitSet start = Symbols.setOf(place(id));
        return withoutStart(withDependencies ? edges.upFrom(start) : edges.lineUpFrom(start), start);
    }

    /**
     * Ids of the revisions that a target names; none for {@code base}.
     *
     * @param target anything but steps from somewhere
     * @throws GraphException {@code unknown_revision}, {@code unknown_branch}, {@code ambiguous_revision},
     *     {@code not_in_branch}, {@code multiple_heads}
     */
    public List<String> resolve(String target) {
        return ids(symbols.all(target));
    }

    /** Sorted ids of the applied revisions on which no other applied one stands: the rows of a version table. */
    public List<String> rows(AppliedState state) {
        return sortedIds(planner.rows(planner.applied(state).revisions()));
    }

    /** Ids of all that is applied, oldest first. */
    public List<String> applied(AppliedState state) {
        return ids(order.upwards(planner.applied(state).revisions()));
    }

    /**
     * What has to run so that a target and all it stands on is applied.
     *
     * @throws GraphException when the target does not name what to run ({@code multiple_heads}, {@code unknown_revision},
     *     {@code unknown_branch}, {@code ambiguous_revision}, {@code not_in_branch}, {@code relative_out_of_range},
     *     {@code ambiguous_relative}, {@code range_not_allowed}), or the state is not of this graph
     *     ({@code unknown_revision}, {@code overlaps})
     */
    public RevisionPlan upgrade(AppliedState state, String target) {
        return new UpgradePlanner(this, edges, planner, upwardTargets()).plan(state, target);
    }

    /**
     * What has to be undone so that nothing stands on a target any more, or, for {@code base}, so that nothing is left. The
     * target itself stays applied. {@code label@base} and {@code label@-1} undo one branch and what depends on it.
     *
     * @throws GraphException when the target does not name where to stop ({@code multiple_heads}, {@code unknown_revision},
     *     {@code unknown_branch}, {@code ambiguous_revision}, {@code not_in_branch}, {@code relative_out_of_range},
     *     {@code ambiguous_relative}, {@code not_an_ancestor}, {@code range_not_allowed}), or the state is not of this graph
     *     ({@code unknown_revision})
     */
    public RevisionPlan downgrade(AppliedState state, String target) {
        return new DowngradePlanner(this, edges, symbols, planner).plan(state, target);
    }

    /**
     * The rows after targets are set without running anything. A target takes the place of all rows above and below it; rows
     * of other branches stay; {@code base} clears the table, {@code label@base} the rows of one branch and what depends on
     * it. What is then applied tells {@link #applied} of {@link AppliedState#fromTips} of the rows. To begin with an empty
     * table, pass {@link AppliedState#none}.
     *
     * @param targets one or several; no steps from somewhere
     * @throws GraphException as {@link #resolve} does, and {@code range_not_allowed}
     */
    public RevisionPlan stamp(AppliedState state, List<String> targets) {
        return new StampPlanner(this, symbols, planner).plan(state, targets);
    }

    /**
     * As {@link #upgrade}, for a script that is printed.
     *
     * @param range a target, which starts where nothing is applied, or {@code from:to}
     * @throws GraphException as upgrade does, and {@code bad_range}
     */
    public RevisionPlan upgradeScript(String range) {
        ScriptRange script = script(range);
        return upgrade(script.start(), script.target());
    }

    /**
     * As {@link #downgrade}, for a script that is printed.
     *
     * @param range {@code from:to}
     * @throws GraphException as downgrade does, {@code range_required} without a colon, and {@code bad_range}
     */
    public RevisionPlan downgradeScript(String range) {
        if (!range.contains(":")) {
            throw GraphErrors.rangeRequired(range);
        }
        ScriptRange script = script(range);
        return downgrade(script.start(), script.target());
    }

    /**
     * As {@link #stamp}, for a script that is printed.
     *
     * @param range as for {@link #upgradeScript}
     * @throws GraphException as stamp does, and {@code bad_range}
     */
    public RevisionPlan stampScript(String range) {
        ScriptRange script = script(range);
        return stamp(script.start(), List.of(script.target()));
    }

    /**
     * The sorted rows after each step of a plan, in the order of the steps; the last ones are those after the plan.
     *
     * @param state the one for which the plan was made
     * @param plan one of this graph
     */
    public List<List<String>> trace(AppliedState state, RevisionPlan plan) {
        return new RowTrace(this, symbols, planner).of(state, plan);
    }

    private ScriptRange script(String range) {
        String[] ends = range.split(":", -1);
        if (ends.length > 2) {
            throw GraphErrors.badRange(range);
        }
        int start = ends.length == 1 ? Symbols.BASE : symbols.one(ends[0]);
        AppliedState state = start == Symbols.BASE ? AppliedState.none() : AppliedState.fromTips(List.of(id(start)));
        return new ScriptRange(state, ends[ends.length - 1]);
    }

    /** All revisions, newest first; those that the state names as its tips carry the flag {@code CURRENT}. */
    public List<GraphEntry> history(AppliedState state) {
        return listing.of(order.downwards(everything), planner.knownTips(state));
    }

    /**
     * The revisions of a range, newest first; those that the state names as its tips carry the flag {@code CURRENT}.
     *
     * @param range {@code from:to}, {@code from:} or {@code :to}, both ends included; {@code current} stands for the rows of
     *     the state, {@code -3:} for three steps below the heads, {@code from:+2} for two steps above the other end,
     *     {@code label@base:} for a whole branch
     * @throws GraphException {@code bad_range}, {@code not_an_ancestor}, and as {@link #upgrade} does
     */
    public List<GraphEntry> history(AppliedState state, String range) {
        BitSet found = new HistoryRange(this, edges, symbols, planner, upwardTargets()).of(state, range);
        return listing.of(order.downwards(found), planner.knownTips(state));
    }

    /** The heads. */
    public List<GraphEntry> headEntries() {
        return listing.of(heads, Set.of());
    }

    /** The revisions that several others revise, newest first. */
    public List<GraphEntry> branches() {
        BitSet points = new BitSet();
        places(place -> edges.children(place).length > 1).forEach(points::set);
        return listing.of(order.downwards(points), Set.of());
    }

    /**
     * The applied revisions that no other applied one revises, newest first. A row that only a dependency hides is among
     * them, so that every branch shows where it stands.
     */
    public List<GraphEntry> current(AppliedState state) {
        BitSet tips = edges.lineTips(planner.applied(state).revisions());
        return listing.of(order.downwards(tips), Set.of());
    }

    /**
     * The revisions that a target names.
     *
     * @param target as for {@link #resolve}, or {@code current} for the rows of the state
     */
    public List<GraphEntry> show(AppliedState state, String target) {
        return listing.of(target.equals("current") ? planner.tips(state) : symbols.all(target), Set.of());
    }

    /**
     * Refuses a state in which something is pending.
     *
     * @throws GraphException {@code not_at_heads}, with what is missing, or what the database has and no file
     */
    public void requireAtHeads(AppliedState state) {
        BitSet pending = everything();
        try {
            pending.andNot(planner.applied(state).revisions());
        } catch (GraphException e) {
            throw GraphErrors.unknownAtHeads(e);
        }
        if (!pending.isEmpty()) {
            throw GraphErrors.notAtHeads(ids(order.upwards(pending)), ids(tips));
        }
    }

    /**
     * A new revision that fits into this graph: with it, the graph is still sound.
     *
     * @param id the new one's id
     * @throws GraphException {@code illegal_id}, {@code duplicate_id}, {@code label_conflict}, {@code not_a_head},
     *     {@code duplicate_argument} when a parent is named twice, {@code self_reference} and
     *     {@code dependency_self_reference} when the id is that of what it is to stand on, {@code unresolved_reference} for
     *     a dependency on nothing, and as {@link #resolve} does
     */
    public RevisionNode draft(String id, DraftRequest request) {
        return new Drafts(this, names, edges, symbols).of(id, request);
    }

    /**
     * A new revision that joins heads.
     *
     * @param id the new one's id
     * @param targets what it joins; none means {@code heads}
     * @param labels names of the branch that starts with it
     * @throws GraphException as {@link #draft} does
     */
    public RevisionNode mergeDraft(String id, List<String> targets, List<String> labels) {
        List<String> heads = targets.isEmpty() ? List.of("heads") : targets;
        return draft(id, new DraftRequest(heads, false, labels, List.of()));
    }

    RevisionPlan plan(RevisionStep.Action action, List<Integer> places, Applied before, BitSet after) {
        List<RevisionStep> steps = places.stream()
                .map(place -> new RevisionStep(action, id(place)))
                .toList();
        return new RevisionPlan(steps, sortedIds(before.tips()), sortedIds(planner.rows(after)));
    }

    RevisionPlan rowsPlan(List<RevisionStep> steps, Collection<Integer> before, Collection<Integer> after) {
        return new RevisionPlan(steps, sortedIds(before), sortedIds(after));
    }

    private UpwardTargets upwardTargets() {
        return new UpwardTargets(this, edges, symbols, planner);
    }

    Order order() {
        return order;
    }

    BitSet everything() {
        return (BitSet) everything.clone();
    }

    List<Integer> headPlaces() {
        return heads;
    }

    /** Ids of the heads of the branches that begin at a revision. */
    List<String> headsAbove(int place) {
        BitSet above = edges.lineUpFrom(Symbols.setOf(place));
        return ids(heads.stream().filter(above::get).toList());
    }

    List<Integer> tipPlaces() {
        return tips;
    }

    /** Those of the given revisions that carry a label; all when none is asked for. */
    List<Integer> labelled(List<Integer> places, @Nullable String label) {
        return label == null
                ? places
                : places.stream()
                        .filter(place -> labels.of(place).contains(label))
                        .toList();
    }

    List<Integer> basePlaces() {
        return places(place -> edges.parents(place).length == 0);
    }

    String id(int place) {
        return nodes.get(place).id();
    }

    List<String> ids(Collection<Integer> places) {
        return places.stream().map(this::id).toList();
    }

    private List<String> ids(int[] places) {
        return Arrays.stream(places).mapToObj(this::id).toList();
    }

    private List<String> sortedIds(Collection<Integer> places) {
        return places.stream().map(this::id).sorted().toList();
    }

    private List<String> withoutStart(BitSet found, BitSet start) {
        found.andNot(start);
        return ids(order.upwards(found));
    }

    private List<Integer> places(IntPredicate condition) {
        return IntStream.range(0, nodes.size()).filter(condition).boxed().toList();
    }

    private int place(String id) {
        Integer place = names.byId(id);
        if (place == null) {
            throw GraphErrors.unknownRevision(id, names.ids());
        }
        return place;
    }
}
