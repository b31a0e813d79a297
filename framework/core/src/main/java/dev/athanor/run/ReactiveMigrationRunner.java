package dev.athanor.run;

import dev.athanor.revision.RevisionPlan;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The same door for reactive callers: nothing happens until somebody subscribes, the work is done on a thread where blocking
 * is allowed, results and errors are those of {@link MigrationRunner}. Whoever cancels an upgrade, a downgrade or a resume
 * asks it to stop at its next clean checkpoint, and does not hear of it any more.
 */
public final class ReactiveMigrationRunner {
    private final MigrationRunner runner;

    ReactiveMigrationRunner(MigrationRunner runner) {
        this.runner = runner;
    }

    /** As {@link MigrationRunner#upgrade}. */
    public Mono<RunResult> upgrade(UpgradeRequest request) {
        return stoppable(() -> runner.upgrade(request));
    }

    /** As {@link MigrationRunner#downgrade}. */
    public Mono<RunResult> downgrade(String target) {
        return stoppable(() -> runner.downgrade(target));
    }

    /** As {@link MigrationRunner#resume}. */
    public Mono<RunResult> resume(@Nullable String revision) {
        return stoppable(() -> runner.resume(revision));
    }

    /** As {@link MigrationRunner#stamp}; it is one transaction, and is not cut short. */
    public Mono<RunResult> stamp(List<String> targets, boolean purge) {
        return stoppable(() -> runner.stamp(targets, purge));
    }

    /** As {@link MigrationRunner#adopt}; it is one transaction, and is not cut short. */
    public Mono<Adoption> adopt(AdoptionRequest request) {
        return stoppable(() -> runner.adopt(request));
    }

    /** As {@link MigrationRunner#planAdoption}. */
    public Mono<Adoption> planAdoption(AdoptionRequest request) {
        return blocking(() -> runner.planAdoption(request));
    }

    /** As {@link MigrationRunner#doctor}. */
    public Mono<DoctorReport> doctor() {
        return blocking(runner::doctor);
    }

    /** As {@link MigrationRunner#status}. */
    public Mono<StatusReport> status() {
        return blocking(runner::status);
    }

    /** As {@link MigrationRunner#check}. */
    public Mono<CheckReport> check() {
        return blocking(runner::check);
    }

    /** As {@link MigrationRunner#dryRun}. */
    public Mono<DryRunReport> dryRun(UpgradeRequest request) {
        return blocking(() -> runner.dryRun(request));
    }

    /** As {@link MigrationRunner#planUpgrade}. */
    public Mono<RevisionPlan> planUpgrade(String target) {
        return blocking(() -> runner.planUpgrade(target));
    }

    /** As {@link MigrationRunner#planDowngrade}. */
    public Mono<RevisionPlan> planDowngrade(String target) {
        return blocking(() -> runner.planDowngrade(target));
    }

    private <T> Mono<T> stoppable(Callable<T> work) {
        return blocking(work).doOnCancel(runner::stop);
    }

    /** Not by subscribeOn: a cancelled run must go on to its checkpoint, and not be interrupted in the middle of a commit. */
    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.create(sink -> Schedulers.boundedElastic().schedule(() -> {
            try {
                sink.success(work.call());
            } catch (Exception e) {
                sink.error(e);
            }
        }));
    }
}
