package dev.athanor.schema;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.postgres.DatabaseException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounded tries with pauses between them. */
record Tries(SchemaSettings settings, SchemaStep step, SchemaListener listener) {

    /** Runs work until it succeeds, fails for good, or the tries are used up. */
    void run(Runnable work) {
        for (int tries = 1; ; tries++) {
            SchemaFailure failure = failure(work);
            if (failure == null) {
                return;
            }
            if (!failure.retryable() || tries > retries()) {
                throw failure.toException(tries);
            }
            Duration delay = settings.backoff().delay(tries);
            listener.retrying(step, failure.describe(), tries, delay);
            settings.pause().await(delay);
        }
    }

    private @Nullable SchemaFailure failure(Runnable work) {
        try {
            work.run();
            return null;
        } catch (FailedTry e) {
            return e.failure();
        } catch (DatabaseException e) {
            return new SchemaFailure(step, 0, SchemaFailure.Kind.FAULT, e, List.of());
        }
    }

    private int retries() {
        Integer given = step.options().retries();
        return given == null ? settings.retries() : given;
    }
}
