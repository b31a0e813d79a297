package dev.athanor.revision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes sound graphs, always the same from the same seed: forks, merges, several bases, dependencies, labels. */
final class RandomGraph {
    private final Random random;
    private final List<RevisionNode> oldestFirst = new ArrayList<>();

    RandomGraph(long seed) {
        random = new Random(seed);
        int size = random.nextInt(30);
        for (int number = 0; number < size; number++) {
            List<String> parents = some(random.nextInt(8) == 0 ? 0 : random.nextInt(5) == 0 ? 2 : 1);
            List<String> dependencies = some(random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0);
            List<String> labels = random.nextInt(10) == 0 ? List.of("branch_" + number) : List.of();
            oldestFirst.add(new RevisionNode("rev" + number + "x", parents, dependencies, labels));
        }
    }

    private List<String> some(int count) {
        Set<String> chosen = new HashSet<>();
        for (int at = 0; at < count && !oldestFirst.isEmpty(); at++) {
            chosen.add(oldestFirst.get(random.nextInt(oldestFirst.size())).id());
        }
        return List.copyOf(chosen);
    }

    /** In an order that has nothing to do with the edges. */
    List<RevisionNode> revisions() {
        List<RevisionNode> shuffled = new ArrayList<>(oldestFirst);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    List<RevisionNode> oldestFirst() {
        return oldestFirst;
    }

    /** Some revisions with all below them, found in the plainest way. */
    Set<String> someApplied() {
        Set<String> applied = new HashSet<>();
        IntStream.range(0, oldestFirst.isEmpty() ? 0 : random.nextInt(4))
                .forEach(at -> addWithAllBelow(anyId(), applied));
        return applied;
    }

    String anyId() {
        return oldestFirst.get(random.nextInt(oldestFirst.size())).id();
    }

    void addWithAllBelow(String id, Set<String> found) {
        if (found.add(id)) {
            below(id).forEach(lower -> addWithAllBelow(lower, found));
        }
    }

    List<String> below(String id) {
        RevisionNode revision = oldestFirst.stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow();
        List<String> below = new ArrayList<>(revision.revises());
        below.addAll(revision.dependsOn());
        return below;
    }

    /** The definition of the rows: applied, and no other applied revision stands on it. */
    List<String> rows(Set<String> applied) {
        return applied.stream()
                .filter(id -> applied.stream()
                        .filter(other -> !other.equals(id))
                        .noneMatch(other -> {
                            Set<String> stands = new HashSet<>();
                            addWithAllBelow(other, stands);
                            return stands.contains(id);
                        }))
                .sorted()
                .toList();
    }
}
