package dev.athanor.cli;

import dev.athanor.run.BackfillProgress;
import dev.athanor.run.JsonForm;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** All backfills. */
@Command(name = "list", description = "List all backfills: those that were begun, and those that are pending.")
final class BackfillListCommand implements Callable<Integer> {
    private final AthanorCommand root;

    BackfillListCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        List<BackfillProgress> backfills = Opened.with(
                root, settings, opened -> opened.runner().operations().list());
        Result result = new Result(root.terminal(), settings);
        result.json(json ->
                json.put("backfills", backfills.stream().map(JsonForm::of).toList()));
        result.text(out -> {
            if (backfills.isEmpty()) {
                out.println("No backfills.");
            } else {
                BackfillText.table(backfills).print(out);
            }
        });
        return 0;
    }
}
