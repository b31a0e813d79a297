package dev.athanor.run;

import dev.athanor.ledger.Control.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What backfills need of an operator. */
final class BackfillDiagnosis {
    /** A pause that lasts longer has perhaps been forgotten. */
    private static final Duration LONG_PAUSE = Duration.ofDays(1);

    private final Diagnosis diagnosis;
    private final Instant now;

    BackfillDiagnosis(Diagnosis diagnosis, Instant now) {
        this.diagnosis = diagnosis;
        this.now = now;
    }

    void examine(List<BackfillProgress> backfills) {
        backfills.forEach(this::examine);
    }

    private void examine(BackfillProgress backfill) {
        String object = "backfill " + backfill.name() + " of revision " + backfill.revision();
        switch (backfill.standing()) {
            case STALLED -> diagnosis.warning(object, "is stalled: the process that ran it is gone", backfill.remedy());
            case FAILED -> diagnosis.warning(object, "has failed: " + backfill.reason(), backfill.remedy());
            case PAUSED -> paused(object, backfill);
            case CANCELLED ->
                diagnosis.note(
                        object,
                        "was cancelled by " + by(backfill.control().cancellation()) + "; its revision cannot go on",
                        backfill.remedy());
            default -> {
                if (backfill.ranges().failed() > 0) {
                    diagnosis.warning(
                            object,
                            "goes on, but " + backfill.reason(),
                            "mend what the error names, then: athanor backfill retry " + backfill.id());
                }
            }
        }
        quarantined(object, backfill);
    }

    private void paused(String object, BackfillProgress backfill) {
        Wish pause = backfill.control().pause();
        Duration since = pause == null ? Duration.ZERO : Duration.between(pause.at(), now);
        if (since.compareTo(LONG_PAUSE) >= 0) {
            diagnosis.warning(
                    object, "was paused by " + by(pause) + " " + since.toHours() + " hours ago", backfill.remedy());
        } else {
            diagnosis.note(object, "is paused by " + by(pause), backfill.remedy());
        }
    }

    private void quarantined(String object, BackfillProgress backfill) {
        long rows = backfill.rows().quarantined();
        if (rows > 0) {
            diagnosis.warning(
                    object,
                    "has set " + rows + (rows == 1 ? " row" : " rows") + " aside, whose data does not fit",
                    Remedies.quarantine(backfill));
        }
    }

    private static String by(@Nullable Wish wish) {
        return wish == null ? "" : wish.by() + (wish.reason().isEmpty() ? "" : " (" + wish.reason() + ")");
    }
}
