package dev.athanor.cli;

import dev.athanor.FailureKind;
import dev.athanor.run.JsonForm;
import dev.athanor.run.Operations.Verified;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Counts the rows that are still wrong. */
@Command(
        name = "verify",
        description = "Run the verifications of a backfill's revision now. Changes nothing, and needs no lease.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:No row is wrong.",
            "2:No such backfill, or several.",
            "4:A verification query fails.",
            "7:Rows are still wrong."
        })
final class BackfillVerifyCommand implements Callable<Integer> {
    private final AthanorCommand root;

    @Parameters(
            paramLabel = "ID",
            description = "Number of the backfill, REVISION/NAME, its name, or its revision when that has one only.")
    private String id = "";

    BackfillVerifyCommand(AthanorCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Settings settings = root.settings();
        Verified verified = Opened.with(
                root, settings, opened -> opened.runner().operations().verify(id));
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("success", verified.wrong() == 0);
            json.put("backfill", JsonForm.of(verified.backfill()));
            json.put(
                    "verifications",
                    verified.counts().stream()
                            .map(one -> Map.of("name", one.name(), "wrong", one.wrong()))
                            .toList());
            json.put("wrong", verified.wrong());
        });
        result.text(out -> {
            verified.counts()
                    .forEach(one -> out.println(String.format(
                            Locale.ROOT, "%s verify %s: %,d wrong", one.revision(), one.name(), one.wrong())));
            if (verified.counts().isEmpty()) {
                out.println("Revision " + verified.backfill().revision() + " has no verification.");
            }
        });
        return verified.wrong() == 0 ? 0 : FailureKind.FINDING.exitCode();
    }
}
