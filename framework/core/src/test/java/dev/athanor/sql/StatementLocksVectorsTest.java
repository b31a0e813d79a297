package dev.athanor.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small revisions with the locks that a PostgreSQL 15 server was seen to hold after each of their statements. */
class StatementLocksVectorsTest {
    private static final Map<String, LockMode> SHORT = Map.of(
            "RS", LockMode.ROW_SHARE,
            "RX", LockMode.ROW_EXCLUSIVE,
            "SUX", LockMode.SHARE_UPDATE_EXCLUSIVE,
            "S", LockMode.SHARE,
            "SRX", LockMode.SHARE_ROW_EXCLUSIVE,
            "X", LockMode.EXCLUSIVE,
            "AX", LockMode.ACCESS_EXCLUSIVE);

    /** The tables of the database that the revisions speak of. */
    private static final Set<String> FIXTURE = Set.of(
            "teams",
            "users",
            "tickets",
            "comments",
            "tags",
            "ticket_tags",
            "attachments",
            "settings",
            "bookings",
            "events",
            "events_2024",
            "events_2025",
            "events_2026",
            "archive.tickets",
            "import_queue",
            "Labels",
            "ticket_counts",
            "open_tickets");

    private static final Map<String, String> TABLE_OF_INDEX = Map.of(
            "ix_tickets_status", "tickets",
            "ix_tickets_kind", "tickets",
            "ix_tickets_legacy_note", "tickets");

    private static final Map<String, String> FOREIGN_KEYS = Map.of(
            "tickets.tickets_team_fk", "teams",
            "follows.follows_ticket_fk", "tickets",
            "follows.follows_user_fk", "users");

    record Vector(String name, JsonNode sections, JsonNode observed) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (InputStream file = StatementLocksVectorsTest.class.getResourceAsStream("lint-sample.json")) {
            return JsonMapper.shared()
                    .readTree(file)
                    .get("cases")
                    .valueStream()
                    .filter(node -> node.has("observed"))
                    .map(node -> new Vector(node.get("name").stringValue(), node.get("sections"), node.get("observed")))
                    .toList()
                    .stream();
        }
    }

    /** What is there, and what is held in the transaction of one section. */
    private static final class Transaction {
        final Set<String> tables;
        final Set<String> made = new HashSet<>();
        final Map<String, LockMode> held = new TreeMap<>();
        boolean seeThrough = true;

        Transaction(Set<String> tables) {
            this.tables = tables;
        }

        void run(String sql) {
            StatementLocks statement = StatementLocks.of(sql);
            seeThrough &= statement.unknown() == null;
            for (TableLock lock : statement.locks()) {
                tablesOf(lock).stream()
                        .filter(table -> tables.contains(table) && lock.mode() != LockMode.ACCESS_SHARE)
                        .forEach(table -> held.merge(table, lock.mode(), LockMode::or));
            }
            boolean renames = sql.contains("RENAME TO");
            for (QualifiedName created : statement.created()) {
                LockMode before = renames && !statement.locks().isEmpty()
                        ? held.remove(shortName(statement.locks().get(0).name()))
                        : null;
                if (before != null) {
                    held.put(shortName(created), before);
                }
                made.add(shortName(created));
            }
        }

        private List<String> tablesOf(TableLock lock) {
            String name = shortName(lock.name());
            return switch (lock.target()) {
                case TABLE, TREE -> List.of(name);
                case TABLE_OF_INDEX -> List.of(TABLE_OF_INDEX.getOrDefault(name, ""));
                case REFERENCED ->
                    FOREIGN_KEYS.entrySet().stream()
                            .filter(key -> key.getKey().startsWith(name + ".")
                                    && (lock.detail() == null || key.getKey().endsWith("." + lock.detail())))
                            .map(Map.Entry::getValue)
                            .toList();
                case TABLES_OF_DOMAIN -> name.equals("email_address") ? List.of("users") : List.of();
                default -> List.of();
            };
        }
    }

    private static String shortName(QualifiedName name) {
        return name.schema() == null || name.schema().equals("public")
                ? name.name()
                : name.schema() + "." + name.name();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void takes_the_locks_that_the_server_took(Vector vector) {
        Set<String> tables = new HashSet<>(FIXTURE);
        for (int i = 0; i < vector.sections().size(); i++) {
            JsonNode section = vector.sections().get(i);
            Transaction transaction = new Transaction(new HashSet<>(tables));
            boolean held = section.get("transaction").stringValue().equals("on");
            List<SqlStatement> statements =
                    StatementSplitter.split(section.get("sql").stringValue());
            for (int s = 0; s < vector.observed().get(i).size(); s++) {
                JsonNode observed = vector.observed().get(i).get(s);
                if (observed.has("error")) {
                    break;
                }
                String sql = statements.get(s).text();
                transaction.run(sql);
                if (transaction.seeThrough && (held || observed.has("locks"))) {
                    assertThat(transaction.held).as(sql).isEqualTo(locks(observed));
                }
            }
            tables.addAll(transaction.made);
        }
    }

    private static Map<String, LockMode> locks(JsonNode observed) {
        Map<String, LockMode> locks = new TreeMap<>();
        observed.path("locks")
                .properties()
                .forEach(lock ->
                        locks.put(lock.getKey(), SHORT.get(lock.getValue().stringValue())));
        return locks;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void only_opaque_statements_are_unknown(Vector vector) {
        List<String> unknown = new ArrayList<>();
        for (JsonNode section : vector.sections()) {
            for (SqlStatement statement :
                    StatementSplitter.split(section.get("sql").stringValue())) {
                if (StatementLocks.of(statement.text()).unknown() != null) {
                    unknown.add(statement.text());
                }
            }
        }
        assertThat(unknown).allMatch(sql -> sql.startsWith("DO") || sql.contains("CASCADE") || sql.equals("CLUSTER"));
    }
}
