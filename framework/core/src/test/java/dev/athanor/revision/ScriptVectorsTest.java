package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Alembic printed with {@code --sql}. */
class ScriptVectorsTest {

    /** {@code --purge} makes no sense in a script; that is for the command line to refuse. */
    static Stream<GraphVector> scripts() {
        return GraphVector.all()
                .filter(GraphVector::isSql)
                .filter(vector -> !vector.words().contains("--purge"));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void planWhatAlembicPrints(GraphVector vector) {
        vector.check(() -> plan(RevisionGraph.of(vector.revisions()), vector), plan -> {
            vector.checkPlan(plan);
            assertThat(plan.rowsBefore())
                    .isEqualTo(GraphVector.texts(vector.expect().get("versions_before")));
        });
    }

    private static RevisionPlan plan(RevisionGraph graph, GraphVector vector) {
        String range = vector.targets().get(0);
        return switch (vector.command()) {
            case "upgrade" -> graph.upgradeScript(range);
            case "downgrade" -> graph.downgradeScript(range);
            default -> graph.stampScript(range);
        };
    }
}
