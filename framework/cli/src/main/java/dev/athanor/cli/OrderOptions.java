package dev.athanor.cli;

import dev.athanor.ledger.Actor;
import dev.athanor.ledger.GivenCommand;
import dev.athanor.run.BackfillProgress;
import dev.athanor.run.JsonForm;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.Operations;
import dev.athanor.run.Operations.Commanded;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command on a backfill takes, and how it is told. */
final class OrderOptions {
    /** A running process obeys within a chunk, which takes a fraction of a second; a slow one a few. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Parameters(
            paramLabel = "ID",
            description = "Number of the backfill, REVISION/NAME, its name, or its revision when that has one only.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; recorded, and shown to whoever looks.")
    private String reason = "";

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            description = "Who is recorded. Default: the user of the operating system.")
    private @Nullable String actor;

    @Option(names = "--no-wait", description = "Do not wait until a running process has obeyed.")
    private boolean noWait;

    /** A command on a backfill. */
    interface Order {
        Commanded give(Operations operations, String id, String reason);
    }

    /** Gives the command, waits for it to be obeyed, and tells; 0. */
    int give(AthanorCommand root, Order order) {
        Settings settings = root.settings();
        Commanded commanded = Opened.with(
                root, settings, opened -> give(opened.runner(this::by).operations(), order));
        Result result = new Result(root.terminal(), settings);
        result.json(json -> json(commanded, json));
        result.text(out -> text(commanded, out));
        return 0;
    }

    /** Gives the command and waits for it to be obeyed. */
    Commanded give(Operations operations, Order order) {
        Commanded commanded = order.give(operations, id, reason);
        return noWait ? commanded : operations.await(commanded, PATIENCE);
    }

    MigrationRunner.Builder by(MigrationRunner.Builder builder) {
        return actor == null || actor.isBlank()
                ? builder
                : builder.actor(new Actor(actor, Actor.ofSystem().host()));
    }

    static void json(Commanded commanded, Map<String, Object> json) {
        json.put("backfill", JsonForm.of(commanded.backfill()));
        json.put("command", JsonForm.of(commanded.command()));
    }

    static void text(Commanded commanded, PrintStream out) {
        change(commanded, out);
        GivenCommand command = commanded.command();
        BackfillProgress backfill = commanded.backfill();
        if (!command.given()) {
            return;
        }
        if (command.obeyed()) {
            out.println("Obeyed by " + command.obeyedBy() + ".");
        } else if (commanded.attended()) {
            out.println("Recorded; not obeyed yet. See: athanor backfill show " + backfill.id());
        } else {
            out.println("Nobody is running it; it holds for whoever does.");
        }
    }

    /** What was wished over what held. */
    static void change(Commanded commanded, PrintStream out) {
        BackfillProgress backfill = commanded.backfill();
        GivenCommand command = commanded.command();
        out.println(command.verb() + " backfill " + backfill.id() + " (" + backfill.revision() + "/" + backfill.name()
                + "): "
                + (command.given()
                        ? command.oldValue() + " -> " + command.newValue()
                        : "nothing to change; " + command.oldValue()));
    }
}
