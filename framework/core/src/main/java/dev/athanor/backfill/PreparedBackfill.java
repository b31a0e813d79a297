package dev.athanor.backfill;

import dev.athanor.ledger.BackfillLedger.StoredRange;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.postgres.ReactiveTransactions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A backfill with its ranges in the ledger and its guards passed, ready to run. */
public final class PreparedBackfill {
    private final long id;
    private final BackfillStep step;
    private final Walk walk;
    private final List<StoredRange> stored;
    private final long rowsEstimated;
    private final Subject subject;
    private final TransformPace pace;

    PreparedBackfill(long id, BackfillStep step, Subject subject, List<StoredRange> stored, long rowsEstimated) {
        this.id = id;
        this.step = step;
        this.subject = subject;
        this.walk = subject.walk();
        this.stored = List.copyOf(stored);
        this.rowsEstimated = rowsEstimated;
        RowSql rows = subject.rows();
        this.pace = new TransformPace(rows == null ? 0 : rows.values());
    }

    /** Id in the ledger. */
    public long id() {
        return id;
    }

    /** What is run. */
    public BackfillStep step() {
        return step;
    }

    /** Every range as it stood when the backfill was prepared; none for an empty table. */
    public List<RangeState> ranges() {
        return stored.stream().map(RangeState::of).toList();
    }

    /** The planner's estimate of the table's rows when the backfill began. */
    public long rowsEstimated() {
        return rowsEstimated;
    }

    Subject subject() {
        return subject;
    }

    Walk walk() {
        return walk;
    }

    /** The SQL of work on rows; null for a statement. */
    @Nullable
    RowSql rows() {
        return subject.rows();
    }

    /** The same where it is known to be work on rows. */
    RowSql rowSql() {
        return Objects.requireNonNull(subject.rows());
    }

    /** Rows of a chunk for which so many are granted: of work on rows as many as are done in its time. */
    int rowsOf(int granted) {
        return subject.rows() == null ? granted : pace.of(granted);
    }

    /** Where the rows are read. */
    ReactiveTransactions reader() {
        return subject.reader();
    }

    /** How many rows are transformed in the time of a chunk. */
    TransformPace pace() {
        return pace;
    }

    List<StoredRange> stored() {
        return stored;
    }
}
