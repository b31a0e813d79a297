package dev.athanor.benchmark.drill;

import dev.athanor.benchmark.result.DrillResult;
import dev.athanor.benchmark.result.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long the command line takes from the start of the launcher to its end: with nothing to do, and for a look at a database. */
record CliStart() implements Drill {
    @Override
    public String id() {
        return "cli-start";
    }

    @Override
    public String title() {
        return "start of the command line";
    }

    @Override
    public DrillResult run(DrillContext context) throws Exception {
        Optional<Launcher> launcher = Launcher.of(context);
        if (launcher.isEmpty()) {
            return DrillResult.leftOut(id(), title(), Launcher.NO_COMMAND_LINE);
        }
        Path migrations =
                java.nio.file.Files.createDirectories(context.workers().folder().resolve("no-migrations"));
        List<String> status = List.of("status", "--migrations", migrations.toString());
        List<Double> versions = new ArrayList<>();
        List<Double> looks = new ArrayList<>();
        for (int i = 0; i < context.repeats(); i++) {
            versions.add(launcher.get().seconds(context.workers().url(), List.of("--version")));
            looks.add(launcher.get().seconds(context.workers().url(), status));
        }
        return DrillResult.of(
                id(),
                title(),
                List.of(new Figure("--version", "s", versions), new Figure("status", "s", looks)),
                List.of());
    }
}
