package dev.athanor.benchmark;

import dev.athanor.benchmark.result.Round;
import dev.athanor.benchmark.result.SubjectResult;
import dev.athanor.benchmark.subject.Subject;
import dev.athanor.benchmark.subject.Subject.Kind;
import dev.athanor.benchmark.subject.Subjects;
import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.table.TableMeter;
import dev.athanor.benchmark.table.TicketTable;
import dev.athanor.benchmark.worker.Measured;
import dev.athanor.benchmark.worker.Worker;
import dev.athanor.benchmark.worker.WorkerPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All subjects of one volume in interleaved rounds: everything once, then everything again, so that whatever the machine does meanwhile concerns all
 * alike. The order within a scene turns from round to round. The reference of a scene is measured again after every few subjects, and each is compared
 * with the last one before it.
 */
final class TableRounds {
    /** On a large table these take minutes, in which a machine may change its speed. */
    private static final int SUBJECTS_A_REFERENCE = 6;
    /** From here on, slow subjects are measured once. */
    private static final long LARGE = 1_000_000;

    private final BenchmarkSettings settings;
    private final TicketTable table;
    private final WorkerPool workers;
    private final Consumer<String> progress;
    private final BooleanSupplier stopped;
    private final Map<String, List<Round>> rounds = new HashMap<>();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<Scene, Double> reference = new EnumMap<>(Scene.class);

    TableRounds(
            BenchmarkSettings settings,
            TicketTable table,
            WorkerPool workers,
            Consumer<String> progress,
            BooleanSupplier stopped) {
        this.settings = settings;
        this.table = table;
        this.workers = workers;
        this.progress = progress;
        this.stopped = stopped;
    }

    /** Measures everything, unless it is stopped; what fails is noted, and the rest goes on. */
    void run() {
        for (int round = settings.warmUp() ? 0 : 1; round <= settings.repeats(); round++) {
            for (Scene scene : Scene.values()) {
                scene(scene, round);
            }
        }
    }

    /** What was measured, in the order of the list of subjects. */
    List<SubjectResult> results() {
        return Stream.of(Kind.REFERENCE, Kind.CASE, Kind.PEER)
                .flatMap(kind -> Subjects.of(kind).stream())
                .filter(subject -> rounds.containsKey(subject.id()) || failures.containsKey(subject.id()))
                .map(subject -> new SubjectResult(
                        subject.id(),
                        subject.title(),
                        subject.kind().name().toLowerCase(Locale.ROOT),
                        subject.scene().name().toLowerCase(Locale.ROOT),
                        Subjects.reference(subject.scene()).id(),
                        rounds.getOrDefault(subject.id(), List.of()),
                        failures.get(subject.id())))
                .toList();
    }

    private void scene(Scene scene, int round) {
        List<Subject> chosen = Stream.of(Kind.CASE, Kind.PEER)
                .flatMap(kind -> Subjects.of(kind).stream())
                .filter(subject -> subject.scene() == scene)
                .filter(subject -> settings.subjects().contains(subject.id()))
                .filter(subject -> !failures.containsKey(subject.id()))
                .filter(subject -> round == 1 || !subject.isSlow() || table.rows() < LARGE)
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.rotate(chosen, round * chosen.size() / (settings.repeats() + 1));
        for (int i = 0; i < chosen.size(); i++) {
            if (i % SUBJECTS_A_REFERENCE == 0 && (i == 0 || round > 0)) {
                measure(Subjects.reference(scene), round);
            }
            measure(chosen.get(i), round);
        }
    }

    /** A JVM that takes the place of one that was given up is warmed up like any other. */
    private void measure(Subject subject, int round) {
        if (stopped.getAsBoolean()) {
            return;
        }
        boolean cold = settings.warmUp() && round > 0 && !subject.isSlow() && !workers.isWarm(subject);
        if (cold) {
            measureOnce(subject, 0);
        }
        if (!failures.containsKey(subject.id())) {
            measureOnce(subject, round);
        }
    }

    private void measureOnce(Subject subject, int round) {
        try {
            Round measured = measured(subject, workers.of(subject), round);
            progress.accept(line(subject, measured));
            if (measured.missedRows() != 0 && !subject.leavesRowsOut()) {
                fail(subject, measured.missedRows() + " rows are not as they should be");
            } else if (round > 0) {
                rounds.computeIfAbsent(subject.id(), id -> new ArrayList<>()).add(measured);
            }
        } catch (RuntimeException e) {
            // The server's no less than the worker's: whatever it is, it concerns this subject alone, as far as anybody
            // knows.
            fail(subject, String.valueOf(e.getMessage()));
            workers.discard(subject);
        }
    }

    private Round measured(Subject subject, Worker worker, int round) {
        table.renew(subject.scene());
        worker.open(subject.id());
        TableMeter meter = TableMeter.start(table.database());
        Measured run = worker.run();
        long wal = meter.wal();
        worker.closeWork();
        TableMeter.Cost cost = meter.cost(wal);
        long missed = table.wrong(subject.scene());
        double rate = (table.rows() - missed) / run.seconds();
        if (subject.kind() == Kind.REFERENCE) {
            reference.put(subject.scene(), rate);
        }
        return new Round(
                round,
                run.seconds(),
                rate,
                ratio(subject.scene(), rate),
                cost.walBytes(),
                cost.growthBytes(),
                cost.hotPercent(),
                run.cpuNanos() / 1e9,
                run.peakHeapBytes(),
                missed,
                cost.checkpoints());
    }

    private @Nullable Double ratio(Scene scene, double rate) {
        Double by = reference.get(scene);
        return by == null ? null : rate / by;
    }

    private void fail(Subject subject, String reason) {
        if (stopped.getAsBoolean()) {
            return;
        }
        String why = reason.replaceAll("\\s+", " ");
        failures.put(subject.id(), why);
        if (subject.kind() == Kind.REFERENCE) {
            reference.remove(subject.scene());
        }
        progress.accept("  FAILED: " + subject.id() + ": " + why);
    }

    private String line(Subject subject, Round measured) {
        Double ratio = measured.ratio();
        return String.format(
                Locale.ROOT,
                "%-8s %-24s %8.2f s %,12.0f rows/s %6s%s",
                measured.number() == 0 ? "warm-up" : "round " + measured.number(),
                subject.id(),
                measured.seconds(),
                measured.rowsPerSecond(),
                ratio == null ? "" : String.format(Locale.ROOT, "× %.2f", ratio),
                measured.missedRows() == 0
                        ? ""
                        : String.format(Locale.ROOT, "  %,d rows missed", measured.missedRows()));
    }
}
