package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.athanor.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** New revisions, where the vectors leave something open. */
class DraftsTest {
    private static final RevisionGraph EMPTY = RevisionGraph.of(List.of());
    /** Two branches on one base, one of them labelled; the other's head is what a third line depends on. */
    private static final RevisionGraph GRAPH = RevisionGraph.of(List.of(
            node("root0", List.of(), List.of(), List.of()),
            node("left1", List.of("root0"), List.of(), List.of("left")),
            node("left2", List.of("left1"), List.of(), List.of()),
            node("right1", List.of("root0"), List.of(), List.of()),
            node("other1", List.of(), List.of("right1"), List.of("other"))));

    private static RevisionNode node(String id, List<String> revises, List<String> dependsOn, List<String> labels) {
        return new RevisionNode(id, revises, dependsOn, labels);
    }

    private static DraftRequest on(String... heads) {
        return new DraftRequest(List.of(heads), false, List.of(), List.of());
    }

    private static DraftRequest splice(String... heads) {
        return new DraftRequest(List.of(heads), true, List.of(), List.of());
    }

    private static DraftRequest labelled(String label) {
        return new DraftRequest(List.of("base"), false, List.of(label), List.of());
    }

    private static DraftRequest dependingOn(String... dependsOn) {
        return new DraftRequest(List.of("left@head"), false, List.of(), List.of(dependsOn));
    }

    private static void refuses(String code, ThrowingCallable draft, String message, String hint) {
        assertThatThrownBy(draft).isInstanceOfSatisfying(GraphException.class, e -> {
            assertThat(e.kind()).isEqualTo(FailureKind.GRAPH);
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).contains(message);
            assertThat(e.hint()).contains(hint);
        });
    }

    @Test
    void theFirstRevisionIsABase() {
        assertThat(EMPTY.draft("first1", on())).isEqualTo(node("first1", List.of(), List.of(), List.of()));
        assertThat(EMPTY.mergeDraft("first1", List.of(), List.of()).revises()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "left@head, left2",
        "left2, left2",
        "righ, right1",
        "other@heads, other1",
        "heads, left2 other1",
        "base, none",
        "left@-1, left1",
    })
    void headsMayBeWrittenInEveryWay(String head, String parents) {
        List<String> expected = parents.equals("none") ? List.of() : List.of(parents.split(" "));
        assertThat(GRAPH.draft("new1", splice(head)).revises()).isEqualTo(expected);
    }

    @Test
    void aHeadOnWhichOnlyADependencyStandsIsAHead() {
        assertThat(GRAPH.draft("new1", on("right1")).revises()).containsExactly("right1");
    }

    @Test
    void onlyAHeadIsRevisedUnlessSpliced() {
        refuses("not_a_head", () -> GRAPH.draft("new1", on("left1")), "\"left1\"", "--head left1 --splice");
        refuses("not_a_head", () -> GRAPH.draft("new1", on("root0")), "\"left2\", \"right1\"", "--head left2;");
        refuses("not_a_head", () -> GRAPH.mergeDraft("new1", List.of("left1", "right1"), List.of()), "left1", "splice");
        assertThat(GRAPH.draft("new1", splice("left1", "right1")).revises()).containsExactly("left1", "right1");
    }

    @Test
    void severalHeadsMustBeChosenFrom() {
        refuses("multiple_heads", () -> GRAPH.draft("new1", on()), "3: ", "athanor merge");
        refuses("multiple_heads", () -> GRAPH.draft("new1", dependingOn("heads")), "\"heads\"", "athanor merge");
        assertThat(GRAPH.mergeDraft("new1", List.of(), List.of("joined")))
                .isEqualTo(node("new1", List.of("left2", "other1"), List.of(), List.of("joined")));
    }

    @Test
    void aParentIsNamedOnce() {
        refuses("duplicate_argument", () -> GRAPH.draft("new1", on("left2", "left@head")), "left2 left@head", "once");
        refuses("duplicate_argument", () -> GRAPH.draft("new1", splice("left1", "left1")), "left1", "once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-b", "a+b", "a@b", "a:b", "a b", "\"tick\"\"ets; drop\"", "head", "base", "current"})
    void anIdMustBeUsableInTargets(String id) {
        refuses("illegal_id", () -> GRAPH.draft(id, on("nowhere")), '"' + id + '"', "--rev-id");
    }

    @Test
    void anIdIsNewInEveryRespect() {
        refuses("duplicate_id", () -> GRAPH.draft("left1", on("left2")), "\"left1\"", "--rev-id");
        refuses("label_conflict", () -> GRAPH.draft("other", on("left2")), "label of revision \"other1\"", "--rev-id");
        refuses("self_reference", () -> GRAPH.draft("left2", on("left2")), "already", "--rev-id");
        refuses("dependency_self_reference", () -> GRAPH.draft("right1", dependingOn("right1")), "already", "--rev-id");
    }

    @Test
    void aLabelIsNewInEveryRespect() {
        refuses("label_conflict", () -> GRAPH.draft("new1", labelled("left")), "\"left1\"", "--head left@head");
        refuses("label_conflict", () -> GRAPH.draft("new1", labelled("right1")), "id of a revision", "--branch-label");
        refuses("label_conflict", () -> GRAPH.draft("new1", labelled("new1")), "id of a revision", "--branch-label");
        refuses("illegal_id", () -> GRAPH.draft("new1", labelled("two words")), "\"two words\"", "--branch-label");
        refuses("illegal_id", () -> GRAPH.draft("new1", labelled("heads")), "\"heads\"", "--branch-label");
        refuses("illegal_id", () -> GRAPH.draft("new1", labelled("-1")), "\"-1\"", "a step such as -1");
        assertThat(GRAPH.draft("new1", labelled("2025-1")).labels()).containsExactly("2025-1");
        assertThat(GRAPH.draft("new1", new DraftRequest(List.of("base"), false, List.of("a", "b", "a"), List.of()))
                        .labels())
                .containsExactly("a", "b");
    }

    @Test
    void dependenciesBecomeFullIdsAndLabelsStay() {
        assertThat(GRAPH.draft("new1", dependingOn("righ", "other", "other@head", "right1"))
                        .dependsOn())
                .containsExactly("right1", "other", "other1");
        refuses("unknown_revision", () -> GRAPH.draft("new1", dependingOn("nowhere")), "\"nowhere\"", "history");
        refuses("unknown_branch", () -> GRAPH.draft("new1", dependingOn("lefty@base")), "\"lefty\"", "athanor heads");
        refuses(
                "unresolved_reference",
                () -> GRAPH.draft("new1", dependingOn("left@base")),
                "\"left@base\"",
                "--depends-on");
        refuses("unresolved_reference", () -> GRAPH.draft("new1", dependingOn("base")), "\"base\"", "--depends-on");
    }

    @Test
    void whatAMergeSaysJoinsTheGraph() {
        List<RevisionNode> nodes = new ArrayList<>(GRAPH.nodes());
        nodes.add(GRAPH.mergeDraft("joined1", List.of("heads"), List.of()));
        assertThat(RevisionGraph.of(nodes).heads()).containsExactly("right1", "joined1");
        assertThat(RevisionGraph.of(nodes).tips()).containsExactly("joined1");
    }

    @Test
    void everythingPendingKeepsADatabaseFromTheHeads() {
        AppliedState all = AppliedState.fromTips(List.of("left2", "other1"));
        GRAPH.requireAtHeads(all);
        GRAPH.requireAtHeads(AppliedState.fromTips(List.of("left2", "other1", "right1")));
        EMPTY.requireAtHeads(AppliedState.none());
        refuses(
                "not_at_heads",
                () -> GRAPH.requireAtHeads(AppliedState.fromTips(List.of("left1", "right1"))),
                "\"left2\", \"other1\"",
                "athanor upgrade heads");
        refuses(
                "not_at_heads",
                () -> EMPTY.requireAtHeads(AppliedState.fromTips(List.of("gone1"))),
                "\"gone1\"",
                "Bring its file back");
    }
}
