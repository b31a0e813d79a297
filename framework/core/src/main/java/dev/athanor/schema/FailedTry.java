package dev.athanor.schema;

/** Carries a {@link SchemaFailure} out of a transaction. */
final class FailedTry extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SchemaFailure failure;

    FailedTry(SchemaFailure failure) {
        super(failure.describe(), failure.cause());
        this.failure = failure;
    }

    SchemaFailure failure() {
        return failure;
    }
}
