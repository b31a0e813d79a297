package dev.athanor.jobs.supportdesk.application;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Plays the old version of the support desk's application: reads and updates by key and a few inserts, each a
 * transaction of its own. It begins statements by the clock, at a constant rate, whether or not earlier ones have come
 * back, and measures each from the time it was due; a stall of the database therefore shows in full. Statements are
 * counted to the period in which they were due.
 *
 * <p>Errors do not end it: they are counted, and the next statement follows. Thread-safe.
 */
public final class SimulatedApplication implements Disposable {
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final DeskConnection desk;
    private final ApplicationSettings settings;
    private final Scheduler scheduler;
    private final Periods periods = new Periods();
    private final Sinks.Empty<Void> stopWanted = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private final Disposable.Swap running = Disposables.swap();

    private SimulatedApplication(DeskConnection desk, ApplicationSettings settings, Scheduler scheduler) {
        this.desk = desk;
        this.settings = settings;
        this.scheduler = scheduler;
    }

    /**
     * Starts an application. A database that cannot be reached at first is tried again every second.
     *
     * @param connections where the support desk is; pooled here
     * @param settings rate and bounds
     * @param scheduler its clock and timer, such as {@code Schedulers.parallel()}
     * @param firstPeriod name of the period that begins now
     * @return the running application; end it by {@link #stop} or {@link #dispose}
     */
    public static SimulatedApplication start(
            ConnectionFactory connections, ApplicationSettings settings, Scheduler scheduler, String firstPeriod) {
        DeskConnection desk = new DeskConnection(connections, settings.connections());
        SimulatedApplication application = new SimulatedApplication(desk, settings, scheduler);
        application.beginPeriod(firstPeriod);
        application.running.update(application.run().subscribe());
        return application;
    }

    /**
     * As {@link #start(ConnectionFactory, ApplicationSettings, Scheduler, String)}, from a URL.
     *
     * @param url {@code postgresql://user:password@host:port/database}
     */
    public static SimulatedApplication start(
            String url, ApplicationSettings settings, Scheduler scheduler, String firstPeriod) {
        return start(ConnectionFactories.get("r2dbc:" + url), settings, scheduler, firstPeriod);
    }

    /** Begins a new period; statements that are due from now on count to it. */
    public void beginPeriod(String name) {
        periods.begin(name, now());
    }

    /** What users felt so far, in each period in order. */
    public List<PeriodReport> reports() {
        return periods.reports();
    }

    /** Begins no more statements; completes when those under way have ended and the connections are closed. */
    public Mono<Void> stop() {
        return Mono.fromRunnable(stopWanted::tryEmitEmpty).then(ended.asMono()).then(desk.close());
    }

    /** Ends it at once: abandons the statements under way and closes the connections in the background. */
    @Override
    public void dispose() {
        running.dispose();
        desk.closeNow();
    }

    @Override
    public boolean isDisposed() {
        return running.isDisposed();
    }

    private Mono<Void> run() {
        return desk.knownKeys()
                .doOnError(error -> periods.at(now()).failed(DeskConnection.sqlState(error)))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RECONNECT).scheduler(scheduler))
                .takeUntilOther(stopWanted.asMono())
                .flatMapMany(this::statements)
                .then()
                .doFinally(signal -> ended.tryEmitEmpty());
    }

    /**
     * Every slot in flight takes the next statement, waits until it is due and runs it. When all slots are held up,
     * statements begin late, and what they waited counts.
     */
    private Flux<Void> statements(KnownKeys keys) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        long interval = TimeUnit.SECONDS.toNanos(1) / settings.statementsPerSecond();
        return Flux.<Due, Long>generate(this::now, (due, sink) -> {
                    sink.next(new Due(due, Request.next(random, keys)));
                    return due + interval;
                })
                .takeUntilOther(stopWanted.asMono())
                .flatMap(this::whenDue, settings.maxInFlight(), 1);
    }

    private Mono<Void> whenDue(Due due) {
        long wait = Math.max(0, due.nanos() - now());
        return Mono.delay(Duration.ofNanos(wait), scheduler)
                .takeUntilOther(stopWanted.asMono())
                .flatMap(tick -> measured(due));
    }

    private Mono<Void> measured(Due due) {
        Period period = periods.at(due.nanos());
        return desk.send(due.request())
                .onErrorResume(error -> {
                    period.failed(DeskConnection.sqlState(error));
                    return Mono.empty();
                })
                .doFinally(signal -> period.ended(now() - due.nanos()));
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    /** @param nanos when the statement is due, on the scheduler's clock */
    private record Due(long nanos, Request request) {}
}
