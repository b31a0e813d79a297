package dev.athanor.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a run.
 *
 * @param rows volumes, in the order in which they are measured
 * @param subjects ids of cases and peers; the references of their scenes come along
 * @param drills ids
 * @param repeats rounds that count
 * @param warmUp whether a round that does not count goes before them
 * @param url of a server that is there; null: an embedded one
 * @param jvm arguments of the JVMs in which subjects run
 * @param out folder of the results
 * @param directory holds the embedded server's data
 * @param root of the project
 */
record BenchmarkSettings(
        List<Long> rows,
        Set<String> subjects,
        Set<String> drills,
        int repeats,
        boolean warmUp,
        @Nullable String url,
        List<String> jvm,
        Path out,
        Path directory,
        Path root) {}
