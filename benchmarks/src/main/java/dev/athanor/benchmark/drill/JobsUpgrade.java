package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Figure;
import dev.athanor.benchmark.server.BenchmarkDatabase;
import dev.athanor.benchmark.server.JdbcUrl;
import dev.athanor.jobs.supportdesk.SupportDesk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** The complete set of the support desk, all twelve revisions with all their phases, as a user runs it: one command, the JVM's start included. */
record JobsUpgrade() implements Drill {
    @Override
    public String id() {
        return "jobs-upgrade";
    }

    @Override
    public String title() {
        return "whole upgrade of the support desk, one ticket for each row";
    }

    @Override
    public DrillResult run(DrillContext context) throws Exception {
        Optional<Launcher> launcher = Launcher.of(context);
        if (launcher.isEmpty()) {
            return DrillResult.leftOut(id(), title(), Launcher.NO_COMMAND_LINE);
        }
        Path migrations = context.workers().folder().resolve("support-desk");
        SupportDesk.writeCompleteSet(migrations);
        BenchmarkDatabase desk = context.server().create();
        try {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(JdbcUrl.of(desk.url()));
            SupportDesk.createLegacy(dataSource, context.table().rows(), 1, (stage, done, expected) -> {});
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < context.repeats(); i++) {
                seconds.add(upgrade(context, desk, launcher.get(), migrations));
            }
            return DrillResult.of(id(), title(), List.of(new Figure("whole upgrade", "s", seconds)), List.of());
        } finally {
            context.server().drop(desk);
        }
    }

    private static double upgrade(DrillContext context, BenchmarkDatabase desk, Launcher launcher, Path migrations)
            throws Exception {
        BenchmarkDatabase copy = context.server().copyOf(desk);
        try {
            copy.execute("VACUUM (ANALYZE)");
            copy.execute("CHECKPOINT");
            return launcher.seconds(copy.url(), List.of("upgrade", "heads", "--migrations", migrations.toString()));
        } finally {
            context.server().drop(copy);
        }
    }
}
