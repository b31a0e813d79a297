package dev.athanor.telemetry;

import dev.athanor.revision.Phase;
import dev.athanor.run.RunEnd;
import dev.athanor.run.RunListener;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs, phases and sections lie within one another and on one thread, so their scopes are open while they last, and what
 * Batch observes becomes their child. A backfill ends on another thread than it began on, and opens none.
 */
final class ObservationListener implements RunListener {
    private final ObservationRegistry registry;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<Long, Observation> backfills = new ConcurrentHashMap<>();

    private record Open(Observation observation, Observation.Scope scope) {}

    ObservationListener(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void runStarted(String command) {
        begin(Observations.RUN, command);
    }

    @Override
    public void runEnded(String command, RunEnd end) {
        backfills.values().forEach(left -> stop(left, end));
        backfills.clear();
        end(end);
    }

    @Override
    public void phaseStarted(String revision, Phase phase) {
        begin(Observations.PHASE, revision, phase.key(), "up");
    }

    @Override
    public void phaseEnded(String revision, Phase phase, RunEnd end) {
        end(end);
    }

    @Override
    public void undoStarted(String revision, Phase phase) {
        begin(Observations.PHASE, revision, phase.key(), "down");
    }

    @Override
    public void undoEnded(String revision, Phase phase, RunEnd end) {
        end(end);
    }

    @Override
    public void sectionStarted(String revision, String section) {
        begin(Observations.SECTION, revision, section);
    }

    @Override
    public void sectionEnded(String revision, String section, RunEnd end) {
        end(end);
    }

    @Override
    public void backfillStarted(BackfillView backfill) {
        backfills.put(
                backfill.id(), start(Observations.BACKFILL, backfill.revision(), backfill.name(), backfill.table()));
    }

    @Override
    public void backfillFinished(BackfillView backfill) {
        backfillEnded(backfill, RunEnd.DONE);
    }

    @Override
    public void backfillStopped(BackfillView backfill) {
        backfillEnded(backfill, RunEnd.STOPPED);
    }

    @Override
    public void backfillFailed(BackfillView backfill, Throwable error) {
        backfillEnded(backfill, RunEnd.failed(error));
    }

    private void backfillEnded(BackfillView backfill, RunEnd end) {
        Observation observation = backfills.remove(backfill.id());
        if (observation != null) {
            stop(observation, end);
        }
    }

    private void begin(Observations what, String... values) {
        Observation observation = start(what, values);
        open.push(new Open(observation, observation.openScope()));
    }

    private Observation start(Observations what, String... values) {
        KeyValues keys = KeyValues.empty();
        for (int i = 0; i < values.length; i++) {
            keys = keys.and(what.keys().get(i), values[i]);
        }
        return Observation.createNotStarted(what.observation(), registry)
                .lowCardinalityKeyValues(keys)
                .start();
    }

    private void end(RunEnd end) {
        Open innermost = open.poll();
        if (innermost != null) {
            innermost.scope().close();
            stop(innermost.observation(), end);
        }
    }

    private static void stop(Observation observation, RunEnd end) {
        Throwable error = end.error();
        if (error != null) {
            observation.error(error);
        }
        observation.lowCardinalityKeyValue(Observations.OUTCOME, end.key()).stop();
    }
}
