/**
 * Speed, measured side by side with what else is in use, against a PostgreSQL with durable settings.
 *
 * <p>Start with {@link dev.athanor.benchmark.Main}, then {@code BenchmarkRun} (volume after volume) and {@code TableRounds} (round after round). What is
 * measured is listed in {@link dev.athanor.benchmark.subject.Subjects} and {@link dev.athanor.benchmark.drill.Drills}.
 */
@NullMarked
package dev.athanor.benchmark;

import org.jspecify.annotations.NullMarked;
