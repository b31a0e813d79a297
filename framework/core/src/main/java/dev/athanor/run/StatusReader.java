package dev.athanor.run;

import dev.athanor.ledger.BackfillState;
import dev.athanor.ledger.LeaseHolder;
import dev.athanor.ledger.LeaseSettings;
import dev.athanor.ledger.Leases;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.run.StatusReport.BackfillProgress;
import dev.athanor.run.StatusReport.LeaseView;
import dev.athanor.run.StatusReport.RevisionProgress;
import dev.athanor.source.Revisions;
import java.util.ArrayList;
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

    StatusReader(
            Database database, Revisions revisions, RevisionGraph graph, StateSchema schema, RunSettings settings) {
        this.revisions = revisions;
        this.graph = graph;
        this.ledger = new RevisionLedger(database.transactions(), schema, settings.actor());
        this.leases = new Leases(database.transactions(), schema, LeaseSettings.standard(settings.actor()));
    }

    StatusReport read() {
        List<RevisionState> states = ledger.revisions();
        Map<String, RevisionState> byId =
                states.stream().collect(Collectors.toMap(RevisionState::id, Function.identity()));
        Optional<LeaseHolder> holder = leases.holder().filter(lease -> !lease.free());
        List<BackfillProgress> backfills = new ArrayList<>();
        states.forEach(state -> ledger.backfills(state.id())
                .forEach(backfill -> backfills.add(progress(state.id(), backfill, holder.isPresent()))));
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
                backfills,
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

    private static BackfillProgress progress(String revision, BackfillState backfill, boolean someoneWorks) {
        boolean stalled = backfill.state().equals("running") && !someoneWorks;
        return new BackfillProgress(
                revision,
                backfill.name(),
                backfill.table(),
                stalled ? "stalled" : backfill.state(),
                backfill.rowsWalked(),
                backfill.rowsEstimated(),
                backfill.rowsChanged(),
                backfill.elapsed(),
                stalled ? "its process is gone; go on with: athanor resume" : backfill.error());
    }

    private static LeaseView view(LeaseHolder holder) {
        return new LeaseView(
                holder.owner(), holder.process().host(), holder.process().pid(), holder.held(), holder.silent());
    }
}
