package dev.athanor.run;

import dev.athanor.ledger.LeaseHolder;
import dev.athanor.ledger.LeaseSettings;
import dev.athanor.ledger.Leases;
import dev.athanor.ledger.OperatorLedger;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.run.StatusReport.LeaseView;
import dev.athanor.run.StatusReport.RevisionProgress;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads where a database stands, without the lease and without changing anything. */
final class StatusReader {
    private final Revisions revisions;
    private final RevisionGraph graph;
    private final RevisionLedger ledger;
    private final Leases leases;
    private final OperatorLedger operators;

    StatusReader(
            Database database, Revisions revisions, RevisionGraph graph, StateSchema schema, RunSettings settings) {
        this.revisions = revisions;
        this.graph = graph;
        this.ledger = new RevisionLedger(database.transactions(), schema, settings.actor());
        this.operators = new OperatorLedger(database.transactions(), schema, settings.actor());
        this.leases = new Leases(database.transactions(), schema, LeaseSettings.standard(settings.actor()));
    }

    StatusReport read() {
        List<RevisionState> states = ledger.revisions();
        Map<String, RevisionState> byId =
                states.stream().collect(Collectors.toMap(RevisionState::id, Function.identity()));
        Optional<LeaseHolder> holder = leases.holder().filter(lease -> !lease.free());
        List<RevisionDefinition> files = graph.sorted().stream()
                .flatMap(id -> revisions.find(id).stream())
                .toList();
        return new StatusReport(
                Graphs.heads(graph, Graphs.applied(states)),
                graph.sorted().stream()
                        .filter(id -> !Optional.ofNullable(byId.get(id))
                                .map(RevisionState::applied)
                                .orElse(false))
                        .toList(),
                states.stream()
                        .filter(state -> !state.applied())
                        .map(StatusReader::between)
                        .toList(),
                states.stream()
                        .map(RevisionState::id)
                        .filter(id -> !graph.contains(id))
                        .toList(),
                states.stream().filter(this::hasChanged).map(RevisionState::id).toList(),
                new ProgressReader(files, byId, holder.orElse(null)).read(operators.backfills()),
                holder.map(StatusReader::view).orElse(null));
    }

    private boolean hasChanged(RevisionState state) {
        return state.applied()
                && revisions
                        .find(state.id())
                        .map(definition -> !definition.checksum().equals(state.checksum()))
                        .orElse(false);
    }

    private static RevisionProgress between(RevisionState state) {
        Phase finished = state.finished();
        Phase next;
        if (finished == null) {
            next = Phase.EXPAND;
        } else {
            next = state.undoing() ? finished : Phase.values()[finished.ordinal() + 1];
        }
        return new RevisionProgress(
                state.id(), finished == null ? null : finished.key(), next.key(), state.undoing(), state.startedAt());
    }

    private static LeaseView view(LeaseHolder holder) {
        return new LeaseView(
                holder.owner(), holder.process().host(), holder.process().pid(), holder.held(), holder.silent());
    }
}
