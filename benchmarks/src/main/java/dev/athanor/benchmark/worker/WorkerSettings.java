package dev.athanor.benchmark.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How workers run.
 *
 * @param url of the database, as libpq writes it
 * @param jvm arguments of the JVM, such as {@code -Xmx256m}
 * @param folder for files that subjects need
 * @param log where their standard error goes
 */
public record WorkerSettings(String url, List<String> jvm, Path folder, Path log) {
    /** Keeps the order of the arguments. */
    public WorkerSettings {
        jvm = List.copyOf(jvm);
    }

    /** The same with the compiler of whatever is hot, too; of arguments that contradict each other the last holds. */
    WorkerSettings withEveryCompiler() {
        List<String> all = new ArrayList<>(jvm);
        all.add("-XX:TieredStopAtLevel=4");
        return new WorkerSettings(url, all, folder, log);
    }
}
