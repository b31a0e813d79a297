package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs as large as no team has them. */
class LargeGraphTest {
    /** Far above what it takes (some tens of milliseconds), so that only another order of growth fails. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private static List<RevisionNode> branches(int branches, int length) {
        List<RevisionNode> revisions = new ArrayList<>();
        revisions.add(new RevisionNode("root", List.of(), List.of(), List.of()));
        for (int branch = 0; branch < branches; branch++) {
            String parent = "root";
            for (int step = 0; step < length; step++) {
                String id = "b" + branch + "_" + step;
                List<String> dependsOn =
                        step == length / 2 && branch > 0 ? List.of("b" + (branch - 1) + "_" + step) : List.of();
                List<String> labels = step == 0 ? List.of("branch" + branch) : List.of();
                revisions.add(new RevisionNode(id, List.of(parent), dependsOn, labels));
                parent = id;
            }
        }
        return revisions;
    }

    @Test
    void tenThousandRevisionsInFiveHundredBranches() {
        List<RevisionNode> revisions = branches(500, 20);
        Instant start = Instant.now();

        RevisionGraph graph = RevisionGraph.of(revisions);
        RevisionPlan all = graph.upgrade(AppliedState.none(), "heads");
        RevisionPlan one = graph.upgrade(AppliedState.fromTips(List.of("b10_19")), "branch499@head");

        assertThat(Duration.between(start, Instant.now())).isLessThan(LIMIT);
        assertThat(all.ids()).hasSize(10_001);
        assertThat(all.rowsAfter()).hasSize(500);
        assertThat(one.ids()).doesNotContain("b10_3").contains("b11_3", "b499_19");
    }

    @Test
    void tenThousandRevisionsAreDrawnMergedAndTraced() {
        RevisionGraph graph = RevisionGraph.of(branches(500, 20));

        List<DrawnEntry> drawn = GraphDrawing.of(graph.history(AppliedState.none()));
        RevisionNode merge = graph.mergeDraft("joined", List.of(), List.of());
        RevisionPlan line = graph.upgrade(AppliedState.none(), "branch499@head");

        assertThat(drawn).hasSize(10_001);
        assertThat(drawn).extracting(entry -> entry.links().size()).allMatch(links -> links < 2);
        assertThat(merge.revises()).hasSize(500);
        assertThat(graph.trace(AppliedState.none(), line))
                .hasSameSizeAs(line.steps())
                .endsWith(line.rowsAfter());
    }

    @Test
    void aLineOfAHundredThousand() {
        List<RevisionNode> revisions = branches(1, 100_000);

        RevisionGraph graph = RevisionGraph.of(revisions);

        assertThat(graph.upgrade(AppliedState.none(), "head").ids()).hasSize(100_001);
        assertThat(graph.upgrade(AppliedState.none(), "head-99999").ids()).hasSize(2);
    }

    @Test
    void aCircleOfAHundredThousand() {
        List<RevisionNode> revisions = branches(1, 100_000);
        revisions.set(0, new RevisionNode("root", List.of("b0_99999"), List.of(), List.of()));

        assertThatThrownBy(() -> RevisionGraph.of(revisions))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("\"root\" revises \"b0_99999\"")
                .hasMessageContaining("over 100001 revisions");
    }
}
