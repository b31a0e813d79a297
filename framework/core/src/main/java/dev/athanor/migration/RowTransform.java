package dev.athanor.migration;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Makes new values of a row out of its old ones, in the JVM. It may call another service: while its answer is awaited no
 * transaction is open and no connection is held.
 *
 * <p>It may be asked more than once for the same row (after a crash, or when the application has changed the row
 * meanwhile); its answer is written once. It must not block the thread it is called on: a blocking call goes into
 * {@code Mono.fromCallable(…).subscribeOn(Schedulers.boundedElastic())}.
 */
@FunctionalInterface
public interface RowTransform {
    /**
     * The new values of one row.
     *
     * @return a publisher of one map of written columns, by their true spelling, to values; a column that is not in it
     *     stays as it is in a row that is there, and is NULL in a row that is copied. No map: the row is left as it is, or
     *     not copied. Values may be null, String, any number, Boolean, UUID, a time of {@code java.time}, {@code byte[]},
     *     an enum constant, or a List or array of these for an array column; JSON is written as String. An error means
     *     that this row does not fit and is treated as bad data is, but a {@link PassingFaultException} means that the
     *     same may go well later
     */
    Publisher<? extends Map<String, ? extends @Nullable Object>> apply(RowView row);
}
