package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The lanes beside a listing; dependencies are no lanes. */
class GraphDrawingTest {

    private static RevisionNode node(String id, String... revises) {
        return new RevisionNode(id, List.of(revises), List.of(), List.of());
    }

    private static String draw(RevisionNode... nodes) {
        return draw(RevisionGraph.of(List.of(nodes)).history(AppliedState.none()));
    }

    private static String draw(List<GraphEntry> entries) {
        StringBuilder text = new StringBuilder("\n");
        for (DrawnEntry drawn : GraphDrawing.of(entries)) {
            text.append(drawn.node()).append("  ").append(drawn.entry().id()).append('\n');
            drawn.links().forEach(row -> text.append(row).append('\n'));
        }
        return text.toString();
    }

    @Test
    void nothingIsDrawnOfNothing() {
        assertThat(GraphDrawing.of(List.of())).isEmpty();
    }

    @Test
    void aLineIsOneLane() {
        assertThat(draw(node("a"), node("b", "a"), node("c", "b"))).isEqualTo("""

                *  c
                *  b
                *  a
                """);
    }

    @Test
    void twoHeadsAreTwoLanes() {
        assertThat(draw(node("a"), node("b", "a"), node("left", "b"), node("right", "b")))
                .isEqualTo("""

                *  right
                | *  left
                |/
                *  b
                *  a
                """);
    }

    @Test
    void aDiamondOpensAndCloses() {
        assertThat(draw(node("a"), node("b", "a"), node("c", "a"), node("d", "b", "c"), node("e", "d")))
                .isEqualTo("""

                *  e
                *  d
                |\\
                | *  c
                * |  b
                |/
                *  a
                """);
    }

    @Test
    void aMergeOfThreeOpensThreeLanes() {
        assertThat(draw(node("a"), node("b", "a"), node("c", "a"), node("d", "a"), node("m", "b", "c", "d")))
                .isEqualTo("""

                *  m
                |\\
                |\\ \\
                | | *  d
                | * |  c
                | |/
                * |  b
                |/
                *  a
                """);
    }

    @Test
    void linesThatCrossAreDrawnAcross() {
        assertThat(draw(
                        node("a1"),
                        node("a2"),
                        node("c1", "a1", "a2"),
                        node("c2", "a1", "a2"),
                        node("d1", "c1"),
                        node("d2", "c2")))
                .isEqualTo("""

                *  d2
                *  c2
                |\\
                | | *  d1
                | | *  c1
                | | |\\
                |_|/ /
                | |/
                | *  a2
                *  a1
                """);
    }

    @Test
    void unrelatedLinesAreApart() {
        assertThat(draw(node("a1"), node("a2", "a1"), node("b1"), node("b2", "b1")))
                .isEqualTo("""

                *  b2
                *  b1

                *  a2
                *  a1
                """);
    }

    @Test
    void aDependencyIsNoLane() {
        assertThat(draw(node("a1"), new RevisionNode("b1", List.of(), List.of("a1"), List.of())))
                .isEqualTo("""

                *  b1

                *  a1
                """);
    }

    @Test
    void aParentThatIsNotListedIsNotDrawn() {
        RevisionGraph graph = RevisionGraph.of(List.of(node("a"), node("b", "a"), node("c", "b"), node("d", "b")));
        assertThat(draw(graph.history(AppliedState.none(), "b:c"))).isEqualTo("""

                *  c
                *  b
                """);
    }

    @Test
    void theMarginLeadsOnBesideLongerTexts() {
        List<DrawnEntry> drawn =
                GraphDrawing.of(RevisionGraph.of(List.of(node("a"), node("b", "a"), node("c", "a"), node("z")))
                        .history(AppliedState.none()));
        assertThat(drawn).extracting(DrawnEntry::node).containsExactly("*", "*", "| *", "*");
        assertThat(drawn).extracting(DrawnEntry::margin).containsExactly(" ", "|", "| |", " ");
    }

    @Test
    void everyLaneLeadsToTheParentsAndNowhereElse() {
        RandomGraph.forEach("drawing", 3000, random -> {
            List<GraphEntry> entries = new ArrayList<>(random.graph().history(AppliedState.none()));
            entries.removeIf(entry -> random.seed() % 4 == 0 && random.random().nextInt(5) == 0);
            List<DrawnEntry> drawn = GraphDrawing.of(entries);

            assertThat(drawn).extracting(DrawnEntry::entry).isEqualTo(entries);
            Set<String> listed =
                    new TreeSet<>(entries.stream().map(GraphEntry::id).toList());
            for (int at = 0; at < drawn.size(); at++) {
                DrawnEntry from = drawn.get(at);
                Set<String> parents = new TreeSet<>(from.entry().parents());
                parents.retainAll(listed);
                assertThat(new LaneWalk(drawn).from(at)).as(() -> draw(entries)).isEqualTo(parents);
                assertThat(from.margin()).hasSameSizeAs(from.node());
                assertThat(from.links()).allMatch(row -> row.equals(row.stripTrailing()));
            }
        });
    }
}
