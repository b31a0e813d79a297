package dev.athanor.backfill;

import dev.athanor.ledger.Control;
import dev.athanor.ledger.ControlLedger;
import dev.athanor.ledger.ControlLedger.Vitals;
import dev.athanor.ledger.OwnProcess;
import dev.athanor.postgres.DatabaseException;
import dev.athanor.postgres.TransactionSettings;
import dev.athanor.throttle.BudgetState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.ObjectMapper;

/**
 * Where a run hears what operators wish, and says how it does. Chunks look at the version of the wishes under the lock of
 * their range, so none that begins after a command runs in spite of it; announcements and a look every second end waits.
 */
final class ControlDesk {
    /** How often a run says how it does; views call it silent after ten times as long. */
    private static final Duration BEAT = Duration.ofSeconds(1);
    /** Before listening again on a connection that was lost. */
    private static final Duration LISTEN_AGAIN = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BackfillRun run;
    private final ControlLedger ledger;
    private final RateMeter meter;
    private final AtomicLong chunkMillis = new AtomicLong();
    private final Map<Long, Long> chunksByVersion = new ConcurrentHashMap<>();
    private final Sinks.Many<Control> changes = Sinks.many().replay().latest();
    private volatile Control control = Control.NONE;
    private volatile long obeyed;
    private volatile boolean owed;

    ControlDesk(BackfillRun run, ControlLedger ledger) {
        this.run = run;
        this.ledger = ledger;
        this.meter = new RateMeter(run.clock().instant());
    }

    /** Version of the wishes that are known. */
    long version() {
        return control.version();
    }

    Control control() {
        return control;
    }

    /** Rows that may be set aside in all. */
    long skipLimit() {
        Long set = control.pace().skipLimit();
        Long directive = run.backfill().step().options().skipLimit();
        if (set != null) {
            return set;
        }
        return directive == null ? 0 : directive;
    }

    /** Completes when chunks may begin, or when the backfill is cancelled. */
    Mono<Void> whenOpen() {
        return control.pause() == null
                ? Mono.empty()
                : changes.asFlux()
                        .filter(wished -> wished.pause() == null || wished.cancellation() != null)
                        .next()
                        .then();
    }

    /** Counts a chunk as running under the wishes known at its beginning. */
    <T> Mono<T> inFlight(Mono<T> chunk) {
        return Mono.defer(() -> {
            long version = control.version();
            chunksByVersion.merge(version, 1L, Long::sum);
            return chunk.doFinally(end ->
                    chunksByVersion.compute(version, (v, count) -> count == null || count == 1 ? null : count - 1));
        });
    }

    void chunkDone(BackfillEvent.ChunkCommitted chunk) {
        meter.walked(chunk.rowsWalked());
        chunkMillis.set(chunk.statement().toMillis());
    }

    /** Reads what is wished before the first chunk. */
    Mono<Void> open() {
        return run.transactions()
                .readOnly(session -> ledger.read(session, run.backfill().id()).flux())
                .next()
                .doOnNext(this::accept)
                .then();
    }

    /** What was wished before this run, if anything ever was: listeners are to know of a pause that holds still. */
    Flux<BackfillEvent> known() {
        return control.version() == 0
                ? Flux.empty()
                : Flux.just(new BackfillEvent.ControlChanged(run.backfill().id(), control));
    }

    /** Reads what is wished and obeys it. */
    Flux<BackfillEvent> refresh() {
        return run.transactions()
                .readOnly(session -> ledger.read(session, run.backfill().id()).flux())
                .next()
                .filter(this::accept)
                .flatMapMany(wished -> Flux.<BackfillEvent>just(
                                new BackfillEvent.ControlChanged(run.backfill().id(), wished))
                        .concatWith(revive()))
                .onErrorResume(DatabaseException.class, e -> Flux.empty());
    }

    /** Owed until it has succeeded: the command counts as known already. */
    private Mono<BackfillEvent> revive() {
        return Mono.defer(() -> owed ? run.revive().doOnSuccess(done -> owed = false) : Mono.empty())
                .then(Mono.empty());
    }

    private synchronized boolean accept(Control wished) {
        if (wished.version() <= control.version() && control != Control.NONE) {
            return false;
        }
        boolean first = control == Control.NONE;
        control = wished;
        owed = !first;
        Control.Wish cancellation = wished.cancellation();
        if (cancellation != null) {
            run.cancelled(cancellation);
        }
        run.pace(wished.pace());
        changes.emitNext(wished, Sinks.EmitFailureHandler.busyLooping(BEAT));
        return !first || wished.version() > 0;
    }

    /** Listens and tells as long as it is subscribed; never completes. */
    Flux<BackfillEvent> watch() {
        Flux<BackfillEvent> beats = Flux.interval(Duration.ZERO, BEAT, run.scheduler())
                .onBackpressureDrop()
                .concatMap(tick -> beat(), 1);
        String announced = ledger.announcement(run.backfill().id());
        Flux<BackfillEvent> heard = run.transactions()
                .notifications(ControlLedger.CHANNEL)
                .filter(announced::equals)
                .onBackpressureLatest()
                .concatMap(message -> refresh().concatWith(noteObeyed()), 1)
                .onErrorResume(DatabaseException.class, e -> Flux.empty())
                .repeatWhen(ends -> ends.delayElements(LISTEN_AGAIN, run.scheduler()));
        return Flux.merge(beats, heard);
    }

    private Flux<BackfillEvent> beat() {
        return Flux.defer(() -> {
            BudgetState budget = run.budget().state();
            Vitals vitals = vitals(budget);
            boolean paused = control.pause() != null;
            return Flux.<BackfillEvent>just(
                            new BackfillEvent.Beat(run.backfill().id(), vitals.rowsPerSecond(), paused, budget))
                    .concatWith(write(vitals));
        });
    }

    private Flux<BackfillEvent> write(Vitals vitals) {
        return run.transactions()
                .inTransaction(
                        TransactionSettings.LEDGER,
                        session -> ledger.beat(session, run.backfill().id(), vitals, run.fence()))
                .flatMapMany(version -> version == control.version() ? revive().flux() : refresh())
                .concatWith(noteObeyed())
                .onErrorResume(DatabaseException.class, e -> Flux.empty());
    }

    /** A command is obeyed when no chunk runs any more that began before it was known. */
    private Mono<BackfillEvent> noteObeyed() {
        return Mono.defer(() -> {
                    long version = control.version();
                    if (version == obeyed || chunksByVersion.keySet().stream().anyMatch(older -> older < version)) {
                        return Mono.<Long>empty();
                    }
                    return run.transactions()
                            .inTransaction(
                                    TransactionSettings.LEDGER,
                                    session -> ledger.obeyed(
                                            session, run.backfill().id(), version, self()))
                            .doOnNext(marked -> obeyed = version);
                })
                .onErrorResume(DatabaseException.class, e -> Mono.empty())
                .then(Mono.empty());
    }

    private static String self() {
        OwnProcess process = OwnProcess.current();
        return "pid " + process.pid() + " on " + process.host();
    }

    private Vitals vitals(BudgetState budget) {
        Control.Wish pause = control.pause();
        Duration active = meter.read(run.clock().instant(), pause == null);
        String running = budget.throttled() ? "throttled" : "running";
        return new Vitals(
                pause == null ? running : "paused",
                pause == null ? budget.reason() : "paused by " + pause.by(),
                meter.rate(),
                active,
                budget.workers(),
                budget.workersWanted(),
                budget.chunkRows(),
                chunkMillis.get(),
                budget.utilisation(),
                JSON.writeValueAsString(budget.readings()));
    }
}
