package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.athanor.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphFaultsTest {

    private static RevisionNode node(String id, String... revises) {
        return new RevisionNode(id, List.of(revises), List.of(), List.of());
    }

    private static RevisionNode depending(String id, String... dependsOn) {
        return new RevisionNode(id, List.of(), List.of(dependsOn), List.of());
    }

    private static RevisionNode labelled(String id, String... labels) {
        return new RevisionNode(id, List.of(), List.of(), List.of(labels));
    }

    private static GraphException refusal(RevisionNode... revisions) {
        return catchThrowableOfType(GraphException.class, () -> RevisionGraph.of(List.of(revisions)));
    }

    @Test
    void reportsAllFaultsAtOnce() {
        GraphException refusal = refusal(
                node("a"),
                node("b", "gone"),
                node("c", "d"),
                node("d", "c"),
                node("x-1"),
                node("a"),
                labelled("e", "lab"),
                labelled("f", "lab", "a"));

        assertThat(refusal.kind()).isEqualTo(FailureKind.GRAPH);
        assertThat(refusal.code()).isEqualTo("illegal_id");
        assertThat(refusal.faults().stream().map(GraphFault::code))
                .containsExactly(
                        "illegal_id",
                        "duplicate_id",
                        "label_conflict",
                        "label_conflict",
                        "unresolved_reference",
                        "cycle");
        assertThat(refusal.revisions()).containsExactlyInAnyOrder("x-1", "a", "e", "f", "b", "c", "d");
    }

    @Test
    void namesTheWayAroundACycle() {
        GraphException refusal =
                refusal(node("start"), node("top", "b"), node("a", "c"), node("b", "a"), node("c", "b"));

        assertThat(refusal.faults()).anySatisfy(fault -> {
            assertThat(fault.code()).isEqualTo("cycle");
            assertThat(fault.message()).contains("\"b\" revises \"a\" revises \"c\" revises \"b\"");
            assertThat(fault.revisions()).containsExactlyInAnyOrder("a", "b", "c");
        });
    }

    @Test
    void findsACycleBetweenABaseAndAHead() {
        assertThat(refusal(node("a"), node("b", "a", "d"), node("c", "b"), node("d", "c"), node("e", "d"))
                        .code())
                .isEqualTo("cycle");
    }

    @Test
    void tellsDependenciesFromParentsInACycle() {
        GraphException refusal = refusal(depending("a", "c"), node("b", "a"), node("c", "b"));

        assertThat(refusal.code()).isEqualTo("dependency_cycle");
        assertThat(refusal).hasMessageContaining("\"a\" depends on \"c\" revises \"b\" revises \"a\"");
    }

    @Test
    void dependingOnTheOwnLabelIsACycle() {
        assertThat(refusal(new RevisionNode("a", List.of(), List.of("lab"), List.of("lab")))
                        .code())
                .isEqualTo("dependency_cycle");
    }

    @Test
    void suggestsTheParentThatWasMeant() {
        GraphException refusal = refusal(node("data001"), node("data002", "data01"));

        assertThat(refusal.code()).isEqualTo("unresolved_reference");
        assertThat(refusal)
                .hasMessage("revision \"data002\" names \"data01\" in \"revises\", and there is no such revision");
        assertThat(refusal.hint()).contains("Did you mean \"data001\"");
    }

    @Test
    void aParentIsNoLabel() {
        assertThat(refusal(labelled("data001", "lab"), node("data002", "lab")).hint())
                .isEqualTo("\"lab\" is a label; name the revision itself: \"data001\".");
    }

    @Test
    void wordsOfTargetsAreNoNames() {
        assertThat(refusal(node("head")).code()).isEqualTo("illegal_id");
        assertThat(refusal(node("")).code()).isEqualTo("illegal_id");
        assertThat(refusal(labelled("a", "base")).code()).isEqualTo("illegal_id");
        assertThat(refusal(labelled("a", "two words")).code()).isEqualTo("illegal_id");
    }
}
