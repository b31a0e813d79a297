package dev.athanor.batch;

import java.util.Optional;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * The one place where a thread waits for a publisher. Spring Batch calls steps on a thread of its own and takes their
 * return for their end; the reactive world ends here. It is never an event-loop thread: those run the other side.
 */
final class Bridge {
    private Bridge() {}

    /** Waits for the publisher; its error is thrown as it is, without Reactor's wrapping. */
    static <T> Optional<T> await(Mono<T> publisher) {
        try {
            return publisher.blockOptional();
        } catch (RuntimeException e) {
            Throwable error = Exceptions.unwrap(e);
            if (error instanceof RuntimeException exception) {
                throw exception;
            }
            throw e;
        }
    }
}
