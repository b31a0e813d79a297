package dev.athanor.benchmark.micro;

import dev.athanor.jobs.supportdesk.RevisionFile;
import dev.athanor.jobs.supportdesk.SupportDesk;
import dev.athanor.sql.SqlStatement;
import dev.athanor.sql.StatementSplitter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The twelve files of the support desk, as one text with dollar quotes, comments and functions, cut into statements. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SqlSplitting {
    private final String script =
            SupportDesk.completeSet().stream().map(RevisionFile::text).collect(Collectors.joining("\n"));

    /** For JMH. */
    public SqlSplitting() {}

    /** Cuts all of it. */
    @Benchmark
    public List<SqlStatement> split() {
        return StatementSplitter.split(script);
    }
}
