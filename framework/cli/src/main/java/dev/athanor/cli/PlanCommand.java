package dev.athanor.cli;

import dev.athanor.revision.AppliedState;
import dev.athanor.revision.RevisionGraph;
import dev.athanor.revision.RevisionPlan;
import dev.athanor.run.MigrationRunner;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what an upgrade, a downgrade or a stamp would do. */
@Command(
        name = "plan",
        description =
                "Say which revisions an upgrade, a downgrade or a stamp would go through, in order, and do nothing."
                        + " With --current it needs no database.")
final class PlanCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(index = "0", paramLabel = "upgrade|downgrade|stamp", description = "What would be done.")
    private Kind kind = Kind.UPGRADE;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "TARGET", description = "As of that command.")
    private List<String> targets = List.of();

    @Option(
            names = "--current",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "R,R",
            description = "Take these as the applied heads instead of asking a database; empty: nothing is applied.")
    private @Nullable String current;

    @Option(names = "--purge", description = "For a stamp: begin with nothing applied.")
    private boolean purge;

    PlanCommand(AthanorCommand root) {
        this.root = root;
    }

    /** What a plan is for. */
    enum Kind {
        UPGRADE,
        DOWNGRADE,
        STAMP
    }

    @Override
    public Integer call() {
        List<String> wanted = targets.stream().map(Targets::unprotect).toList();
        if (kind != Kind.STAMP && (wanted.size() > 1 || purge)) {
            throw UsageError.of(kind.name().toLowerCase(Locale.ROOT) + " takes one target, and no --purge", "plan");
        }
        Settings settings = root.settings();
        if (current == null) {
            return Opened.with(root, settings, opened -> print(settings, plan(opened.runner(), wanted)));
        }
        RevisionGraph graph = settings.revisions().graph();
        AppliedState state = AppliedState.fromTips(Arrays.stream(current.split(","))
                .map(String::strip)
                .filter(row -> !row.isEmpty())
                .toList());
        return print(settings, plan(graph, state, wanted));
    }

    private RevisionPlan plan(MigrationRunner runner, List<String> wanted) {
        return switch (kind) {
            case UPGRADE -> runner.planUpgrade(wanted.get(0));
            case DOWNGRADE -> runner.planDowngrade(wanted.get(0));
            case STAMP -> runner.planStamp(wanted, purge);
        };
    }

    private RevisionPlan plan(RevisionGraph graph, AppliedState state, List<String> wanted) {
        return switch (kind) {
            case UPGRADE -> graph.upgrade(state, wanted.get(0));
            case DOWNGRADE -> graph.downgrade(state, wanted.get(0));
            case STAMP -> graph.stamp(purge ? AppliedState.none() : state, wanted);
        };
    }

    private int print(Settings settings, RevisionPlan plan) {
        Result result = new Result(root.terminal(), settings);
        result.json(json -> PlanReport.json(plan, json));
        result.text(out -> PlanReport.text(plan, settings.revisions(), out));
        return 0;
    }
}
