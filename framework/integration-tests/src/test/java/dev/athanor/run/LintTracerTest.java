package dev.athanor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.lint.LintSettings;
import dev.athanor.lint.PgVersion;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.PhasePlanner;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.plan.RevisionLinter;
import dev.athanor.plan.Step;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.PoolSettings;
import dev.athanor.run.TraceReport.StatementTrace;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.SourceException;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.QualifiedName;
import dev.athanor.testkit.AthanorPostgres;
import dev.athanor.testkit.EachPostgres;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is seen of statements on a server: against what was seen of them before, on tables that hold rows. */
@AthanorPostgres
class LintTracerTest {
    private static final Path VECTORS = Path.of("..", "core", "src", "test", "resources", "dev", "athanor", "sql");

    private static final Map<LockMode, String> SHORT = Map.of(
            LockMode.ACCESS_EXCLUSIVE, "AX",
            LockMode.EXCLUSIVE, "X",
            LockMode.SHARE_ROW_EXCLUSIVE, "SRX",
            LockMode.SHARE, "S",
            LockMode.SHARE_UPDATE_EXCLUSIVE, "SUX",
            LockMode.ROW_EXCLUSIVE, "RX",
            LockMode.ROW_SHARE, "RS");

    @TempDir
    private Path folder;

    private int cases;

    /** The cases were observed on this version. */
    @EachPostgres(from = 15, to = 15)
    void sees_what_was_seen_before(TestDatabase template) throws IOException, SQLException {
        Jdbc sql = template.jdbc();
        try (Connection connection = sql.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET allow_in_place_tablespaces = on");
            statement.execute("CREATE TABLESPACE cold_disk LOCATION ''");
        }
        sql.execute(resource("lint-fixture.sql"));
        List<String> differences = new ArrayList<>();
        for (JsonNode vector : cases()) {
            RevisionDefinition revision = revision(vector);
            if (revision != null && isTold(vector)) {
                differences.addAll(differences(template, revision, vector));
            }
        }
        sql.execute("DROP TABLESPACE cold_disk");
        assertThat(differences).isEmpty();
        assertThat(cases).isGreaterThan(170);
    }

    private static List<JsonNode> cases() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(VECTORS.resolve("lint-sample.json")))
                .get("cases")
                .valueStream()
                .toList();
    }

    /** All that are rewritten or fail, and every third of the others; one names its table as it is called afterwards. */
    private boolean isTold(JsonNode vector) {
        String observed = vector.path("observed").toString();
        boolean special = observed.contains("\"rewritten\"") || observed.contains("\"error\"");
        return vector.has("observed")
                && (special || cases % 3 == 0)
                && !vector.get("name").asString().equals("tb1-quoted");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = LintTracerTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Null when it holds what a revision file must not hold, so that it never comes to run. */
    private RevisionDefinition revision(JsonNode vector) throws IOException {
        StringBuilder text = new StringBuilder("-- athanor:revision " + "r\n");
        for (JsonNode section : vector.get("sections")) {
            text.append("\n-- athanor:").append(section.get("phase").asString());
            if (section.get("transaction").asString().equals("none")) {
                text.append(" transaction=none");
            }
            text.append('\n').append(section.get("sql").asString()).append('\n');
        }
        Path file = Files.writeString(folder.resolve("case-" + ++cases + ".sql"), text);
        try {
            return RevisionFolder.readFiles(List.of(file)).definitions().get(0);
        } catch (SourceException e) {
            return null;
        }
    }

    private static List<String> differences(TestDatabase template, RevisionDefinition revision, JsonNode vector) {
        try (TestDatabase copy = template.server().copyOf(template);
                Database database = Database.open(ConnectionUrl.parse(copy.url(), Map.of()), PoolSettings.DEFAULTS)) {
            return differences(traced(database, revision), vector);
        }
    }

    private static List<List<StatementTrace>> traced(Database database, RevisionDefinition revision) {
        List<RevisionFinding> findings =
                new RevisionLinter(LintSettings.of(PgVersion.ofNumber(150000)), Map.of()).lint(revision);
        List<List<StatementTrace>> sections = new ArrayList<>();
        for (PhasePlan phase : new PhasePlanner(Map.of()).plan(List.of(revision))) {
            for (Step step : phase.steps()) {
                SectionTracer tracer = new SectionTracer(
                        database, "athanor", step, new TracePredictions(database.transactions(), findings));
                LintTracer.isComplete(tracer, step);
                sections.add(tracer.traces());
            }
        }
        return sections;
    }

    private static List<String> differences(List<List<StatementTrace>> traces, JsonNode vector) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < vector.get("observed").size(); i++) {
            JsonNode section = vector.get("observed").get(i);
            boolean autocommit =
                    vector.get("sections").get(i).get("transaction").asString().equals("none");
            for (int j = 0; j < section.size(); j++) {
                StatementTrace trace = traces.get(i).get(j);
                String at = vector.get("name").asString() + " " + i + "." + j + " ";
                if (!seen(trace, autocommit).equals(expected(section.get(j), autocommit))) {
                    found.add(at + "saw " + seen(trace, autocommit) + ", expected "
                            + expected(section.get(j), autocommit));
                }
                trace.mismatches().stream()
                        .filter(TraceReport.Mismatch::worse)
                        .forEach(mismatch -> found.add(at + mismatch));
            }
        }
        return found;
    }

    /** The cases say nothing of locks in autocommit, where they are gone with their statement. */
    private static String seen(StatementTrace trace, boolean autocommit) {
        Map<String, String> locks = new TreeMap<>();
        Map<QualifiedName, LockMode> held = trace.locks();
        if (held != null && !autocommit) {
            held.forEach((table, mode) -> locks.put(name(table), SHORT.get(mode)));
        }
        return locks + " " + names(trace.rewritten()) + " " + names(trace.rebuilt()) + " " + trace.messages() + " "
                + trace.error();
    }

    private static String expected(JsonNode observed, boolean autocommit) {
        Map<String, String> locks = new TreeMap<>();
        if (observed.has("locks") && !autocommit) {
            observed.get("locks")
                    .properties()
                    .forEach(lock -> locks.put(lock.getKey(), lock.getValue().asString()));
        }
        return locks + " " + texts(observed.path("rewritten")) + " " + texts(observed.path("indexes_rebuilt")) + " "
                + observed.path("messages")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList() + " "
                + (observed.has("error") ? observed.get("error").asString() : null);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).sorted().toList();
    }

    private static String names(List<QualifiedName> names) {
        return names.stream()
                .map(LintTracerTest::name)
                .sorted()
                .collect(Collectors.toList())
                .toString();
    }

    private static String name(QualifiedName name) {
        return "public".equals(name.schema()) ? name.name() : name.schema() + "." + name.name();
    }

    @Test
    void runs_what_a_revision_stands_on_and_then_itself(TestDatabase database) {
        Migrations migrations =
                new Migrations(folder, database).with("first", """
                        -- athanor:revision first
                        -- athanor:expand
                        CREATE TABLE tickets (id bigint PRIMARY KEY, status text);
                        """).with("next", """
                        -- athanor:revision next
                        -- athanor:revises first
                        -- athanor:operation rename-column table=tickets from=status to=state
                        -- athanor:contract
                        ALTER TABLE tickets ALTER COLUMN state TYPE varchar(20);
                        -- athanor:contract transaction=none
                        CREATE INDEX CONCURRENTLY tickets_state ON tickets (state);
                        """);
        TraceReport trace;
        try (Database scratch = migrations.open()) {
            trace = new LintTracer(scratch, migrations.revisions(), Map.of()).trace("next");
        }
        assertThat(trace.error()).isNull();
        assertThat(trace.isFinding()).isFalse();
        assertThat(trace.statements())
                .filteredOn(statement -> statement.sql().contains("TYPE varchar"))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(statement.rewritten()).containsExactly(new QualifiedName("public", "tickets"));
                    assertThat(statement.locks())
                            .containsEntry(new QualifiedName("public", "tickets"), LockMode.ACCESS_EXCLUSIVE);
                });
        assertThat(trace.statements())
                .filteredOn(statement -> statement.sql().contains("CONCURRENTLY"))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(statement.locks()).isNull();
                    assertThat(statement.messages()).anyMatch(message -> message.startsWith("building index "));
                });
    }

    @Test
    void ends_at_a_statement_that_fails(TestDatabase database) {
        Migrations migrations = new Migrations(folder, database).with("only", """
                -- athanor:revision only
                -- athanor:expand
                CREATE TABLE made_before_it_fails (id bigint);
                ALTER TABLE gone ADD COLUMN a int;
                SELECT 1;
                """);
        try (Database scratch = migrations.open()) {
            TraceReport trace = new LintTracer(scratch, migrations.revisions(), Map.of()).trace("only");
            assertThat(trace.statements()).hasSize(2);
            assertThat(trace.error()).startsWith("42P01 ");
            assertThat(trace.isFinding()).isTrue();
        }
    }
}
