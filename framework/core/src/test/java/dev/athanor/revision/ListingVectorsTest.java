package dev.athanor.revision;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Alembic answered to questions that change nothing. */
class ListingVectorsTest {

    static Stream<GraphVector> heads() {
        return GraphVector.ofCommand("heads");
    }

    @ParameterizedTest
    @MethodSource("heads")
    void listsHeads(GraphVector vector) {
        vector.check(
                () -> {
                    RevisionGraph graph = RevisionGraph.of(vector.revisions());
                    return vector.words().contains("--resolve-dependencies")
                            ? graph.show(vector.state(), "heads")
                            : graph.headEntries();
                },
                vector::checkList);
    }

    static Stream<GraphVector> branches() {
        return GraphVector.ofCommand("branches");
    }

    @ParameterizedTest
    @MethodSource("branches")
    void listsBranches(GraphVector vector) {
        vector.check(() -> RevisionGraph.of(vector.revisions()).branches(), vector::checkList);
    }

    static Stream<GraphVector> show() {
        return GraphVector.ofCommand("show");
    }

    @ParameterizedTest
    @MethodSource("show")
    void shows(GraphVector vector) {
        vector.check(() -> RevisionGraph.of(vector.revisions()).show(vector.state(), vector.args()), vector::checkList);
    }

    static Stream<GraphVector> current() {
        return GraphVector.ofCommand("current").filter(vector -> !vector.words().contains("--check-heads"));
    }

    @ParameterizedTest
    @MethodSource("current")
    void listsCurrent(GraphVector vector) {
        vector.check(() -> RevisionGraph.of(vector.revisions()).current(vector.state()), vector::checkList);
    }

    static Stream<GraphVector> history() {
        return GraphVector.ofCommand("history");
    }

    @ParameterizedTest
    @MethodSource("history")
    void listsHistory(GraphVector vector) {
        vector.check(
                () -> {
                    RevisionGraph graph = RevisionGraph.of(vector.revisions());
                    int option = vector.words().indexOf("-r");
                    return option < 0
                            ? graph.history(vector.state())
                            : graph.history(vector.state(), vector.words().get(option + 1));
                },
                vector::checkList);
    }
}
