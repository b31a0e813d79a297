package dev.athanor.run;

import dev.athanor.catalog.LockedTable;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.lint.Finding;
import dev.athanor.lint.LintSettings;
import dev.athanor.lint.Linter;
import dev.athanor.lint.NewObjects;
import dev.athanor.lint.PgVersion;
import dev.athanor.lint.SizeWeight;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.plan.RevisionLinter;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.LockTargets;
import dev.athanor.postgres.TargetFactsReader;
import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.source.BackfillWork;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import dev.athanor.source.Section;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.TableLock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lint with the database at hand: its version, what is pending on it, and how large its tables are. Reads only. */
final class OnlineLint {
    private final Database database;
    private final Map<String, String> placeholders;
    private final Map<QualifiedName, List<LockedTable>> tables = new HashMap<>();

    OnlineLint(Database database, Map<String, String> placeholders) {
        this.database = database;
        this.placeholders = placeholders;
    }

    LintReport report(LintRequest request, Revisions revisions, RevisionGraph graph, RevisionLedger ledger) {
        Map<String, RevisionState> states =
                ledger.revisions().stream().collect(Collectors.toMap(RevisionState::id, state -> state));
        LintSettings settings = request.settings(version());
        List<RevisionDefinition> pending = graph.sorted().stream()
                .map(id -> revisions.find(id).orElseThrow())
                .filter(revision -> !hasFinished(states.get(revision.id()), Phase.CONTRACT))
                .toList();
        List<RevisionDefinition> wanted = request.revisions() == null ? pending : request.revisions();
        return new LintReport(
                settings.version(),
                true,
                wanted.stream().map(RevisionDefinition::id).toList(),
                lint(settings, wanted, newObjects(pending, wanted)).stream()
                        .filter(found -> request.revisions() != null || found.undo() || isAhead(found, states))
                        .toList());
    }

    /** All findings over these revisions, which are all that is pending, each as heavy as its table is large. */
    List<RevisionFinding> lint(LintSettings settings, List<RevisionDefinition> pending) {
        return lint(settings, pending, newObjects(pending, List.of()));
    }

    private List<RevisionFinding> lint(
            LintSettings settings, List<RevisionDefinition> revisions, NewObjects newObjects) {
        TargetFactsReader facts = new TargetFactsReader(database.transactions());
        RevisionLinter linter = new RevisionLinter(new Linter(settings, facts), placeholders);
        return revisions.stream()
                .flatMap(revision -> linter.lint(revision).stream())
                .map(found -> found.with(weighed(found.finding(), newObjects)))
                .toList();
    }

    PgVersion version() {
        return PgVersion.ofNumber(database.transactions()
                .autocommit(session ->
                        session.queryOne("SELECT current_setting('server_version_num')::int AS number", row ->
                                (int) row.number("number")))
                .orElseThrow());
    }

    /** Whether the phase it is in is still to be run. */
    static boolean isAhead(RevisionFinding found, Map<String, RevisionState> states) {
        return !found.undo() && !hasFinished(states.get(found.revision()), found.phase());
    }

    private static boolean hasFinished(@Nullable RevisionState state, Phase phase) {
        return state != null && state.hasFinished(phase);
    }

    private NewObjects newObjects(List<RevisionDefinition> pending, List<RevisionDefinition> others) {
        NewObjects objects = new NewObjects(name -> !tables(name).isEmpty(), this::hasType);
        Set<String> ids = pending.stream().map(RevisionDefinition::id).collect(Collectors.toSet());
        Stream.concat(pending.stream(), others.stream().filter(other -> !ids.contains(other.id())))
                .forEach(revision -> {
                    objects.add(RevisionLinter.sections(revision, placeholders));
                    revision.sections().forEach(section -> {
                        if (section instanceof Section.Backfill backfill
                                && backfill.work() instanceof BackfillWork.Copy copy) {
                            objects.addFilled(copy.into());
                        }
                    });
                });
        return objects;
    }

    private Finding weighed(Finding finding, NewObjects newObjects) {
        QualifiedName table = finding.table();
        if (table == null || !SizeWeight.needsLive(finding.rule())) {
            return finding;
        }
        if (newObjects.concerns(finding)) {
            return SizeWeight.notLive(finding);
        }
        List<LockedTable> found = SizeWeight.matters(finding.rule()) ? tables(table) : List.of();
        Long bytes = found.isEmpty() ? null : found.get(0).bytes();
        return bytes == null ? finding : SizeWeight.of(finding, bytes);
    }

    private List<LockedTable> tables(QualifiedName table) {
        return tables.computeIfAbsent(
                table,
                name -> LockTargets.read(
                        database.transactions(), new TableLock(LockTarget.TREE, name, null, LockMode.ACCESS_SHARE)));
    }

    private boolean hasType(QualifiedName type) {
        return database.transactions()
                        .autocommit(session -> session.queryOne(
                                "SELECT count(*)::int AS number FROM pg_catalog.pg_type t"
                                        + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
                                        + " CROSS JOIN (SELECT ?::text, ?::text) AS w (name, schema)"
                                        + " WHERE t.typname = w.name AND (n.nspname = w.schema"
                                        + " OR w.schema IS NULL AND pg_catalog.pg_type_is_visible(t.oid))",
                                row -> (int) row.number("number"),
                                type.name(),
                                type.schema()))
                        .orElseThrow()
                > 0;
    }
}
