package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What Alembic wrote into new revisions. */
class DraftVectorsTest {

    static Stream<GraphVector> drafts() {
        return Stream.concat(GraphVector.ofCommand("revision"), GraphVector.ofCommand("merge"));
    }

    @ParameterizedTest
    @MethodSource("drafts")
    void saysWhatAlembicWrites(GraphVector vector) {
        vector.check(() -> draft(RevisionGraph.of(vector.revisions()), vector), draft -> {
            JsonNode expected = vector.expect().get("new");
            assertThat(draft.revises()).containsExactlyInAnyOrderElementsOf(GraphVector.texts(expected.get("revises")));
            assertThat(draft.dependsOn())
                    .containsExactlyInAnyOrderElementsOf(GraphVector.texts(expected.get("depends_on")));
            assertThat(draft.labels()).containsExactlyInAnyOrderElementsOf(GraphVector.texts(expected.get("labels")));
        });
    }

    private static RevisionNode draft(RevisionGraph graph, GraphVector vector) {
        String id = vector.values("--rev-id").get(0);
        boolean splice = vector.words().contains("--splice");
        if (vector.command().equals("merge") && !splice) {
            return graph.mergeDraft(id, vector.targets(), vector.values("--branch-label"));
        }
        return graph.draft(
                id,
                new DraftRequest(
                        vector.command().equals("merge") ? vector.targets() : vector.values("--head"),
                        splice,
                        vector.values("--branch-label"),
                        vector.values("--depends-on")));
    }
}
