package dev.athanor.verify;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.Fence;
import dev.athanor.ledger.FencedOffException;
import dev.athanor.ledger.VerificationLedger;
import dev.athanor.ledger.VerificationLedger.Counted;
import dev.athanor.plan.Step.VerifyStep;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.ReactiveTransactions;
import dev.athanor.postgres.Row;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.sql.SqlStateClass;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Runs verification queries: one number each, the rows still wrong. What was counted is kept in the ledger. */
public final class Verifier {
    private final ReactiveTransactions transactions;
    private final VerificationLedger ledger;

    /** Verifies on this database. */
    public Verifier(ReactiveTransactions transactions, VerificationLedger ledger) {
        this.transactions = transactions;
        this.ledger = ledger;
    }

    /**
     * Runs one verification and records its number. Running it again counts again.
     *
     * @return completes when no row is wrong. Errors: {@link VerificationFailedException} when some are;
     *     {@link AthanorException} code {@code bad_verification}, kind FAILED, when the query gives something else than
     *     one number, or fails; {@link FencedOffException} when another process has taken the lease
     */
    public Mono<Void> run(VerifyStep step, Fence fence) {
        return count(step)
                .flatMap(counted -> record(step, fence, counted).thenReturn(counted))
                .flatMap(counted -> counted == 0
                        ? Mono.empty()
                        : Mono.error(new VerificationFailedException(step.revision(), step.name(), counted)));
    }

    /**
     * Runs one verification and records nothing.
     *
     * @return the rows still wrong, be they none. Errors: {@link AthanorException} code {@code bad_verification}, as of
     *     {@link #run}
     */
    public Mono<Long> count(VerifyStep step) {
        // no transaction of ours is open beside it: it may run for minutes
        return transactions
                .readOnly(session ->
                        session.query(step.sql(), row -> number(step, row)).take(2))
                .collectList()
                .onErrorMap(DatabaseException.class, e -> broken(step, e))
                .flatMap(numbers -> numbers.size() == 1
                        ? Mono.just(numbers.get(0))
                        : Mono.error(bad(step, numbers.isEmpty() ? "no row" : "several rows", null)));
    }

    private static long number(VerifyStep step, Row row) {
        if (row.columns().size() != 1) {
            throw bad(step, row.columns().size() + " columns", null);
        }
        String column = row.columns().get(0);
        long number;
        try {
            number = row.wholeNumber(column);
        } catch (IllegalStateException | ArithmeticException e) {
            throw bad(step, "something else than a whole number", e);
        }
        if (number < 0) {
            throw bad(step, "the negative number " + number, null);
        }
        return number;
    }

    private Mono<Void> record(VerifyStep step, Fence fence, long counted) {
        return transactions
                .inTransaction(
                        TransactionSettings.LEDGER,
                        session -> ledger.write(session, fence, new Counted(step.revision(), step.ordinal(), counted))
                                .thenReturn(counted))
                .then();
    }

    /** A passing fault stays what it is, so that whoever runs this may try again. */
    private static AthanorException broken(VerifyStep step, DatabaseException e) {
        return e.category() == SqlStateClass.TRANSIENT ? e : bad(step, "an error: " + e.getMessage(), e);
    }

    private static AthanorException bad(VerifyStep step, String gave, @Nullable Throwable cause) {
        return new AthanorException(
                FailureKind.FAILED,
                "bad_verification",
                "Revision '" + step.revision() + "': verification '" + step.name() + "' at " + step.origin()
                        + " must give one row with one whole number, the rows still wrong; it gave " + gave,
                "Correct " + step.origin() + ", then run athanor resume.",
                cause);
    }
}
