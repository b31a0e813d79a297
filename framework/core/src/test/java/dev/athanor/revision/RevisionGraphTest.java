package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RevisionGraphTest {
    private final RevisionGraph graph = RevisionGraph.of(List.of(
            new RevisionNode("data001", List.of(), List.of(), List.of()),
            new RevisionNode("data002", List.of("data001"), List.of("rep001"), List.of()),
            new RevisionNode("data003", List.of("data001"), List.of(), List.of("side-line")),
            new RevisionNode("data004", List.of("data002", "data003"), List.of(), List.of()),
            new RevisionNode("rep001", List.of(), List.of(), List.of("reporting"))));

    private GraphException refusal(AppliedState state, String target) {
        return catchThrowableOfType(GraphException.class, () -> graph.upgrade(state, target));
    }

    @Test
    void knowsItsShape() {
        assertThat(graph.heads()).containsExactly("data004", "rep001");
        assertThat(graph.effectiveHeads()).containsExactly("rep001");
        assertThat(graph.tips()).containsExactly("data004");
        assertThat(graph.bases()).containsExactly("data001", "rep001");
        assertThat(graph.branchPoints()).containsExactly("data001");
        assertThat(graph.mergePoints()).containsExactly("data004");
        assertThat(graph.parents("data004")).containsExactly("data002", "data003");
        assertThat(graph.children("data001")).containsExactly("data002", "data003");
        assertThat(graph.dependencies("data002")).containsExactly("rep001");
        assertThat(graph.sorted()).containsExactly("data001", "data003", "rep001", "data002", "data004");
        assertThat(graph.contains("data004")).isTrue();
        assertThat(graph.contains("data00")).isFalse();
    }

    @Test
    void knowsWhatStandsOnWhat() {
        assertThat(graph.ancestors("data002", true)).containsExactly("data001", "rep001");
        assertThat(graph.ancestors("data002", false)).containsExactly("data001");
        assertThat(graph.descendants("rep001", true)).containsExactly("data002", "data004");
        assertThat(graph.descendants("rep001", false)).isEmpty();
    }

    @Test
    void labelsReachUpTheBranch() {
        assertThat(graph.labels("data003")).containsExactly("side-line");
        assertThat(graph.labels("data004")).containsExactly("side-line");
        assertThat(graph.labels("data001")).isEmpty();
        assertThat(graph.resolve("side-line@head")).containsExactly("data004");
    }

    @Test
    void namesTheHeadsAndHowToMergeThem() {
        GraphException refusal = refusal(AppliedState.none(), "head");

        assertThat(refusal.code()).isEqualTo("multiple_heads");
        assertThat(refusal.kind().exitCode()).isEqualTo(9);
        assertThat(refusal).hasMessage("\"head\" asks for one head, and there are 2: \"data004\", \"rep001\"");
        assertThat(refusal.hint())
                .isEqualTo(
                        "Merge them with: athanor merge -m \"...\" data004 rep001, or name one of them, or all with heads");
        assertThat(refusal.revisions()).containsExactly("data004", "rep001");
    }

    @Test
    void suggestsWhatWasMeant() {
        assertThat(refusal(AppliedState.none(), "data0004").hint()).startsWith("Did you mean \"data004\"");
        assertThat(refusal(AppliedState.none(), "rpeorting@head").hint()).startsWith("Did you mean \"reporting\"? ");
        assertThat(refusal(AppliedState.none(), "rpeorting@data001").code()).isEqualTo("unknown_branch");
    }

    @Test
    void saysThatTheDatabaseKnowsARevisionThatNoFileHas() {
        for (AppliedState state :
                List.of(AppliedState.of(Set.of("data0O1")), AppliedState.fromTips(List.of("data0O1")))) {
            GraphException refusal = refusal(state, "heads");

            assertThat(refusal.code()).isEqualTo("unknown_revision");
            assertThat(refusal).hasMessage("the database knows revision \"data0O1\", and no file has it");
            assertThat(refusal.hint()).contains("athanor current");
        }
    }

    @Test
    void aRevisionThatJoinedBelowAppliedOnesIsPending() {
        AppliedState state = AppliedState.of(Set.of("data001", "data002", "rep001", "data004"));

        assertThat(graph.upgrade(state, "heads").ids()).containsExactly("data003");
        assertThat(graph.rows(state)).containsExactly("data004");
        assertThat(graph.upgrade(AppliedState.fromTips(List.of("data004")), "heads")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void stepsThatNoGraphHasAreOutOfRange() {
        assertThat(refusal(AppliedState.none(), "rep001+99999999999").code()).isEqualTo("relative_out_of_range");
        assertThat(refusal(AppliedState.none(), "base-1").code()).isEqualTo("relative_out_of_range");
        assertThat(refusal(AppliedState.none(), "+0").code()).isEqualTo("relative_out_of_range");
        assertThat(graph.upgrade(AppliedState.none(), "base+0").isEmpty()).isTrue();
    }

    @Test
    void emptyWordsNameNothing() {
        assertThat(refusal(AppliedState.none(), "").code()).isEqualTo("unknown_revision");
        assertThat(refusal(AppliedState.none(), "reporting@").code()).isEqualTo("unknown_revision");
    }

    @Test
    void undoesTheBranchThatIsNamedWithWhatDependsOnIt() {
        AppliedState all = AppliedState.fromTips(List.of("data004"));

        assertThat(graph.downgrade(all, "reporting@base").ids()).containsExactly("data004", "data002", "rep001");
        assertThat(graph.downgrade(all, "reporting@base").rowsAfter()).containsExactly("data003");
        assertThat(graph.downgrade(all, "side-line@data001").ids()).containsExactly("data004", "data003");
    }

    @Test
    void refusesToGuessWhatToUndo() {
        AppliedState two = AppliedState.of(Set.of("data001", "rep001"));

        assertThat(undoRefusal(two, "-1").code()).isEqualTo("ambiguous_relative");
        assertThat(undoRefusal(two, "side-line@rep001").code()).isEqualTo("not_in_branch");
        assertThat(undoRefusal(two, "reprting@base").code()).isEqualTo("unknown_branch");
        assertThat(undoRefusal(two, "data004").code()).isEqualTo("not_an_ancestor");
        assertThat(undoRefusal(AppliedState.none(), "-1").code()).isEqualTo("relative_out_of_range");
        assertThat(undoRefusal(two, "data001:base").code()).isEqualTo("range_not_allowed");
        assertThat(graph.downgrade(two, "reporting@-1").ids()).containsExactly("rep001");
    }

    private GraphException undoRefusal(AppliedState state, String target) {
        return catchThrowableOfType(GraphException.class, () -> graph.downgrade(state, target));
    }

    @Test
    void listsWhatADatabaseHasAlthoughItKnowsMore() {
        AppliedState state = AppliedState.fromTips(List.of("data001", "lost001"));

        assertThat(graph.history(state))
                .filteredOn(entry -> entry.flags().contains(GraphEntry.Flag.CURRENT))
                .extracting(GraphEntry::id)
                .containsExactly("data001");
    }

    @Test
    void refusesRangesThatAreNone() {
        AppliedState none = AppliedState.none();

        assertThat(historyRefusal("data001").code()).isEqualTo("bad_range");
        assertThat(historyRefusal("a:b:c").code()).isEqualTo("bad_range");
        assertThat(historyRefusal("data002:data003").code()).isEqualTo("not_an_ancestor");
        assertThat(catchThrowableOfType(
                                GraphException.class, () -> oneRevision().history(none, "-1:"))
                        .code())
                .isEqualTo("not_an_ancestor");
        assertThat(catchThrowableOfType(GraphException.class, () -> graph.downgradeScript("data001"))
                        .code())
                .isEqualTo("range_required");
        assertThat(catchThrowableOfType(GraphException.class, () -> graph.upgradeScript("a:b:c"))
                        .code())
                .isEqualTo("bad_range");
        assertThat(catchThrowableOfType(GraphException.class, () -> graph.stamp(none, List.of("data001:data002")))
                        .code())
                .isEqualTo("range_not_allowed");
    }

    private static RevisionGraph oneRevision() {
        return RevisionGraph.of(List.of(new RevisionNode("only", List.of(), List.of(), List.of())));
    }

    private GraphException historyRefusal(String range) {
        return catchThrowableOfType(GraphException.class, () -> graph.history(AppliedState.none(), range));
    }

    @Test
    void stampsOverTheRowsOfOneBranch() {
        AppliedState state = AppliedState.of(Set.of("data001", "data003", "rep001"));

        RevisionPlan plan = graph.stamp(state, List.of("data001"));

        assertThat(plan.steps()).containsExactly(new RevisionStep(RevisionStep.Action.STAMP, "data001"));
        assertThat(plan.rowsAfter()).containsExactly("data001", "rep001");
        assertThat(graph.stamp(state, List.of("base")).rowsAfter()).isEmpty();
        assertThat(graph.stamp(state, List.of("side-line@base")).rowsAfter()).containsExactly("rep001");
        assertThat(graph.stamp(state, List.of("data003")).isEmpty()).isTrue();
    }
}
