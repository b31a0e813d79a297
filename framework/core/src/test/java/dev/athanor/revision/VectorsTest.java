package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every question that Alembic was asked, and its answer. */
class VectorsTest {
    private static final Map<String, Integer> COUNTS = new TreeMap<>();

    static Stream<GraphVector> vectors() {
        return GraphVector.all();
    }

    @BeforeAll
    static void begin() {
        COUNTS.clear();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void answersAsAlembicDoes(GraphVector vector) {
        if (!vector.isForTheCommandLine()) {
            new VectorQuestion(vector).check();
        }
        COUNTS.merge(vector.isForTheCommandLine() ? "usage" : vector.compare(), 1, Integer::sum);
    }

    /** Options that do not go together are refused before the graph is asked; the tests of the commands hold that. */
    @AfterAll
    static void nothingIsLeftOut() {
        int all = COUNTS.values().stream().mapToInt(Integer::intValue).sum();
        int shown = COUNTS.getOrDefault("advisory", 0) + COUNTS.getOrDefault("usage", 0);
        System.out.println("vectors: " + (all - shown) + " of " + all + " compared: " + COUNTS);
        assertThat((long) all).isEqualTo(GraphVector.all().count()).isEqualTo(1061);
        assertThat(COUNTS).containsEntry("usage", 1).containsEntry("advisory", 12);
    }
}
