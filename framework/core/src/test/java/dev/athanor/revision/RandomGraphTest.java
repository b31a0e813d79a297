package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every graph, checked against definitions written down in the plainest way. */
class RandomGraphTest {

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void upgradesRunWhatIsMissingInAValidOrder(long seed) {
        RandomGraph random = new RandomGraph(seed);
        RevisionGraph graph = RevisionGraph.of(random.revisions());
        Set<String> applied = random.someApplied();
        Set<String> wanted = new HashSet<>();
        String target = random.oldestFirst().isEmpty() || seed % 3 == 0 ? "heads" : random.anyId();
        if (target.equals("heads")) {
            random.oldestFirst().forEach(revision -> wanted.add(revision.id()));
        } else {
            random.addWithAllBelow(target, wanted);
        }
        wanted.removeAll(applied);

        RevisionPlan plan = graph.upgrade(AppliedState.of(applied), target);

        assertThat(plan.ids()).containsExactlyInAnyOrderElementsOf(wanted);
        assertRunnable(random, applied, plan.ids());
        assertThat(plan.rowsBefore()).isEqualTo(random.rows(applied));
        applied.addAll(wanted);
        assertThat(plan.rowsAfter()).isEqualTo(random.rows(applied));
        assertThat(plan).isEqualTo(graph.upgrade(AppliedState.fromTips(plan.rowsBefore()), target));
    }

    private static void assertRunnable(RandomGraph random, Set<String> applied, List<String> steps) {
        Set<String> done = new HashSet<>(applied);
        for (String id : steps) {
            assertThat(done).containsAll(random.below(id));
            assertThat(done.add(id)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneOrderServesAllPlans(long seed) {
        RandomGraph random = new RandomGraph(seed);
        RevisionGraph graph = RevisionGraph.of(random.revisions());
        List<String> sorted = graph.sorted();
        List<String> plan =
                graph.upgrade(AppliedState.of(random.someApplied()), "heads").ids();

        assertRunnable(random, Set.of(), sorted);
        assertThat(sorted.stream().filter(plan::contains)).isEqualTo(plan);
        assertThat(graph.upgrade(AppliedState.none(), "heads").rowsAfter())
                .isEqualTo(graph.tips().stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void downgradesLeaveASoundStateInAValidOrder(long seed) {
        RandomGraph random = new RandomGraph(seed);
        RevisionGraph graph = RevisionGraph.of(random.revisions());
        Set<String> applied = random.someApplied();
        List<String> rows = random.rows(applied);
        String target = applied.isEmpty() || seed % 3 == 0
                ? "base"
                : graph.sorted().stream()
                        .filter(id -> applied.contains(id)
                                && graph.descendants(id, false).stream().anyMatch(applied::contains))
                        .findFirst()
                        .orElse(rows.get(0));

        RevisionPlan plan = graph.downgrade(AppliedState.of(applied), target);

        List<String> reversed = new ArrayList<>(plan.ids());
        Collections.reverse(reversed);
        Set<String> left = new HashSet<>(applied);
        left.removeAll(reversed);
        assertThat(plan.rowsAfter()).isEqualTo(random.rows(left));
        assertRunnable(
                random, Set.of(), graph.sorted().stream().filter(left::contains).toList());
        assertRunnable(random, left, reversed);
        assertThat(plan.steps()).allMatch(step -> step.action() == RevisionStep.Action.DOWNGRADE);
        assertThat(graph.upgrade(AppliedState.of(left), "heads").ids()).containsAll(reversed);
    }
}
