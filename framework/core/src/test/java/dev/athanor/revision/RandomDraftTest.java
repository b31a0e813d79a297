package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is asked of a new revision: it is refused with a reason, or the graph is sound with it. */
class RandomDraftTest {
    private static final int GRAPHS = 4000;
    private static final Set<String> REFUSALS = Set.of(
            "illegal_id",
            "duplicate_id",
            "label_conflict",
            "not_a_head",
            "duplicate_argument",
            "multiple_heads",
            "unknown_revision",
            "unknown_branch",
            "ambiguous_revision",
            "not_in_branch",
            "relative_out_of_range",
            "ambiguous_relative",
            "unresolved_reference",
            "self_reference",
            "dependency_self_reference");

    @Test
    void draftsFitOrAreRefused() {
        Map<String, Integer> counts = new TreeMap<>();
        RandomGraph.forEach("draft", GRAPHS, random -> {
            RevisionGraph graph = random.graph();
            for (int time = 0; time < 6; time++) {
                counts.merge(draft(random, graph), 1, Integer::sum);
            }
        });
        System.out.println("drafts: " + counts);
        assertThat(counts.get("fits")).isGreaterThan(GRAPHS);
        assertThat(counts).containsKeys("not_a_head", "duplicate_argument", "multiple_heads", "label_conflict");
    }

    private static String draft(RandomGraph random, RevisionGraph graph) {
        Random dice = random.random();
        String id = dice.nextInt(10) == 0 ? oneOf(dice, word(random), "bad-id") : "new1";
        List<String> labels = dice.nextInt(3) == 0 ? List.of(oneOf(dice, word(random), "fresh", "new1")) : List.of();
        DraftRequest request = new DraftRequest(
                words(random, dice.nextInt(4) == 0 ? 0 : 1 + dice.nextInt(2)),
                dice.nextBoolean(),
                labels,
                words(random, dice.nextInt(2)));
        RevisionNode draft;
        try {
            draft = graph.draft(id, request);
        } catch (GraphException e) {
            assertThat(REFUSALS).as("%s of %s", e.getMessage(), request).contains(e.code());
            assertThat(e.hint()).isNotBlank();
            return e.code();
        }
        assertFits(graph, draft, request);
        return "fits";
    }

    private static void assertFits(RevisionGraph graph, RevisionNode draft, DraftRequest request) {
        List<RevisionNode> nodes = new ArrayList<>(graph.nodes());
        nodes.add(draft);
        RevisionGraph extended = RevisionGraph.of(nodes);
        assertThat(extended.heads()).contains(draft.id()).noneMatch(draft.revises()::contains);
        assertThat(extended.parents(draft.id())).isEqualTo(draft.revises());
        assertThat(extended.sorted()).hasSize(nodes.size());
        assertThat(draft.labels()).isEqualTo(request.labels());
        if (!request.splice()) {
            assertThat(graph.heads()).containsAll(draft.revises());
        }
        draft.labels().forEach(label -> assertThat(extended.resolve(label)).containsExactly(draft.id()));
    }

    private static List<String> words(RandomGraph random, int count) {
        return IntStream.range(0, count).mapToObj(at -> word(random)).toList();
    }

    private static String word(RandomGraph random) {
        Random dice = random.random();
        String id = random.isEmpty() ? "nothing" : random.anyId();
        String label = random.labels().isEmpty()
                ? "nowhere"
                : random.labels().get(dice.nextInt(random.labels().size()));
        return oneOf(
                dice,
                id,
                id,
                id.substring(0, 4),
                label,
                label + "@head",
                label + "@heads",
                label + "@base",
                label + "@" + id,
                "heads",
                "head",
                "base",
                "-1",
                label + "@-1");
    }

    private static String oneOf(Random dice, String... words) {
        return words[dice.nextInt(words.length)];
    }

    @Test
    void aMergeOfTheHeadsLeavesOneTip() {
        RandomGraph.forEach("merge", GRAPHS, random -> {
            RevisionGraph graph = random.graph();
            RevisionNode merge = graph.mergeDraft("merged1", List.of(), List.of("joined"));
            List<RevisionNode> nodes = new ArrayList<>(graph.nodes());
            nodes.add(merge);

            assertThat(merge.revises()).isEqualTo(graph.tips());
            assertThat(RevisionGraph.of(nodes).tips()).containsExactly("merged1");
            assertThat(RevisionGraph.of(nodes)
                            .upgrade(AppliedState.none(), "heads")
                            .rowsAfter())
                    .containsExactly("merged1");
        });
    }
}
