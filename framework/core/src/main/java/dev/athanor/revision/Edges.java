package dev.athanor.revision;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The edges of a graph between revisions, each known by its place in load order. Walks use a stack of their own, so that a
 * line of any length can be walked.
 */
final class Edges {
    private final int[][] parents;
    private final int[][] dependencies;
    private final int[][] below;
    private final int[][] children;
    private final int[][] above;

    /**
     * @param parents of each revision, without repetition
     * @param dependencies of each revision, without repetition
     */
    Edges(int[][] parents, int[][] dependencies) {
        this.parents = parents;
        this.dependencies = dependencies;
        below = new int[parents.length][];
        for (int revision = 0; revision < parents.length; revision++) {
            below[revision] = IntStream.concat(Arrays.stream(parents[revision]), Arrays.stream(dependencies[revision]))
                    .distinct()
                    .toArray();
        }
        children = reversed(parents);
        above = reversed(below);
    }

    private static int[][] reversed(int[][] edges) {
        int[] sizes = new int[edges.length];
        for (int[] targets : edges) {
            for (int target : targets) {
                sizes[target]++;
            }
        }
        int[][] reversed = new int[edges.length][];
        Arrays.setAll(reversed, target -> new int[sizes[target]]);
        int[] filled = new int[edges.length];
        for (int from = 0; from < edges.length; from++) {
            for (int target : edges[from]) {
                reversed[target][filled[target]++] = from;
            }
        }
        return reversed;
    }

    int count() {
        return parents.length;
    }

    int[] parents(int revision) {
        return parents[revision];
    }

    int[] dependencies(int revision) {
        return dependencies[revision];
    }

    /** Parents and dependencies. */
    int[] below(int revision) {
        return below[revision];
    }

    int[] children(int revision) {
        return children[revision];
    }

    /** Children, and revisions that depend on this one. */
    int[] above(int revision) {
        return above[revision];
    }

    /** The given revisions with all that they revise or depend on, directly or not. */
    BitSet downFrom(BitSet start) {
        return reach(start, this::below);
    }

    /** The given revisions with all that revise or depend on them, directly or not. */
    BitSet upFrom(BitSet start) {
        return reach(start, this::above);
    }

    /** As {@link #downFrom}, over parents only. */
    BitSet lineDownFrom(BitSet start) {
        return reach(start, this::parents);
    }

    /** As {@link #upFrom}, over children only. */
    BitSet lineUpFrom(BitSet start) {
        return reach(start, this::children);
    }

    /** All that the given revisions revise or depend on; one of them is part of it only when another stands on it. */
    BitSet strictlyBelow(BitSet start) {
        BitSet first = new BitSet();
        start.stream().forEach(revision -> Arrays.stream(below[revision]).forEach(first::set));
        return downFrom(first);
    }

    /** Those of the given revisions that no other of them revises; a dependency counts for nothing. */
    BitSet lineTips(BitSet revisions) {
        BitSet tips = (BitSet) revisions.clone();
        revisions.stream().forEach(revision -> Arrays.stream(parents[revision]).forEach(tips::clear));
        return tips;
    }

    private static BitSet reach(BitSet start, IntFunction<int[]> next) {
        BitSet seen = (BitSet) start.clone();
        IntStack todo = new IntStack();
        start.stream().forEach(todo::push);
        while (!todo.isEmpty()) {
            for (int neighbour : next.apply(todo.pop())) {
                if (!seen.get(neighbour)) {
                    seen.set(neighbour);
                    todo.push(neighbour);
                }
            }
        }
        return seen;
    }
}
