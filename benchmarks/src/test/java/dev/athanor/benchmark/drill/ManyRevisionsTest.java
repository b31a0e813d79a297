package dev.athanor.benchmark.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import org.junit.jupiter.api.Test;

class ManyRevisionsTest {
    @Test
    void they_form_a_graph_with_branches_and_merges_and_all_of_them_are_planned() {
        RevisionGraph graph = RevisionGraph.of(ManyRevisions.nodes(1_000));
        assertThat(graph.bases()).containsExactly("r000000");
        assertThat(graph.mergePoints()).hasSizeGreaterThan(90);
        assertThat(graph.upgrade(AppliedState.none(), "heads").steps()).hasSize(1_000);
    }
}
