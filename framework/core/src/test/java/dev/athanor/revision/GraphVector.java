package dev.athanor.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A question to a revision graph with the answer that Alembic gave, and how to compare it with ours. */
record GraphVector(
        String name, List<RevisionNode> revisions, List<String> current, String command, String args, JsonNode node) {
    private static final Set<String> VALUED = Set.of("--rev-id", "--head", "--branch-label", "--depends-on", "-r");

    static Stream<GraphVector> ofCommand(String command) {
        return all().filter(vector -> vector.command().equals(command));
    }

    static Stream<GraphVector> all() {
        try (InputStream file = GraphVector.class.getResourceAsStream("revision-graph-sample.json")) {
            return JsonMapper.shared()
                    .readTree(file)
                    .get("cases")
                    .valueStream()
                    .map(GraphVector::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new IllegalStateException("the vectors cannot be read", e);
        }
    }

    private static GraphVector read(JsonNode node) {
        List<RevisionNode> revisions =
                node.get("graph").valueStream().map(GraphVector::revision).toList();
        return new GraphVector(
                node.get("case").stringValue(),
                revisions,
                texts(node.get("current")),
                node.get("command").stringValue(),
                node.get("args").stringValue(),
                node);
    }

    private static RevisionNode revision(JsonNode node) {
        return new RevisionNode(
                node.get("id").stringValue(),
                texts(node.get("revises")),
                texts(node.path("depends_on")),
                texts(node.path("labels")));
    }

    static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    /** Whether the options do not go together, whatever the graph. */
    boolean isForTheCommandLine() {
        return expect().path("error").asString("").equals("usage");
    }

    boolean isSql() {
        return words().contains("--sql");
    }

    List<String> words() {
        return args.isEmpty() ? List.of() : Arrays.asList(args.split(" "));
    }

    /** The arguments that are neither options nor their values. */
    List<String> targets() {
        return IntStream.range(0, words().size())
                .filter(at -> !words().get(at).startsWith("--"))
                .filter(at -> at == 0 || !VALUED.contains(words().get(at - 1)))
                .mapToObj(words()::get)
                .toList();
    }

    /** The values of an option that may be given several times. */
    List<String> values(String option) {
        return IntStream.range(1, words().size())
                .filter(at -> words().get(at - 1).equals(option))
                .mapToObj(words()::get)
                .toList();
    }

    AppliedState state() {
        return AppliedState.fromTips(current);
    }

    /** The same state in the other form: everything that is applied. */
    AppliedState asSet() {
        return AppliedState.of(new HashSet<>(RevisionGraph.of(revisions).applied(state())));
    }

    JsonNode expect() {
        return node.get("expect");
    }

    String compare() {
        return node.get("compare").stringValue();
    }

    boolean isError() {
        return compare().equals("error") || compare().equals("any_error");
    }

    boolean isForced() {
        return expect().path("forced").asBoolean(false);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Asks, and checks a refusal here and any other answer with the given check. */
    <T> void check(Supplier<T> question, java.util.function.Consumer<T> checkAnswer) {
        T answer;
        try {
            answer = question.get();
        } catch (GraphException e) {
            checkRefusal(e);
            return;
        }
        if (!compare().equals("advisory")) {
            assertThat(isError())
                    .as("%s %s on %s is answered with %s, expected %s", command, args, revisions, answer, expect())
                    .isFalse();
            checkAnswer.accept(answer);
        }
    }

    private void checkRefusal(GraphException e) {
        if (compare().equals("advisory") || compare().equals("any_error")) {
            return;
        }
        String refusal = e.code() + ": " + e.getMessage();
        if (compare().equals("error")) {
            assertThat(e.code()).as(refusal).isEqualTo(expect().get("error").stringValue());
        } else {
            assertThat(e.code())
                    .as("%s %s on %s is refused with %s, expected %s", command, args, revisions, refusal, expect())
                    .isEqualTo(expect().path("may_refuse").asString(""));
        }
    }

    void checkDraft(RevisionNode draft) {
        JsonNode expected = expect().get("new");
        assertThat(draft.revises()).containsExactlyInAnyOrderElementsOf(texts(expected.get("revises")));
        assertThat(draft.dependsOn()).containsExactlyInAnyOrderElementsOf(texts(expected.get("depends_on")));
        assertThat(draft.labels()).containsExactlyInAnyOrderElementsOf(texts(expected.get("labels")));
    }

    void checkList(List<GraphEntry> entries) {
        entries.forEach(this::checkEntry);
        List<String> ids = entries.stream().map(GraphEntry::id).toList();
        List<String> expected = expect().get("list")
                .valueStream()
                .map(entry -> entry.get("id").stringValue())
                .toList();
        if (compare().equals("exact")) {
            assertThat(ids).isEqualTo(expected);
        } else {
            assertThat(ids).containsExactlyInAnyOrderElementsOf(expected);
        }
        if (compare().equals("topological")) {
            checkOrder(ids, false);
        }
    }

    private void checkEntry(GraphEntry entry) {
        expect().get("list").forEach(expected -> {
            if (expected.get("id").stringValue().equals(entry.id())) {
                if (expected.has("parents")) {
                    assertThat(entry.parents()).containsExactlyInAnyOrderElementsOf(texts(expected.get("parents")));
                }
                if (expected.has("into")) {
                    assertThat(entry.children()).containsExactlyInAnyOrderElementsOf(texts(expected.get("into")));
                }
                if (command.equals("history")) {
                    List<String> flags =
                            entry.flags().stream().map(GraphEntry.Flag::key).toList();
                    assertThat(flags).containsAll(texts(expected.path("flags")));
                    assertThat(flags.contains("current")).isEqualTo(current.contains(entry.id()));
                }
            }
        });
    }

    /** Every revision must come after (or, downwards, before) each one that it revises or depends on. */
    void checkOrder(List<String> ids, boolean upwards) {
        assertThat(ids).doesNotHaveDuplicates();
        PlainGraph plain = new PlainGraph(revisions);
        Set<String> done = new HashSet<>();
        Predicate<String> isEarly = lower -> ids.contains(lower) && done.contains(lower) != upwards;
        for (String id : ids) {
            assertThat(plain.below(id)).as("%s in %s", id, ids).noneMatch(isEarly);
            done.add(id);
        }
    }
}
