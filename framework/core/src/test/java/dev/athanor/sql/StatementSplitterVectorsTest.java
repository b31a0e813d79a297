package dev.athanor.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cases whose answers were taken from psql 15: the statements that it sent to a server. */
class StatementSplitterVectorsTest {

    record Vector(String name, String sql, List<List<String>> accepted, boolean mayRefuse) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (InputStream file = StatementSplitterVectorsTest.class.getResourceAsStream("splitter-sample.json")) {
            return JsonMapper.shared()
                    .readTree(file)
                    .valueStream()
                    .map(StatementSplitterVectorsTest::vector)
                    .toList()
                    .stream();
        }
    }

    private static Vector vector(JsonNode node) {
        List<List<String>> accepted = new ArrayList<>();
        accepted.add(texts(node.get("statements")));
        node.path("also").forEach(list -> accepted.add(texts(list)));
        return new Vector(
                node.get("name").stringValue(),
                node.get("sql").stringValue(),
                accepted,
                node.path("may_refuse").asBoolean(false));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void givesWhatPsqlSends(Vector vector) {
        List<String> found;
        try {
            found = StatementSplitter.split(vector.sql()).stream()
                    .map(SqlStatement::text)
                    .toList();
        } catch (SqlSyntaxException e) {
            assertThat(vector.mayRefuse()).as(e.getMessage()).isTrue();
            return;
        }
        assertThat(vector.accepted().stream().map(StatementSplitterVectorsTest::bare))
                .contains(bare(found));
    }

    /** What lies between the first token and the last, semicolons at the ends left out; nothing for empty statements. */
    private static List<String> bare(List<String> statements) {
        return statements.stream()
                .map(StatementSplitterVectorsTest::bare)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String bare(String statement) {
        List<Token> tokens = new ArrayList<>(SqlTokens.of(statement).code());
        tokens.removeIf(token -> token.kind() == TokenKind.SEMICOLON && isEdge(tokens, token));
        return tokens.isEmpty()
                ? ""
                : statement.substring(
                        tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
    }

    private static boolean isEdge(List<Token> tokens, Token semicolon) {
        int at = tokens.indexOf(semicolon);
        return tokens.subList(0, at).stream().allMatch(t -> t.kind() == TokenKind.SEMICOLON)
                || tokens.subList(at, tokens.size()).stream().allMatch(t -> t.kind() == TokenKind.SEMICOLON);
    }
}
