package dev.athanor.cli;

import dev.athanor.run.SqlScripts;
import dev.athanor.run.SqlScripts.Script;
import java.util.function.Function;

/** Prints a script instead of running it. */
final class ScriptReport {
    private ScriptReport() {}

    /** Touches no database; the exit code. */
    static int print(AthanorCommand root, Function<SqlScripts, Script> work) {
        Settings settings = root.settings();
        Script script =
                work.apply(new SqlScripts(settings.revisions(), settings.placeholders(), settings.stateSchema()));
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            PlanReport.json(script.plan(), json);
            json.put("sql", script.text());
        });
        result.text(out -> out.print(script.text()));
        return 0;
    }
}
