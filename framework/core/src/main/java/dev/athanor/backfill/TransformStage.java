package dev.athanor.backfill;

import dev.athanor.backfill.Transformed.Answer;
import dev.athanor.catalog.ColumnPicture;
import dev.athanor.migration.RowTransform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** The middle of a chunk: its rows are transformed, and nothing is open on any server meanwhile. */
final class TransformStage {
    /**
     * How long rows of one chunk are begun. What is answered is written then, so that operators are obeyed soon and little
     * has to be done again when a process dies; the chunks after it are as much smaller.
     */
    static final Duration LONGEST = Duration.ofSeconds(3);
    /** How long answers are awaited that are open then; what is not answered is begun again in the next chunk. */
    private static final Duration GRACE = Duration.ofSeconds(3);
    /** How long the first row of a chunk may take, without which there is nothing to write. */
    static final Duration LONGEST_ROW = Duration.ofSeconds(60);

    private final RowTransform transform;
    private final int concurrency;
    private final List<ColumnPicture> writes;
    private final Scheduler scheduler;

    TransformStage(RowTransform transform, int concurrency, List<ColumnPicture> writes, Scheduler scheduler) {
        this.transform = transform;
        this.concurrency = concurrency;
        this.writes = writes;
        this.scheduler = scheduler;
    }

    /** Transforms rows, so many at once and no more; none is begun any more when time is up and
     * one is answered, or when one has failed. */
    Mono<Transformed> apply(List<SourceRow> rows) {
        return rows.isEmpty()
                ? Mono.fromSupplier(() -> new Transformed(0))
                : Mono.defer(() -> new Pass(rows).transformed());
    }

    /** The rows of one chunk. */
    private final class Pass {
        private final List<SourceRow> rows;
        private final Transformed transformed;
        private final Sinks.Empty<Void> answered = Sinks.empty();
        private final Sinks.Empty<Void> first = Sinks.empty();
        private volatile boolean closing;

        Pass(List<SourceRow> rows) {
            this.rows = rows;
            this.transformed = new Transformed(rows.size());
        }

        Mono<Transformed> transformed() {
            // on a busy machine time may be up before any row is begun
            Mono<Void> timeUp = Mono.delay(LONGEST, scheduler)
                    .then(answered.asMono())
                    .then(Mono.<Void>fromRunnable(() -> closing = true))
                    .then(Mono.never());
            Mono<Void> late = Mono.delay(LONGEST.plus(GRACE), scheduler).then(first.asMono());
            return Flux.range(0, rows.size())
                    .publishOn(scheduler, concurrency)
                    .takeWhile(index -> !closing)
                    .flatMap(this::answer, concurrency, 1)
                    .doOnNext(this::take)
                    .takeUntilOther(Mono.firstWithSignal(timeUp, late, silence()))
                    .then(Mono.fromSupplier(transformed::closed));
        }

        private void take(Answer answer) {
            answered.tryEmitEmpty();
            if (answer.fault() != null) {
                closing = true;
            }
            if (transformed.add(answer) > 0) {
                first.tryEmitEmpty();
            }
        }

        private Mono<Void> silence() {
            return Mono.delay(LONGEST_ROW, scheduler)
                    .takeUntilOther(first.asMono())
                    .flatMap(late -> Mono.<Void>error(
                            RowFaultException.silent(rows.get(0).key(), LONGEST_ROW)))
                    .switchIfEmpty(Mono.never());
        }

        /**
         * What a transform knows at once is taken at once, and nothing of it goes on: a subscription costs more than most
         * of them do.
         */
        private Mono<Answer> answer(int index) {
            SourceRow row = rows.get(index);
            try {
                Publisher<? extends Map<String, ? extends @Nullable Object>> given = transform.apply(row);
                if (given instanceof Callable<?>) {
                    take(new Answer(index, change(row, known(given)), null));
                    return Mono.empty();
                }
                return Mono.<Map<String, ? extends @Nullable Object>>from(given)
                        .map(values -> new Answer(index, change(row, values), null))
                        .defaultIfEmpty(new Answer(index, null, null))
                        .onErrorResume(
                                error -> !(error instanceof VirtualMachineError),
                                error -> Mono.just(fault(index, row, error)));
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                return Mono.just(fault(index, row, e));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, ? extends @Nullable Object> known(Publisher<?> given) throws Exception {
        return ((Callable<@Nullable Map<String, ? extends @Nullable Object>>) given).call();
    }

    private @Nullable RowChange change(SourceRow row, @Nullable Map<String, ? extends @Nullable Object> values) {
        return values == null ? null : RowChange.of(row, values, writes);
    }

    private static Answer fault(int index, SourceRow row, Throwable error) {
        return new Answer(index, null, RowFaultException.failed(row.key(), Exceptions.unwrap(error)));
    }
}
