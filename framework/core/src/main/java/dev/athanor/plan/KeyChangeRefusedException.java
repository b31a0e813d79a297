package dev.athanor.plan;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.List;
import java.util.stream.Collectors;

/** Backfills that set the key they are walked by. Kind REFUSED, code {@code changes_its_key}. */
public final class KeyChangeRefusedException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;

    /**
     * One backfill.
     *
     * @param origin where it stands, as {@code file:line}
     * @param backfill its name
     * @param columns the key columns that it sets
     */
    public record Refusal(String origin, String backfill, List<String> columns) {
        public Refusal {
            columns = List.copyOf(columns);
        }

        @Override
        public String toString() {
            return origin + ": backfill '" + backfill + "' sets " + String.join(", ", columns)
                    + ", by which it walks its table: a changed row would be met again, or never";
        }
    }

    KeyChangeRefusedException(List<Refusal> refusals) {
        super(
                FailureKind.REFUSED,
                "changes_its_key",
                refusals.stream().map(Refusal::toString).collect(Collectors.joining("\n")),
                "Walk by another unique key: key=COLUMN in the directive.");
        this.refusals = List.copyOf(refusals);
    }

    /** The backfills in the order of the plan. */
    public List<Refusal> refusals() {
        return refusals;
    }
}
