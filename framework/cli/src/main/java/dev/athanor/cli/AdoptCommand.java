package dev.athanor.cli;

import dev.athanor.ledger.VersionTool;
import dev.athanor.run.Adoption;
import dev.athanor.run.AdoptionRequest;
import dev.athanor.run.JsonForm;
import dev.athanor.sql.QualifiedName;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes over from another tool. */
@Command(
        name = "adopt",
        description = {
            "Go on from where another tool has brought a database: read its version table, show what would be stamped,"
                    + " and stamp it with --yes. Nothing is run.",
            "A version stands for the revision with that very id; else for the one whose id it becomes when characters that"
                    + " ids cannot have are replaced by _; and Flyway's 2.1 else for V2.1 or V2_1. For others: --map.",
            "What is below a head of Alembic or a baseline of Flyway is applied, too; else a revision is refused that stands"
                    + " on one that the other tool has not. Repeatable migrations and skipped change sets are not taken over."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Shown, stamped, or nothing to do.",
            "2:No such version table, or several; a version in --map that is not applied.",
            "6:Another process is at work.",
            "8:Something failed there or is missing below; or the ledger says something else already.",
            "9:No revision stands for a version."
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
            description =
                    "Its version table, written as in SQL. Default: the usual name in the search path, if no other"
                            + " schema has one, too.")
    private @Nullable String table;

    @Option(
            names = "--map",
            paramLabel = "THEIRS=OURS",
            description =
                    "Which revision a version is; may be repeated. A change set of Liquibase is named by its id, or by"
                            + " FILE::ID::AUTHOR.")
    private List<String> names = List.of();

    @Option(names = "--yes", description = "Stamp it.")
    private boolean yes;

    @Mixin
    private RunOptions options = new RunOptions();

    AdoptCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        AdoptionRequest request = new AdoptionRequest(from, table == null ? null : QualifiedName.parse(table), map());
        Adoption adoption =
                options.with(root, settings, runner -> yes ? runner.adopt(request) : runner.planAdoption(request));
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json.putAll(JsonForm.of(adoption)));
        result.text(out -> text(adoption, request, settings, out));
        return 0;
    }

    /** Versions of other tools may hold the sign between the two, ours cannot. */
    private Map<String, String> map() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String name : names) {
            int sign = name.lastIndexOf('=');
            if (sign < 1 || sign == name.length() - 1) {
                throw UsageError.of("--map is '" + name + "'; it must be THEIRS=OURS", "adopt");
            }
            String theirs = name.substring(0, sign);
            String before = map.put(theirs, name.substring(sign + 1));
            if (before != null && !before.equals(map.get(theirs))) {
                throw UsageError.of("--map names two revisions for '" + theirs + "'", "adopt");
            }
        }
        return map;
    }

    private void text(Adoption adoption, AdoptionRequest request, Settings settings, PrintStream out) {
        boolean nothing = adoption.found().isEmpty();
        out.println(from.key() + " in " + adoption.table() + ": "
                + (nothing ? "nothing is applied" : String.join(", ", adoption.found())));
        adoption.notTakenOver().forEach(entry -> out.println("not taken over: " + entry));
        if (adoption.plan().isEmpty()) {
            out.println(nothing ? "Nothing to adopt." : "Nothing to do: the ledger says the same already.");
            return;
        }
        PlanReport.text(adoption.plan(), settings.revisions(), out);
        if (adoption.stamped()) {
            out.println("Applied now: " + String.join(", ", adoption.revisions()));
        } else {
            out.println("Applied then: " + String.join(", ", adoption.revisions()));
            out.println("Nothing was changed. To stamp it: " + request.command("--yes"));
        }
    }
}
