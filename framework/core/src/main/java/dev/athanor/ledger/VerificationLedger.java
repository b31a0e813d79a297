package dev.athanor.ledger;

import dev.athanor.postgres.ReactiveSession;
import reactor.core.publisher.Mono;

/** The results of verifications, written reactively in the caller's transaction. */
public final class VerificationLedger {
    private final String schema;

    /** Writes into a state schema. */
    public VerificationLedger(StateSchema schema) {
        this.schema = schema.quoted();
    }

    /**
     * Writes what a verification counted. It passes with 0 and is then finished.
     *
     * @return an error {@link FencedOffException} when another process has taken the lease
     */
    public Mono<Void> write(ReactiveSession session, Fence fence, Counted counted) {
        return session.execute(
                        "INSERT INTO " + schema + ".section (revision_id, ordinal, finished_at, result)"
                                + " SELECT $1, $2, CASE WHEN $3 = 0 THEN clock_timestamp() END, $3"
                                + " FROM (SELECT 1 FROM " + schema + ".lease WHERE name = $4 AND token = $5"
                                + " AND NOT released FOR KEY SHARE) AS held"
                                + " ON CONFLICT (revision_id, ordinal)"
                                + " DO UPDATE SET finished_at = excluded.finished_at, result = excluded.result",
                        counted.revision(),
                        counted.ordinal(),
                        counted.stillWrong(),
                        Leases.NAME,
                        fence.token())
                .flatMap(rows -> rows == 1 ? Mono.<Void>empty() : Mono.error(new FencedOffException(fence)));
    }

    /**
     * What a verification counted.
     *
     * @param ordinal index of its section in the revision
     * @param stillWrong rows; 0 passes
     */
    public record Counted(String revision, int ordinal, long stillWrong) {}
}
