package dev.athanor.run;

import dev.athanor.ledger.BackfillFacts;
import dev.athanor.ledger.BackfillFacts.Vitals;
import dev.athanor.ledger.Control;
import dev.athanor.ledger.Control.Wish;
import dev.athanor.ledger.LeaseHolder;
import dev.athanor.ledger.RevisionState;
import dev.athanor.revision.Phase;
import dev.athanor.run.BackfillProgress.Ranges;
import dev.athanor.run.BackfillProgress.Rows;
import dev.athanor.run.BackfillProgress.State;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes of what the ledger, the lease and the files say how each backfill stands. Pure. */
final class ProgressReader {
    /** A process tells how it does once a second; ten missed are no hiccup. */
    private static final Duration FRESH = Duration.ofSeconds(10);
    /** Utilisation from which on signals keep a backfill from growing. */
    private static final double GROWS_BELOW = 0.4;

    private final List<RevisionDefinition> definitions;
    private final Map<String, RevisionState> states;
    private final @Nullable LeaseHolder holder;

    /**
     * @param definitions of the files, in the order in which they run
     * @param states of the ledger, by id
     * @param holder of the lease; null when it is free
     */
    ProgressReader(
            List<RevisionDefinition> definitions, Map<String, RevisionState> states, @Nullable LeaseHolder holder) {
        this.definitions = definitions;
        this.states = states;
        this.holder = holder;
    }

    /** Those of the ledger, and behind them those of the files that were never begun. */
    List<BackfillProgress> read(List<BackfillFacts> begun) {
        List<BackfillProgress> all = new ArrayList<>();
        begun.forEach(backfill -> all.add(progress(backfill, begun)));
        Set<String> known = new HashSet<>();
        begun.forEach(backfill -> known.add(key(backfill.revision(), backfill.ordinal())));
        definitions.stream()
                .filter(definition -> isPending(states.get(definition.id())))
                .forEach(definition -> pending(definition, known, all));
        return all;
    }

    private static String key(String revision, int ordinal) {
        return revision + " " + ordinal;
    }

    private static boolean isPending(@Nullable RevisionState state) {
        return state == null || !state.hasFinished(Phase.BACKFILL) && !state.undoing();
    }

    private static void pending(RevisionDefinition revision, Set<String> known, List<BackfillProgress> all) {
        for (int ordinal = 0; ordinal < revision.sections().size(); ordinal++) {
            if (revision.sections().get(ordinal) instanceof Section.Backfill section
                    && !known.contains(key(revision.id(), ordinal))) {
                all.add(new BackfillProgress(
                        null,
                        revision.id(),
                        section.name(),
                        section.table().quoted(),
                        State.PENDING,
                        "",
                        new Rows(0, 0, 0, 0),
                        new Ranges(0, 0, 0, 0),
                        null,
                        Control.NONE,
                        Duration.ZERO));
            }
        }
    }

    private BackfillProgress progress(BackfillFacts backfill, List<BackfillFacts> all) {
        State state = state(backfill, all);
        boolean alive = isAtWork(backfill);
        Vitals vitals = backfill.vitals();
        Vitals pulse = alive && isFresh(vitals) ? vitals : null;
        BackfillFacts.Tally tally = backfill.tally();
        return new BackfillProgress(
                backfill.id(),
                backfill.revision(),
                backfill.name(),
                backfill.table(),
                state,
                reason(state, backfill, pulse),
                new Rows(tally.walked(), tally.changed(), tally.quarantined(), backfill.rowsEstimated()),
                new Ranges(tally.ranges(), tally.done(), tally.failed(), KeyPosition.of(backfill)),
                pulse,
                backfill.control(),
                vitals == null || vitals.active().isZero() ? backfill.elapsed() : vitals.active());
    }

    private State state(BackfillFacts backfill, List<BackfillFacts> all) {
        if (backfill.state().equals("done")) {
            return isVerifying(backfill.revision(), all) ? State.VERIFYING : State.DONE;
        }
        if (backfill.control().cancellation() != null) {
            return State.CANCELLED;
        }
        if (backfill.control().pause() != null) {
            return State.PAUSED;
        }
        return switch (backfill.state()) {
            case "running" -> running(backfill);
            case "failed" -> State.FAILED;
            case "cancelled" -> State.CANCELLED;
            default -> State.STOPPED;
        };
    }

    private State running(BackfillFacts backfill) {
        if (!isAtWork(backfill)) {
            return State.STALLED;
        }
        Vitals vitals = backfill.vitals();
        return vitals != null && isFresh(vitals) && isHeldBack(vitals) ? State.THROTTLED : State.RUNNING;
    }

    /** A rate that somebody has chosen is a reason why it is not faster, and yet no throttle. */
    private static boolean isHeldBack(Vitals vitals) {
        return vitals.state().equals("throttled")
                && (vitals.workers() < vitals.workersWanted() || vitals.utilisation() >= GROWS_BELOW);
    }

    /** Somebody works, all backfills of the revision are done, and its backfill phase is not. */
    private boolean isVerifying(String revision, List<BackfillFacts> all) {
        RevisionState state = states.get(revision);
        if (holder == null || state == null || state.undoing() || state.hasFinished(Phase.BACKFILL)) {
            return false;
        }
        long wanted = definitions.stream()
                .filter(definition -> definition.id().equals(revision))
                .flatMap(definition -> definition.sections().stream())
                .filter(Section.Backfill.class::isInstance)
                .count();
        List<BackfillFacts> own = all.stream()
                .filter(backfill -> backfill.revision().equals(revision))
                .toList();
        return own.size() >= wanted
                && own.stream().allMatch(backfill -> backfill.state().equals("done"));
    }

    /** The lease is alive, and no younger than the last who took the ranges over. */
    private boolean isAtWork(BackfillFacts backfill) {
        long token = backfill.tally().token();
        return holder != null && (token == 0 || holder.token() == token);
    }

    private boolean isFresh(@Nullable Vitals vitals) {
        return vitals != null
                && holder != null
                && vitals.token() == holder.token()
                && vitals.age().compareTo(FRESH) < 0;
    }

    private static String reason(State state, BackfillFacts backfill, @Nullable Vitals pulse) {
        BackfillFacts.Tally tally = backfill.tally();
        String failed = tally.failed() == 0
                ? tally.error()
                : tally.failed() + (tally.failed() == 1 ? " range failed: " : " ranges failed: ") + tally.error();
        return switch (state) {
            case PAUSED -> words(backfill.control().pause());
            case CANCELLED -> words(backfill.control().cancellation());
            case STALLED -> "its process is gone; go on with: athanor resume";
            case FAILED -> failed;
            case THROTTLED -> pulse == null ? "" : pulse.reason();
            case RUNNING -> failed.isEmpty() && pulse != null ? pulse.reason() : failed;
            case STOPPED -> failed;
            default -> "";
        };
    }

    private static String words(@Nullable Wish wish) {
        return wish == null ? "" : wish.reason();
    }
}
