package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold for every graph, checked against definitions written down in the plainest way. */
class RandomGraphTest {
    private static final int GRAPHS = 3000;

    @Test
    void upgradesRunWhatIsMissingInAValidOrder() {
        RandomGraph.forEach("upgrade", GRAPHS, random -> {
            RevisionGraph graph = random.graph();
            PlainGraph plain = random.plain();
            Set<String> applied = random.someApplied();
            String target = random.isEmpty() || random.seed() % 3 == 0 ? "heads" : random.anyId();
            Set<String> wanted = target.equals("heads") ? random.ids() : plain.withAllBelow(List.of(target));
            wanted.removeAll(applied);

            RevisionPlan plan = graph.upgrade(AppliedState.of(applied), target);

            assertThat(plan.ids()).containsExactlyInAnyOrderElementsOf(wanted);
            assertRunnable(plain, applied, plan.ids());
            assertThat(plan.rowsBefore()).isEqualTo(plain.rows(applied));
            assertThat(graph.trace(AppliedState.of(applied), plan)).isEqualTo(plain.trace(applied, plan.steps()));
            applied.addAll(wanted);
            assertThat(plan.rowsAfter()).isEqualTo(plain.rows(applied));
            assertThat(plan).isEqualTo(graph.upgrade(AppliedState.fromTips(plan.rowsBefore()), target));
        });
    }

    private static void assertRunnable(PlainGraph plain, Set<String> applied, List<String> steps) {
        Set<String> done = new HashSet<>(applied);
        for (String id : steps) {
            assertThat(done).containsAll(plain.below(id));
            assertThat(done.add(id)).isTrue();
        }
    }

    @Test
    void oneOrderServesAllPlans() {
        RandomGraph.forEach("one order", GRAPHS, random -> {
            RevisionGraph graph = random.graph();
            List<String> sorted = graph.sorted();
            List<String> plan = graph.upgrade(AppliedState.of(random.someApplied()), "heads")
                    .ids();

            assertRunnable(random.plain(), Set.of(), sorted);
            assertThat(sorted.stream().filter(plan::contains)).isEqualTo(plan);
            assertThat(graph.upgrade(AppliedState.none(), "heads").rowsAfter())
                    .isEqualTo(graph.tips().stream().sorted().toList());
        });
    }

    /** Undone is what revises the target, with all that stands on that; a mere dependency of the target is none of it. */
    @Test
    void downgradesUndoWhatStandsOnTheTargetAndUpgradesBringItBack() {
        RandomGraph.forEach("downgrade and upgrade again", GRAPHS, random -> {
            RevisionGraph graph = random.graph();
            PlainGraph plain = random.plain();
            Set<String> applied = random.someApplied();
            List<String> targets = new ArrayList<>(applied);
            targets.removeIf(id -> plain.children(id).stream().noneMatch(applied::contains));
            Collections.sort(targets);
            boolean all = targets.isEmpty() || random.seed() % 4 == 0;
            String target = all ? "base" : targets.get(random.random().nextInt(targets.size()));
            Set<String> undone = all ? new HashSet<>(applied) : plain.withAllAbove(plain.children(target));
            undone.retainAll(applied);

            RevisionPlan down = graph.downgrade(AppliedState.of(applied), target);

            assertThat(down.ids()).containsExactlyInAnyOrderElementsOf(undone);
            Set<String> left = new HashSet<>(applied);
            left.removeAll(undone);
            List<String> reversed = new ArrayList<>(down.ids());
            Collections.reverse(reversed);
            assertRunnable(plain, left, reversed);
            assertThat(down.rowsAfter()).isEqualTo(plain.rows(left));
            assertThat(graph.trace(AppliedState.of(applied), down)).isEqualTo(plain.trace(applied, down.steps()));
            assertThat(bringBack(graph, down)).isEqualTo(down.rowsBefore());
        });
    }

    private static List<String> bringBack(RevisionGraph graph, RevisionPlan down) {
        List<String> rows = down.rowsAfter();
        List<String> steps = new ArrayList<>();
        for (String row : down.rowsBefore()) {
            RevisionPlan up = graph.upgrade(AppliedState.fromTips(rows), row);
            steps.addAll(up.ids());
            rows = up.rowsAfter();
        }
        assertThat(steps).containsExactlyInAnyOrderElementsOf(down.ids());
        return rows;
    }

    /** From where only the line up to a revision is applied, an upgrade of that line is undone by going back to it. */
    @Test
    void downgradesUndoUpgrades() {
        int[] same = {0};
        RandomGraph.forEach("upgrade and downgrade again", GRAPHS, random -> {
            RevisionGraph graph = random.graph();
            PlainGraph plain = random.plain();
            RevisionPlan all = graph.upgrade(AppliedState.none(), "heads");
            RevisionPlan none = graph.downgrade(AppliedState.fromTips(all.rowsAfter()), "base");
            assertThat(none.ids()).containsExactlyInAnyOrderElementsOf(all.ids());
            assertThat(none.rowsAfter()).isEmpty();
            if (random.isEmpty()) {
                return;
            }
            String start = random.anyId();
            List<String> above = graph.descendants(start, false);
            if (above.isEmpty()) {
                return;
            }
            String target = above.get(random.random().nextInt(above.size()));
            AppliedState before = AppliedState.of(plain.withAllBelow(List.of(start)));
            RevisionPlan up = graph.upgrade(before, target);
            RevisionPlan down = graph.downgrade(AppliedState.fromTips(up.rowsAfter()), start);
            assertThat(up.ids()).containsAll(down.ids()).contains(target);
            assertThat(down.ids()).contains(target);
            Set<String> stands = plain.withAllAbove(plain.children(start));
            if (stands.containsAll(up.ids())) {
                same[0]++;
                assertThat(down.rowsAfter()).isEqualTo(up.rowsBefore());
            }
        });
        assertThat(same[0]).isGreaterThan(GRAPHS / 4);
    }

    /** A database need not have everything below what it has: revisions may have joined the graph later. */
    @Test
    void whatIsMissingBelowIsPending() {
        RandomGraph.forEach("holes", GRAPHS, random -> {
            RevisionGraph graph = random.graph();
            PlainGraph plain = random.plain();
            Set<String> applied = random.ids();
            applied.removeIf(id -> random.random().nextInt(3) == 0);
            AppliedState state = AppliedState.of(applied);

            RevisionPlan plan = graph.upgrade(state, "heads");

            Set<String> missing = random.ids();
            missing.removeAll(applied);
            assertThat(plan.ids()).containsExactlyInAnyOrderElementsOf(missing);
            assertThat(graph.sorted().stream().filter(missing::contains)).isEqualTo(plan.ids());
            assertThat(plan.rowsBefore()).isEqualTo(plain.rows(applied)).isEqualTo(graph.rows(state));
            assertThat(graph.trace(state, plan)).isEqualTo(plain.trace(applied, plan.steps()));
            assertThat(graph.downgrade(state, "base").ids()).containsExactlyInAnyOrderElementsOf(applied);
        });
    }

    @Test
    void aStampTakesThePlaceOfWhatStandsAboveOrBelow() {
        RandomGraph.forEach("stamp", GRAPHS, random -> {
            RevisionGraph graph = random.graph();
            PlainGraph plain = random.plain();
            AppliedState state = AppliedState.of(random.someApplied());
            List<String> before = graph.rows(state);
            assertThat(graph.stamp(state, List.of("base")).rowsAfter()).isEmpty();
            assertThat(graph.stamp(AppliedState.none(), List.of("heads")).rowsAfter())
                    .isEqualTo(graph.tips().stream().sorted().toList());
            if (random.isEmpty()) {
                return;
            }
            String target = random.anyId();
            Set<String> line = plain.withAllAbove(List.of(target));
            line.addAll(plain.withAllBelow(List.of(target)));
            Set<String> expected = new HashSet<>(before);
            expected.removeAll(line);
            expected.add(target);

            RevisionPlan plan = graph.stamp(state, List.of(target));

            assertThat(plan.rowsAfter()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(plain.rows(plain.withAllBelow(plan.rowsAfter()))).isEqualTo(plan.rowsAfter());
            List<List<String>> trace = graph.trace(state, plan);
            assertThat(trace.isEmpty() ? before : trace.get(trace.size() - 1)).isEqualTo(plan.rowsAfter());
        });
    }
}
