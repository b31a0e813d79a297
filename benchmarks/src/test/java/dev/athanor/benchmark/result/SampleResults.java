package dev.athanor.benchmark.result;

import dev.athanor.benchmark.server.MachineFacts;
import dev.athanor.benchmark.server.ServerFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results that nobody has measured, to test what is said of them. */
public final class SampleResults {
    private SampleResults() {}

    /** A run with these volumes. */
    public static Results run(VolumeResult... volumes) {
        return run(List.of("-Xmx256m"), volumes);
    }

    /** A run with these volumes, in JVMs with these arguments. */
    public static Results run(List<String> jvm, VolumeResult... volumes) {
        return new Results(
                "2026-01-01T00:00:00Z",
                new MachineFacts("a processor", 2, 24_000, "Linux amd64", "17"),
                new ServerFacts("17.0", true, Map.of("fsync", "on", "synchronous_commit", "on")),
                Map.of("spring-batch-core", "6.0.4"),
                jvm,
                3,
                List.of(volumes));
    }

    /** A volume with these subjects and no drills. */
    public static VolumeResult volume(long rows, SubjectResult... subjects) {
        return new VolumeResult(rows, rows * 196, List.of(subjects), List.of());
    }

    /** The reference with these rates. */
    public static SubjectResult reference(double... rates) {
        return new SubjectResult(
                "one-statement", "one statement", "reference", "scene", "one-statement", rounds(1.0, rates), null);
    }

    /** A case or peer with this ratio to the reference in every round. */
    public static SubjectResult subject(String kind, String id, @Nullable Double ratio, double... rates) {
        return new SubjectResult(id, "title of " + id, kind, "scene", "one-statement", rounds(ratio, rates), null);
    }

    /** A case with these ratios to the reference, one a round. */
    public static SubjectResult ofRatios(String id, double... ratios) {
        List<Round> rounds = Arrays.stream(ratios)
                .mapToObj(ratio -> rounds(ratio, 100 * ratio).get(0))
                .toList();
        return new SubjectResult(id, "title of " + id, "case", "scene", "one-statement", rounds, null);
    }

    /** One that failed after these rates. */
    public static SubjectResult failed(String kind, String id, double... rates) {
        return new SubjectResult(id, "title of " + id, kind, "scene", "one-statement", rounds(1.0, rates), "it broke");
    }

    private static List<Round> rounds(@Nullable Double ratio, double... rates) {
        List<Round> rounds = new ArrayList<>();
        Arrays.stream(rates)
                .forEach(rate -> rounds.add(new Round(
                        rounds.size() + 1, 1_000 / rate, rate, ratio, 5 << 20, 2 << 20, 7, 0.5, 30 << 20, 0, 0)));
        return rounds;
    }
}
