package dev.athanor.benchmark.result;

import dev.athanor.benchmark.server.MachineFacts;
import dev.athanor.benchmark.server.ServerFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A whole run.
 *
 * @param started when, in UTC
 * @param versions of what was measured, by name
 * @param jvm arguments of the JVMs in which it ran
 * @param repeats rounds asked for
 * @param volumes in the order in which they were measured
 */
public record Results(
        String started,
        MachineFacts machine,
        ServerFacts server,
        Map<String, String> versions,
        List<String> jvm,
        int repeats,
        List<VolumeResult> volumes) {
    /** A path from the root, where an argument or a part of it begins. */
    private static final Pattern PATH = Pattern.compile("(^|[=:,])/[^=:,]+");

    /** Keeps the orders; of the JVM's arguments, leaves out where on this machine something is. */
    public Results {
        jvm = jvm.stream()
                .map(argument -> PATH.matcher(argument).replaceAll("$1<path>"))
                .toList();
        volumes = List.copyOf(volumes);
    }

    /** What was measured with so many rows. */
    public Optional<VolumeResult> volume(long rows) {
        return volumes.stream().filter(volume -> volume.rows() == rows).findFirst();
    }

    /** Everything that failed, as {@code id: why}. */
    public List<String> failures() {
        return volumes.stream()
                .flatMap(volume -> java.util.stream.Stream.concat(
                        volume.subjects().stream()
                                .filter(subject -> subject.failure() != null)
                                .map(subject -> subject.id() + ": " + subject.failure()),
                        volume.drills().stream()
                                .filter(drill -> drill.failure() != null)
                                .map(drill -> drill.id() + ": " + drill.failure())))
                .toList();
    }
}
