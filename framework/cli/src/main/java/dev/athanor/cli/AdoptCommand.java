package dev.athanor.cli;

import dev.athanor.ledger.VersionTool;
import dev.athanor.run.Adoption;
import dev.athanor.run.AdoptionRequest;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.RunResult;
import dev.athanor.sql.QualifiedName;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes over from another tool. */
@Command(
        name = "adopt",
        description = {
            "Go on from where another tool has brought a database: read its version table, show what would be stamped,"
                    + " and stamp it with --yes.",
            "A version stands for the revision with that id; characters that ids cannot have become _, and Flyway's 2.1 may"
                    + " also be V2.1 or V2_1. For others: --map."
        })
final class AdoptCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "alembic|flyway|liquibase",
            description = "Whose version table is read.")
    private VersionTool from = VersionTool.ALEMBIC;

    @Option(
            names = "--table",
            paramLabel = "SCHEMA.TABLE",
            description = "Its version table, written as in SQL. Default: the usual name, first in the search path.")
    private @Nullable String table;

    @Option(names = "--map", paramLabel = "THEIRS=OURS", description = "Which revision a version is; may be repeated.")
    private Map<String, String> names = new LinkedHashMap<>();

    @Option(names = "--yes", description = "Stamp it.")
    private boolean yes;

    AdoptCommand(AthanorCommand root) {
        this.root = root;
    }

    /** What was found, and what was done. */
    private record Answer(Adoption adoption, List<String> headsAfter) {}

    @Override
    public Integer call() {
        Settings settings = root.settings();
        AdoptionRequest request = new AdoptionRequest(from, table == null ? null : QualifiedName.parse(table), names);
        Answer answer = Opened.with(root, settings, opened -> {
            MigrationRunner runner = opened.runner();
            Adoption adoption = runner.planAdoption(request);
            if (!yes) {
                return new Answer(adoption, adoption.plan().rowsAfter());
            }
            RunResult result = runner.adopt(request);
            return new Answer(adoption, result.headsAfter());
        });
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json(answer, json));
        result.text(out -> text(answer, settings, out));
        return 0;
    }

    private void json(Answer answer, Map<String, Object> json) {
        Adoption adoption = answer.adoption();
        json.put("from", from.key());
        json.put("table", adoption.table());
        json.put("found", adoption.found());
        PlanReport.json(adoption.plan(), json);
        json.put("revisions", adoption.revisions());
        json.put("not_taken_over", adoption.notTakenOver());
        json.put("heads_after", answer.headsAfter());
        json.put("stamped", yes && !adoption.plan().isEmpty());
    }

    private void text(Answer answer, Settings settings, PrintStream out) {
        Adoption adoption = answer.adoption();
        out.println(from.key() + " in " + adoption.table() + ": "
                + (adoption.found().isEmpty() ? "nothing is applied" : String.join(", ", adoption.found())));
        adoption.notTakenOver().forEach(entry -> out.println("not taken over: " + entry));
        PlanReport.text(adoption.plan(), settings.revisions(), out);
        if (!yes && !adoption.plan().isEmpty()) {
            out.println("Applied then: " + String.join(", ", adoption.revisions()));
            out.println("Nothing was changed. To stamp it: athanor adopt --from " + from.key() + " --yes");
        }
    }
}
