package dev.athanor.run;

import dev.athanor.backfill.StopSignal;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.StateSchema;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.PhasePlanner;
import dev.athanor.postgres.Database;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionStep;
import dev.athanor.run.DryRunReport.PhaseForecast;
import dev.athanor.run.DryRunReport.RevisionForecast;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Goes through an upgrade without doing it: the same plan, the same refusals, reads of the catalogue and no lease. */
final class DryRun {
    private final Database database;
    private final Revisions revisions;
    private final RevisionGraph graph;
    private final StateSchema schema;
    private final RunSettings settings;
    private final RevisionLedger ledger;

    DryRun(Database database, Revisions revisions, RevisionGraph graph, StateSchema schema, RunSettings settings) {
        this.database = database;
        this.revisions = revisions;
        this.graph = graph;
        this.schema = schema;
        this.settings = settings;
        this.ledger = new RevisionLedger(database.transactions(), schema, settings.actor());
    }

    DryRunReport upgrade(UpgradeRequest request) {
        database.hideFromSearchPath(schema.name());
        Map<String, RevisionState> states =
                ledger.revisions().stream().collect(Collectors.toMap(RevisionState::id, Function.identity()));
        List<RevisionDefinition> pending =
                graph.upgrade(AppliedState.of(Graphs.applied(states.values())), request.target()).ids().stream()
                        .map(id -> revisions.find(id).orElseThrow())
                        .toList();
        Run.requireNoneUndone(pending, states);
        List<PhasePlan> plans = new PhasePlanner(settings.placeholders()).plan(pending);
        new DoneParts(ledger).requireUnchanged(plans, states);
        Agenda agenda = new Agenda(pending, plans, new Agenda.Scope(graph, ledger, request.phase()));
        return look(agenda, states);
    }

    private DryRunReport look(Agenda agenda, Map<String, RevisionState> states) {
        Map<String, List<PhaseForecast>> phases = new LinkedHashMap<>();
        SectionForecasts sections = new SectionForecasts(database.transactions(), ledger);
        Evidence evidence = new Evidence(ledger);
        Outcome outcome = new Outcome(settings.clock());
        agenda.run(
                (plan, backfill, into) -> {
                    phases.computeIfAbsent(plan.revision(), id -> new ArrayList<>())
                            .add(sections.of(evidence.before(plan, backfill)));
                    evidence.passed(plan);
                    into.phase(plan.revision(), plan.phase());
                    return true;
                },
                outcome,
                new StopSignal());
        RunResult done = outcome.result(List.of(), false);
        return new DryRunReport(
                done.steps(),
                phases.entrySet().stream()
                        .map(entry -> revision(entry.getKey(), entry.getValue()))
                        .toList(),
                headsAfter(states, done.steps()),
                done.notes());
    }

    private RevisionForecast revision(String id, List<PhaseForecast> phases) {
        return new RevisionForecast(id, revisions.find(id).orElseThrow().message(), phases);
    }

    private List<String> headsAfter(Map<String, RevisionState> states, List<RevisionStep> steps) {
        TreeSet<String> applied = new TreeSet<>(Graphs.applied(states.values()));
        steps.forEach(step -> applied.add(step.id()));
        return Graphs.heads(graph, applied);
    }
}
