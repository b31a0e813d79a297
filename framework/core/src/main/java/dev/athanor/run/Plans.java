package dev.athanor.run;

import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.Database;
import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionPlan;
import java.util.List;
import java.util.stream.Collectors;

/** What would be done now, without doing it: reads the ledger, takes no lease. */
final class Plans {
    private final RevisionGraph graph;
    private final RevisionLedger ledger;

    Plans(Database database, RevisionGraph graph, StateSchema schema, RunSettings settings) {
        this.graph = graph;
        this.ledger = new RevisionLedger(database.transactions(), schema, settings.actor());
    }

    RevisionPlan upgrade(String target) {
        return graph.upgrade(Graphs.known(graph, ledger.revisions()), target);
    }

    RevisionPlan downgrade(String target) {
        return graph.downgrade(
                AppliedState.of(
                        ledger.revisions().stream().map(RevisionState::id).collect(Collectors.toSet())),
                target);
    }

    RevisionPlan stamp(List<String> targets, boolean purge) {
        return graph.stamp(purge ? AppliedState.none() : applied(), targets);
    }

    private AppliedState applied() {
        return AppliedState.of(Graphs.applied(ledger.revisions()));
    }
}
