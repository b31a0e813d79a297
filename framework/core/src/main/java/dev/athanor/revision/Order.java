package dev.athanor.revision;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One order for the whole graph, in which every revision comes after all that it revises or depends on. Every plan and
 * listing follows it, so two revisions never change places between commands. A branch is followed to its end before the
 * next one; among equals the load order counts.
 */
final class Order {
    private final int[] sorted;

    /** @param edges without a cycle */
    Order(Edges edges) {
        int[] waitingFor = new int[edges.count()];
        IntStack ready = new IntStack();
        for (int revision = edges.count() - 1; revision >= 0; revision--) {
            waitingFor[revision] = edges.below(revision).length;
            if (waitingFor[revision] == 0) {
                ready.push(revision);
            }
        }
        sorted = new int[edges.count()];
        int placed = 0;
        while (!ready.isEmpty()) {
            int revision = ready.pop();
            sorted[placed++] = revision;
            int[] above = edges.above(revision);
            for (int next = above.length - 1; next >= 0; next--) {
                if (--waitingFor[above[next]] == 0) {
                    ready.push(above[next]);
                }
            }
        }
    }

    /** The given revisions, each after all below it. */
    List<Integer> upwards(BitSet revisions) {
        return IntStream.of(sorted).filter(revisions::get).boxed().toList();
    }

    /** The given revisions, each before all below it. */
    List<Integer> downwards(BitSet revisions) {
        return IntStream.rangeClosed(1, sorted.length)
                .map(fromEnd -> sorted[sorted.length - fromEnd])
                .filter(revisions::get)
                .boxed()
                .toList();
    }
}
