package dev.athanor.benchmark.result;

import dev.athanor.benchmark.subject.Subjects;
import dev.athanor.benchmark.table.Scene;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds in a run what goals are held against. */
final class Readings {
    private static final String SPRING_BATCH = "spring-batch";
    private static final String SPRING_BATCH_TUNED = "spring-batch-tuned";

    private final Results results;

    Readings(Results results) {
        this.results = results;
    }

    /** Of a subject to its reference. */
    Optional<Reading> ratio(long rows, String id) {
        return results.volume(rows)
                .flatMap(volume -> volume.subject(id)
                        .filter(subject -> !subject.ratios().isEmpty())
                        .map(subject -> Reading.of(subject.ratios(), isNoisy(volume))));
    }

    /** Rows a second. */
    Optional<Reading> rate(long rows, String id) {
        return results.volume(rows)
                .flatMap(volume -> volume.subject(id).map(subject -> Reading.of(subject.rates(), isNoisy(volume))));
    }

    /** The one's rate as a multiple of the other's. */
    Optional<Reading> quotient(long rows, String id, String other) {
        return rate(rows, id).flatMap(rate -> rate(rows, other).map(rate::by));
    }

    /**
     * The highest rate of two workers with any size of chunk but the given one, the adaptive size included. Empty unless another fixed size was
     * measured: of one's own rate, 1.0 is reached by anybody.
     */
    Optional<Reading> bestSizeBut(int size, long rows) {
        return best(Subjects.gridSizes().stream()
                        .filter(other -> other != size)
                        .map(other -> rate(rows, Subjects.gridId(other, 2))))
                .flatMap(fixed -> best(Stream.of(Optional.of(fixed), rate(rows, Subjects.BACKFILL))));
    }

    /** Plain Spring Batch at its best; empty unless its tuned form was measured. */
    Optional<Reading> bestSpringBatch(long rows) {
        return rate(rows, SPRING_BATCH_TUNED)
                .flatMap(tuned -> best(Stream.of(Optional.of(tuned), rate(rows, SPRING_BATCH))));
    }

    /** Of those volumes for which something holds, the one with the most rows. */
    Optional<VolumeResult> largest(Predicate<VolumeResult> which) {
        return results.volumes().stream().filter(which).max(Comparator.comparingLong(VolumeResult::rows));
    }

    /** What one of the JVM's arguments says behind its beginning. */
    Optional<String> argument(String beginning) {
        return results.jvm().stream()
                .filter(argument -> argument.startsWith(beginning))
                .map(argument -> argument.substring(beginning.length()))
                .findFirst();
    }

    /** Whether one UPDATE over the table, which is measured all along, moved too much. */
    static boolean isNoisy(VolumeResult volume) {
        return volume.subject(Subjects.reference(Scene.FILL).id())
                .filter(Noise::isNoisy)
                .isPresent();
    }

    private static Optional<Reading> best(Stream<Optional<Reading>> readings) {
        return readings.flatMap(Optional::stream).max(Comparator.comparingDouble(Reading::value));
    }
}
