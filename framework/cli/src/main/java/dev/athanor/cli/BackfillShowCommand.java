package dev.athanor.cli;

import dev.athanor.run.BackfillDetails;
import dev.athanor.run.JsonForm;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One backfill. */
@Command(
        name = "show",
        description = "Show all of a backfill: progress, signals, failed ranges, rows set aside, commands.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Shown.", "2:No such backfill, or several."})
final class BackfillShowCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(
            paramLabel = "ID",
            description = "Number of the backfill, REVISION/NAME, its name, or its revision when that has one only.")
    private String id = "";

    BackfillShowCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        BackfillDetails details = Opened.with(
                root, settings, opened -> opened.runner().operations().show(id));
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json.put("backfill", JsonForm.of(details)));
        result.text(out -> BackfillText.print(details, out));
        return 0;
    }
}
