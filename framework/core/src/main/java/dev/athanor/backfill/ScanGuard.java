package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveSession;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.TransactionSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Refuses a backfill of which each chunk would read the whole table, by asking the planner before the first one, and again
 * when one takes far longer than those before. Statistics may be to blame, so they are made anew before it is refused.
 */
final class ScanGuard {
    /** Reading a table of this size takes a few milliseconds, and for most of it the planner is right to. */
    static final long SMALL_TABLE_ROWS = 10_000;
    /** Rows of the chunk that is put before the planner: a small one, of which an index walk is sure to be cheapest. */
    private static final int TRIAL_ROWS = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARTITIONS =
            "WITH RECURSIVE tree AS (SELECT c.oid FROM pg_class c WHERE c.oid = to_regclass($1) UNION ALL"
                    + " SELECT i.inhrelid FROM pg_inherits i JOIN tree ON i.inhparent = tree.oid)"
                    + " SELECT n.nspname || '.' || c.relname AS name, c.reltuples > " + SMALL_TABLE_ROWS + " AS large"
                    + " FROM tree JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace";

    private final ReactiveTransactions transactions;
    private final TransactionSettings settings;

    ScanGuard(ReactiveTransactions transactions, TransactionSettings settings) {
        this.transactions = transactions;
        this.settings = settings;
    }

    /** Completes when a chunk reads what it changes; fails with a {@link BackfillRefusedException} when it reads all. */
    Mono<Void> check(BackfillStep step, Subject subject, List<StoredRange> ranges) {
        Walk walk = subject.walk();
        if (ranges.isEmpty() || walk.table().rows() <= SMALL_TABLE_ROWS) {
            return Mono.empty();
        }
        return check(step, subject, ranges.get(ranges.size() / 2));
    }

    /** The same for the next chunk of one range. */
    Mono<Void> check(BackfillStep step, Subject subject, StoredRange range) {
        return scanned(subject, range)
                .flatMap(scanned -> scanned.isEmpty()
                        ? Mono.just(scanned)
                        : analyse(subject.walk()).then(Mono.defer(() -> scanned(subject, range))))
                .flatMap(scanned ->
                        scanned.isEmpty() ? Mono.<Void>empty() : Mono.error(refusal(step, subject.walk(), scanned)));
    }

    /** Where that is not allowed (a standby as the source of a copy), the planner is asked again as it is. */
    private Mono<Void> analyse(Walk walk) {
        return transactions
                .reading(
                        settings,
                        session -> session.execute(
                                        "ANALYZE " + walk.table().name().quoted())
                                .flux())
                .onErrorResume(DatabaseException.class, e -> Mono.empty())
                .then();
    }

    private Mono<String> scanned(Subject subject, StoredRange range) {
        Walk walk = subject.walk();
        return transactions.inTransaction(
                settings,
                session -> session.query(
                                PARTITIONS,
                                row -> row.flag("large") ? row.string("name") : "",
                                walk.table().name().quoted())
                        .collectList()
                        .map(HashSet::new)
                        .flatMap(large -> searched(session, walk, range, large)
                                .flatMap(scan ->
                                        scan.isEmpty() ? changed(session, subject, range, large) : Mono.just(scan))));
    }

    /** A scan by the search for a chunk's end that remains when all else is preferred: its index is gone. */
    private static Mono<String> searched(ReactiveSession session, Walk walk, StoredRange range, Set<String> large) {
        @Nullable List<String> lower = lower(range);
        String search = walk.search(lower != null);
        return search == null
                ? Mono.just("")
                : session.script("SET LOCAL enable_seqscan = off")
                        .then(plan(session, search, Walk.parameters(lower, range.upper(), TRIAL_ROWS - 1L)))
                        .map(plan -> scan(plan, large));
    }

    private static Mono<String> changed(
            ReactiveSession session, Subject subject, StoredRange range, Set<String> large) {
        Walk walk = subject.walk();
        @Nullable List<String> lower = lower(range);
        String statement = subject.statement(lower != null);
        return walk.end(session, lower, range.upper(), TRIAL_ROWS)
                .defaultIfEmpty(range.upper())
                .flatMap(end -> session.script("SET LOCAL enable_seqscan TO DEFAULT")
                        .then(walk.settings(session))
                        .then(plan(session, statement, subject.parameters(lower, end, TRIAL_ROWS))))
                .map(plan -> scan(plan, large));
    }

    private static @Nullable List<String> lower(StoredRange range) {
        return range.cursor() == null ? range.lower() : range.cursor();
    }

    /** The bounds are seen as values, as in a chunk: our statements have no name, so no generic plan is kept for them. */
    private static Mono<String> plan(ReactiveSession session, String sql, Object... parameters) {
        return session.query("EXPLAIN (VERBOSE, FORMAT JSON) " + sql, row -> row.string("QUERY PLAN"), parameters)
                .single();
    }

    private static String scan(String plan, Set<String> large) {
        List<JsonNode> open = new ArrayList<>(List.of(JSON.readTree(plan)));
        while (!open.isEmpty()) {
            JsonNode node = open.remove(open.size() - 1);
            String relation = node.path("Schema").asString("") + "."
                    + node.path("Relation Name").asString("");
            if (node.path("Node Type").asString("").equals("Seq Scan") && large.contains(relation)) {
                return relation;
            }
            node.forEach(open::add);
        }
        return "";
    }

    private static BackfillRefusedException refusal(BackfillStep step, Walk walk, String scanned) {
        return new BackfillRefusedException(
                step,
                "chunk_scans_table",
                "every chunk would read all of " + scanned + " ("
                        + String.format(
                                java.util.Locale.ROOT, "%,d", walk.table().rows())
                        + " rows by the planner's estimate), as EXPLAIN shows.",
                "Write ${chunk} as a condition of its own, joined with AND and not within OR, on the table that is"
                        + " walked; name its alias as ${chunk:alias} when the table stands more than once.");
    }
}
