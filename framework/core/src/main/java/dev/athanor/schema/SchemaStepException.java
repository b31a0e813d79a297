package dev.athanor.schema;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schema step that failed for good: exit code 4. A transactional section has left nothing behind. */
public final class SchemaStepException extends AthanorException {
    private static final long serialVersionUID = 1L;

    private final String revision;
    private final int statement;
    private final @Nullable String sqlState;
    private final List<Blocker> blockers;

    SchemaStepException(SchemaFailure failure, String code, String message, String hint) {
        super(FailureKind.FAILED, code, message, hint, failure.cause());
        this.revision = failure.step().revision();
        this.statement = failure.statement();
        this.sqlState = failure.cause() == null ? null : failure.cause().sqlState();
        this.blockers = failure.blockers();
    }

    /** Id of the revision. */
    public String revision() {
        return revision;
    }

    /** Number of the statement in its section, counted from 1; 0 when it was the commit. */
    public int statement() {
        return statement;
    }

    /** SQLSTATE, or null when there is none. */
    public @Nullable String sqlState() {
        return sqlState;
    }

    /** Who held the lock, after a lock timeout; may be empty when nobody could be seen. */
    public List<Blocker> blockers() {
        return blockers;
    }
}
