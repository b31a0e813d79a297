package dev.athanor.benchmark.worker;

import dev.athanor.benchmark.subject.Subject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The workers of one volume: a JVM for each group of subjects, kept from the warm-up to the last round, so that all are measured with compiled
 * code. Small tables share a single JVM, because starting one takes longer than their work.
 */
public final class WorkerPool implements AutoCloseable {
    /** Below this, starting a JVM would be most of the time of a run. */
    private static final long ROWS_WORTH_A_JVM = 100_000;

    private final WorkerSettings settings;
    private final boolean shared;
    private final Map<String, Worker> workers = new LinkedHashMap<>();

    /** Starts nothing yet. */
    public WorkerPool(WorkerSettings settings, long rows) {
        this.settings = settings;
        this.shared = rows < ROWS_WORTH_A_JVM;
    }

    /** The worker of a subject; a new one when there is none or when it has died. */
    public Worker of(Subject subject) {
        String group = group(subject);
        Worker known = workers.get(group);
        if (known != null && known.isAlive()) {
            return known;
        }
        Worker started = Worker.start(subject.worksInTheJvm() ? settings.withEveryCompiler() : settings);
        workers.put(group, started);
        return started;
    }

    /** Whether the worker of a subject has run anything yet, this subject or one of its group. */
    public boolean isWarm(Subject subject) {
        Worker known = workers.get(group(subject));
        return known != null && known.isAlive() && known.isUsed();
    }

    private String group(Subject subject) {
        return shared ? "all" : subject.group();
    }

    /** Gives the worker of a subject up, whose state is not known any more. */
    public void discard(Subject subject) {
        Worker known = workers.remove(group(subject));
        if (known != null) {
            known.kill();
        }
    }

    @Override
    public void close() {
        workers.values().forEach(Worker::close);
    }
}
