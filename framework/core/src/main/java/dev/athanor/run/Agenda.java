package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.backfill.StopSignal;
import dev.athanor.ledger.RevisionLedger;
import dev.athanor.ledger.RevisionState;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step;
import dev.athanor.revision.Phase;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.verify.ContractGate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The phases to run, in order. Without a phase of its own, every revision runs through all three before the next one
 * begins; with one, only that phase runs, along the graph, as far as the rules of the phases allow.
 */
final class Agenda {
    private final List<RevisionDefinition> pending;
    private final Map<String, PhasePlan> plans;
    private final Scope scope;
    /** Revisions that this run leaves alone; whatever stands on them waits too. */
    private final Set<String> waiting = new HashSet<>();

    private final List<String> notes = new ArrayList<>();

    Agenda(List<RevisionDefinition> pending, List<PhasePlan> plans, Scope scope) {
        this.pending = pending;
        this.plans = plans.stream()
                .collect(Collectors.toMap(plan -> key(plan.revision(), plan.phase()), Function.identity()));
        this.scope = scope;
    }

    /**
     * What bounds it.
     *
     * @param phase only this phase; null: all
     */
    record Scope(
            RevisionGraph graph,
            RevisionLedger ledger,
            @Nullable Phase phase) {}

    /** Whether rows may be walked. */
    boolean hasBackfills() {
        return plans.values().stream()
                .filter(plan -> scope.phase() == null || plan.phase() == scope.phase())
                .flatMap(plan -> plan.steps().stream())
                .anyMatch(Step.BackfillStep.class::isInstance);
    }

    /** What the user should know before it begins. */
    void note(String text) {
        notes.add(text);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** What is done with a phase whose turn has come. */
    interface Work {
        /**
         * Does it; false when it was stopped.
         *
         * @param plan the phase
         * @param evidence the backfill phase of the same revision
         */
        boolean run(PhasePlan plan, PhasePlan evidence, Outcome outcome);
    }

    List<String> revisions() {
        return pending.stream().map(RevisionDefinition::id).toList();
    }

    /** Runs all of it; false when it was stopped in between. A contract that must wait is refused before any is run. */
    boolean run(Work work, Outcome outcome, StopSignal stop) {
        if (scope.phase() == Phase.CONTRACT) {
            leaveAloneWhatIsExpandedLater(outcome);
            pending.stream()
                    .filter(revision -> !waiting.contains(revision.id())
                            && waitingAncestor(revision.id()).isEmpty())
                    .forEach(this::requireReady);
        }
        for (RevisionDefinition revision : pending) {
            if (waiting.contains(revision.id())) {
                continue;
            }
            Optional<String> blocked = blocked(revision);
            if (blocked.isPresent()) {
                waiting.add(revision.id());
                outcome.note(blocked.get());
                continue;
            }
            for (Phase phase : Phase.values()) {
                if (stop.isRequested()) {
                    return false;
                }
                if (isWanted(revision, phase)
                        && !work.run(plan(revision, phase), plan(revision, Phase.BACKFILL), outcome)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A revision may be expanded only when this very contract is done: it is no reason to refuse that one. */
    private void leaveAloneWhatIsExpandedLater(Outcome outcome) {
        for (RevisionDefinition revision : pending) {
            String id = revision.id();
            if (!isReadyFor(revision, Phase.BACKFILL)) {
                contractBefore(revision).ifPresent(before -> {
                    waiting.add(id);
                    outcome.note("Revision " + id + " is left alone: its expand comes after the contract of " + before
                            + " (-- athanor:after contract). Then: athanor upgrade " + id + " --phase expand");
                });
            }
        }
    }

    /** The nearest of the revisions whose contract is missing and has to come before the expand of this one. */
    private Optional<String> contractBefore(RevisionDefinition revision) {
        return revision.afterContract()
                ? scope.graph().ancestors(revision.id(), true).stream()
                        .filter(before -> !hasFinished(before, Phase.CONTRACT))
                        .reduce((farther, nearer) -> nearer)
                : Optional.empty();
    }

    private Optional<String> waitingAncestor(String id) {
        return scope.graph().ancestors(id, true).stream()
                .filter(waiting::contains)
                .findFirst();
    }

    /** Wanted, or without any steps and so done by being passed. */
    private boolean isWanted(RevisionDefinition revision, Phase phase) {
        if (hasFinished(revision.id(), phase)) {
            return false;
        }
        Phase only = scope.phase();
        return only == null
                || phase == only
                || phase.compareTo(only) < 0 && plan(revision, phase).steps().isEmpty();
    }

    /** Why a revision cannot be worked on in this run. */
    private Optional<String> blocked(RevisionDefinition revision) {
        String id = revision.id();
        Optional<String> ancestor = waitingAncestor(id);
        if (ancestor.isPresent()) {
            return Optional.of("Revision " + id + " waits for " + ancestor.get() + ".");
        }
        Phase only = scope.phase();
        if (only == Phase.EXPAND && revision.afterContract()) {
            return contractBefore(revision)
                    .map(before -> "Revision " + id + " is not expanded: its expand comes after the contract of "
                            + before + " (-- athanor:after contract). First: athanor upgrade " + before
                            + " --phase contract");
        }
        if (only == Phase.BACKFILL && !isReadyFor(revision, Phase.BACKFILL)) {
            return Optional.of("Revision " + id + " is not backfilled: it is not expanded yet. First: athanor upgrade "
                    + id + " --phase expand");
        }
        return Optional.empty();
    }

    private void requireReady(RevisionDefinition revision) {
        if (!isReadyFor(revision, Phase.CONTRACT)) {
            throw refusal(revision);
        }
    }

    /** Whether every earlier phase is done or has nothing to do. */
    private boolean isReadyFor(RevisionDefinition revision, Phase phase) {
        for (Phase before : Phase.values()) {
            if (before == phase) {
                return true;
            }
            if (!hasFinished(revision.id(), before)
                    && !plan(revision, before).steps().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private AthanorException refusal(RevisionDefinition revision) {
        String id = revision.id();
        if (!hasFinished(id, Phase.EXPAND)) {
            return new AthanorException(
                    FailureKind.REFUSED,
                    "not_expanded",
                    "The contract phase of revision " + id + " is refused: its expand phase is not done.",
                    "First: athanor upgrade " + id + " --phase expand, then athanor upgrade " + id
                            + " --phase backfill");
        }
        PhasePlan backfill = plan(revision, Phase.BACKFILL);
        new ContractGate(scope.ledger()).requireOpen(backfill);
        return new AthanorException(
                FailureKind.REFUSED,
                "backfill_unfinished",
                "The contract phase of revision " + id + " is refused: its backfill phase was not brought to its end.",
                "First: athanor upgrade " + id + " --phase backfill");
    }

    private boolean hasFinished(String id, Phase phase) {
        return scope.ledger()
                .revision(id)
                .map((RevisionState state) -> state.hasFinished(phase))
                .orElse(false);
    }

    private PhasePlan plan(RevisionDefinition revision, Phase phase) {
        PhasePlan plan = plans.get(key(revision.id(), phase));
        if (plan == null) {
            throw new IllegalStateException("no plan for " + key(revision.id(), phase));
        }
        return plan;
    }

    private static String key(String revision, Phase phase) {
        return revision + " " + phase.key();
    }
}
