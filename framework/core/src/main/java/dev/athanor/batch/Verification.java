package dev.athanor.batch;

import dev.athanor.AthanorException;
import dev.athanor.plan.Step.VerifyStep;
import dev.athanor.verify.Verifier;

/** A verification for a caller who waits for its number. */
public final class Verification {
    private Verification() {}

    /**
     * The rows still wrong. Writes nothing.
     *
     * @throws AthanorException as of {@link Verifier#count}
     */
    public static long count(Verifier verifier, VerifyStep step) {
        return Bridge.await(verifier.count(step)).orElseThrow();
    }
}
