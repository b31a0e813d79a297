package dev.athanor.revision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/** Finds revisions that come before themselves. */
final class Cycles {
    private final int count;
    private final IntFunction<int[]> below;

    /**
     * @param count number of revisions
     * @param below what each of them stands on
     */
    Cycles(int count, IntFunction<int[]> below) {
        this.count = count;
        this.below = below;
    }

    /** Cycles without common members, each in the order of its edges; together they touch every cycle there is. */
    List<List<Integer>> find() {
        List<List<Integer>> found = new ArrayList<>();
        BitSet open = withoutEnds(all());
        while (!open.isEmpty()) {
            List<Integer> cycle = cycleIn(open);
            found.add(cycle);
            cycle.forEach(open::clear);
            open = withoutEnds(open);
        }
        return found;
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, count);
        return all;
    }

    /** Leaves out, again and again, what stands on nothing that is left: the rest stands on a cycle. */
    private BitSet withoutEnds(BitSet within) {
        int[] standsOn = new int[count];
        List<List<Integer>> above = new ArrayList<>();
        for (int revision = 0; revision < count; revision++) {
            above.add(new ArrayList<>());
        }
        within.stream().forEach(revision -> {
            for (int lower : below.apply(revision)) {
                if (within.get(lower)) {
                    standsOn[revision]++;
                    above.get(lower).add(revision);
                }
            }
        });
        BitSet left = (BitSet) within.clone();
        IntStack ends = new IntStack();
        within.stream().filter(revision -> standsOn[revision] == 0).forEach(ends::push);
        while (!ends.isEmpty()) {
            int end = ends.pop();
            left.clear(end);
            above.get(end).stream().filter(upper -> --standsOn[upper] == 0).forEach(ends::push);
        }
        return left;
    }

    /** Goes down until a revision comes a second time; that must happen, since all stand on something in the set. */
    private List<Integer> cycleIn(BitSet open) {
        List<Integer> path = new ArrayList<>();
        BitSet seen = new BitSet();
        int revision = open.nextSetBit(0);
        while (!seen.get(revision)) {
            seen.set(revision);
            path.add(revision);
            revision = firstBelow(revision, open);
        }
        return List.copyOf(path.subList(path.indexOf(revision), path.size()));
    }

    private int firstBelow(int revision, BitSet open) {
        for (int lower : below.apply(revision)) {
            if (open.get(lower)) {
                return lower;
            }
        }
        throw new IllegalStateException("revision " + revision + " stands on no cycle");
    }
}
