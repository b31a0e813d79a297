package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Figure;
import dev.athanor.benchmark.result.Series;
import dev.athanor.benchmark.subject.Subjects;
import dev.athanor.benchmark.table.Scene;
import dev.athanor.benchmark.worker.Measured;
import dev.athanor.benchmark.worker.Worker;
import dev.athanor.postgres.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an application feels: alone, beside a backfill that is held back, beside one that is not, and beside one UPDATE. Each on a fresh table, with a
 * load that has run for a moment before.
 */
record Foreground() implements Drill {
    /** Long enough for connections and plans to be there. */
    private static final Duration WARM_UP = Duration.ofMillis(500);
    /** The one UPDATE lasts for as long as it lasts. */
    private static final Duration FOREVER = Duration.ofHours(1);

    /** What is beside the application. */
    enum Beside {
        ALONE("alone"),
        HELD_BACK("held back"),
        NOT_HELD_BACK("not held back"),
        ONE_UPDATE("one UPDATE");

        private final String words;

        Beside(String words) {
            this.words = words;
        }
    }

    @Override
    public String id() {
        return "foreground";
    }

    @Override
    public String title() {
        return "latency of an application beside a backfill, " + ConstantLoad.RATE + " updates/s by key";
    }

    @Override
    public DrillResult run(DrillContext context) throws Exception {
        Map<Beside, List<Period>> periods = new EnumMap<>(Beside.class);
        for (Beside beside : Beside.values()) {
            periods.put(beside, new ArrayList<>());
        }
        try (Worker worker = Worker.start(context.workers())) {
            // as with the tables: the first of several rounds warms the JVMs up and does not count
            int cold = context.repeats() > 1 ? 1 : 0;
            for (int round = -cold; round < context.repeats(); round++) {
                for (Map.Entry<Beside, List<Period>> each : periods.entrySet()) {
                    Period period = period(context, worker, each.getKey());
                    if (round >= 0) {
                        each.getValue().add(period);
                    }
                }
            }
        }
        return DrillResult.of(
                id(), title() + "; held back: " + heldBack(context.workers().jvm()), figures(periods), series(periods));
    }

    /** The options by which it is held back, as its JVM is told them. */
    private static String heldBack(List<String> jvm) {
        String property = "-D" + Subjects.HELD_BACK_PROPERTY + "=";
        return jvm.stream()
                .filter(argument -> argument.startsWith(property))
                .map(argument -> argument.substring(property.length()))
                .findFirst()
                .orElse(Subjects.HELD_BACK_OPTIONS);
    }

    private static Period period(DrillContext context, Worker worker, Beside beside) throws Exception {
        context.table().renew(Scene.FILL);
        Duration length = length(context.table().rows());
        switch (beside) {
            case HELD_BACK -> worker.open(Subjects.HELD_BACK);
            case NOT_HELD_BACK -> worker.open(Subjects.BACKFILL);
            case ONE_UPDATE -> worker.open(Subjects.reference(Scene.FILL).id());
            case ALONE -> {}
        }
        long begin;
        long end;
        double seconds = 0;
        ConstantLoad load =
                ConstantLoad.start(context.table().database(), context.table().rows());
        try (load) {
            Pause.real().await(WARM_UP);
            begin = load.now();
            if (beside == Beside.ALONE) {
                Pause.real().await(length);
            } else {
                seconds = runFor(worker, beside == Beside.ONE_UPDATE ? FOREVER : length)
                        .seconds();
            }
            end = load.now();
        }
        if (beside != Beside.ALONE) {
            worker.closeWork();
        }
        double rowsPerSecond = seconds == 0 ? 0 : context.table().filled() / seconds;
        return new Period(begin, load.between(begin, end), rowsPerSecond);
    }

    private static Measured runFor(Worker worker, Duration longest) {
        CompletableFuture<Measured> running = CompletableFuture.supplyAsync(worker::run);
        try {
            return running.copy()
                    .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
            worker.stop();
            return running.join();
        }
    }

    /** Some hundred statements even on small tables; on large ones long enough for chunks to grow. */
    private static Duration length(long rows) {
        return Duration.ofSeconds(rows < 100_000 ? 1 : rows < 1_000_000 ? 8 : 20);
    }

    private static List<Figure> figures(Map<Beside, List<Period>> periods) {
        List<Figure> figures = new ArrayList<>();
        periods.forEach((beside, all) -> {
            figures.add(new Figure("p50 " + beside.words, "ms", values(all, period -> period.millis(0.5))));
            figures.add(new Figure("p99 " + beside.words, "ms", values(all, period -> period.millis(0.99))));
            figures.add(new Figure("longest " + beside.words, "ms", values(all, period -> period.millis(1))));
            figures.add(new Figure("statements " + beside.words, "", values(all, Period::count)));
            figures.add(new Figure("errors " + beside.words, "", values(all, Period::errors)));
            if (beside != Beside.ALONE) {
                figures.add(new Figure("rows filled, " + beside.words, "rows/s", values(all, Period::rowsPerSecond)));
            }
        });
        List<Double> alone = values(periods.get(Beside.ALONE), period -> period.millis(0.99));
        List<Double> heldBack = values(periods.get(Beside.HELD_BACK), period -> period.millis(0.99));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < alone.size(); round++) {
            ratios.add(heldBack.get(round) / alone.get(round));
        }
        figures.add(new Figure("p99 held back, against alone", "", ratios));
        return figures;
    }

    private static List<Series> series(Map<Beside, List<Period>> periods) {
        return periods.entrySet().stream()
                .map(each -> last(each.getValue()).overTime(each.getKey().words))
                .toList();
    }

    /** The one whose JVMs are the warmest. */
    private static Period last(List<Period> periods) {
        return periods.get(periods.size() - 1);
    }

    private static List<Double> values(@Nullable List<Period> periods, ToDoubleFunction<Period> what) {
        return periods == null
                ? List.of()
                : periods.stream().map(what::applyAsDouble).toList();
    }
}
