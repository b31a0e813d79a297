package dev.athanor.run;

import dev.athanor.catalog.LockedTable;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.lint.Finding;
import dev.athanor.lint.LintSettings;
import dev.athanor.lint.Linter;
import dev.athanor.lint.PgVersion;
import dev.athanor.lint.SizeWeight;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.plan.RevisionLinter;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.LockTargets;
import dev.athanor.postgres.TargetFactsReader;
import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import dev.athanor.sql.LockMode;
import dev.athanor.sql.LockTarget;
import dev.athanor.sql.QualifiedName;
import dev.athanor.sql.TableLock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
        List<RevisionDefinition> wanted = request.revisions() == null
                ? graph.sorted().stream()
                        .map(id -> revisions.find(id).orElseThrow())
                        .filter(revision -> !hasFinished(states.get(revision.id()), Phase.CONTRACT))
                        .toList()
                : request.revisions();
        return new LintReport(
                settings.version(),
                true,
                wanted.stream().map(RevisionDefinition::id).toList(),
                lint(settings, wanted).stream()
                        .filter(found -> request.revisions() != null || found.undo() || isAhead(found, states))
                        .toList());
    }

    /** All findings over these revisions, each as heavy as its table is large. */
    List<RevisionFinding> lint(LintSettings settings, List<RevisionDefinition> revisions) {
        TargetFactsReader facts = new TargetFactsReader(database.transactions());
        RevisionLinter linter = new RevisionLinter(new Linter(settings, facts), placeholders);
        return revisions.stream()
                .flatMap(revision -> linter.lint(revision).stream())
                .map(found -> found.with(weighed(found.finding())))
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

    private Finding weighed(Finding finding) {
        QualifiedName table = finding.table();
        if (table == null || !SizeWeight.matters(finding.rule())) {
            return finding;
        }
        List<LockedTable> found = tables.computeIfAbsent(
                table,
                name -> LockTargets.read(
                        database.transactions(), new TableLock(LockTarget.TREE, name, null, LockMode.ACCESS_SHARE)));
        if (found.isEmpty()) {
            return SizeWeight.withoutTable(finding);
        }
        Long bytes = found.get(0).bytes();
        return bytes == null ? finding : SizeWeight.of(finding, bytes);
    }
}
