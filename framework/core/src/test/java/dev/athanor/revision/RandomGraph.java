package dev.athanor.revision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes sound graphs, always the same from the same seed: forks, merges of two and three, several bases, dependencies on ids
 * and on labels, labels.
 */
final class RandomGraph {
    private final long seed;
    private final Random random;
    private final List<RevisionNode> oldestFirst = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();

    RandomGraph(long seed) {
        this.seed = seed;
        random = new Random(seed);
        int size = random.nextInt(30);
        for (int number = 0; number < size; number++) {
            oldestFirst.add(revision(number));
        }
    }

    /** The graphs of all seeds below a count; a failure names its seed. */
    static void forEach(String what, int count, Consumer<RandomGraph> check) {
        System.out.println("random graphs, seeds 0 to " + (count - 1) + ": " + what);
        for (long seed = 0; seed < count; seed++) {
            try {
                check.accept(new RandomGraph(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("of the graph of seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private RevisionNode revision(int number) {
        List<String> parents = some(random.nextInt(8) == 0 ? 0 : random.nextInt(5) == 0 ? 2 + random.nextInt(2) : 1);
        List<String> dependencies = new ArrayList<>(some(random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0));
        if (!labels.isEmpty() && random.nextInt(8) == 0) {
            dependencies.add(labels.get(random.nextInt(labels.size())));
        }
        List<String> own = random.nextInt(10) == 0 ? List.of("branch_" + number) : List.of();
        labels.addAll(own);
        return new RevisionNode("rev" + number + "x", parents, dependencies, own);
    }

    private List<String> some(int count) {
        Set<String> chosen = new HashSet<>();
        for (int at = 0; at < count && !oldestFirst.isEmpty(); at++) {
            chosen.add(anyId());
        }
        return List.copyOf(chosen);
    }

    long seed() {
        return seed;
    }

    Random random() {
        return random;
    }

    boolean isEmpty() {
        return oldestFirst.isEmpty();
    }

    List<String> labels() {
        return labels;
    }

    PlainGraph plain() {
        return new PlainGraph(oldestFirst);
    }

    RevisionGraph graph() {
        return RevisionGraph.of(revisions());
    }

    /** In an order that has nothing to do with the edges. */
    List<RevisionNode> revisions() {
        List<RevisionNode> shuffled = new ArrayList<>(oldestFirst);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    Set<String> ids() {
        Set<String> ids = new HashSet<>();
        oldestFirst.forEach(revision -> ids.add(revision.id()));
        return ids;
    }

    /** Some revisions with all below them. */
    Set<String> someApplied() {
        List<String> tips = IntStream.range(0, isEmpty() ? 0 : random.nextInt(4))
                .mapToObj(at -> anyId())
                .toList();
        return plain().withAllBelow(tips);
    }

    String anyId() {
        return oldestFirst.get(random.nextInt(oldestFirst.size())).id();
    }
}
