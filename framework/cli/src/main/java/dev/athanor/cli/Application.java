package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.embedded.EmbeddedPostgresException;
import dev.athanor.ledger.VersionTool;
import dev.athanor.revision.Phase;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs one command line: parsing, errors, exit codes. */
final class Application {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    Application(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    int run(String... arguments) {
        AthanorCommand root = new AthanorCommand(terminal, environment, clock);
        CommandLine line = new CommandLine(root, new Commands(root));
        line.setExpandAtFiles(false);
        line.registerConverter(Phase.class, text -> UsageError.oneOf(Phase.values(), text));
        line.registerConverter(VersionTool.class, text -> UsageError.oneOf(VersionTool.values(), text));
        line.registerConverter(PlanCommand.Kind.class, text -> UsageError.oneOf(PlanCommand.Kind.values(), text));
        line.registerConverter(ProjectTemplate.class, text -> UsageError.oneOf(ProjectTemplate.values(), text));
        line.registerConverter(LintFormat.class, text -> UsageError.oneOf(LintFormat.values(), text));
        line.registerConverter(OutputFormat.class, text -> UsageError.oneOf(OutputFormat.values(), text));
        line.setExecutionStrategy(parsed -> execute(root, arguments, line, parsed));
        line.setParameterExceptionHandler((e, args) -> fail(root, arguments, UsageError.of(e)));
        line.setExecutionExceptionHandler((e, command, parsed) -> fail(root, arguments, known(e)));
        line.setOut(new java.io.PrintWriter(terminal.out(), true));
        line.setErr(new java.io.PrintWriter(terminal.err(), true));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi(arguments)));
        try {
            return line.execute(Arrays.stream(arguments).map(Targets::protect).toArray(String[]::new));
        } finally {
            root.release();
        }
    }

    private static int execute(
            AthanorCommand root, String[] arguments, CommandLine line, CommandLine.ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        try {
            if (root.wantsAll() && parsed.hasSubcommand()) {
                return new Everywhere(root, arguments).run(parsed.subcommand());
            }
            root.requireOne();
            return new CommandLine.RunLast().execute(parsed);
        } catch (CommandLine.ExecutionException | CommandLine.ParameterException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CommandLine.ExecutionException(line, String.valueOf(e.getMessage()), e);
        }
    }

    /** Help may be printed before the options are parsed. */
    private CommandLine.Help.Ansi ansi(String[] arguments) {
        boolean plain =
                environment.containsKey("NO_COLOR") || Arrays.asList(arguments).contains("--no-color");
        return plain ? CommandLine.Help.Ansi.OFF : CommandLine.Help.Ansi.AUTO;
    }

    private int fail(AthanorCommand root, String[] arguments, AthanorException error) {
        new ErrorReport(terminal).print(error, wantsJson(root, arguments), root.wantsStackTrace());
        return error.kind().exitCode();
    }

    /** Errors may come before the options are parsed, and are to be JSON even then. */
    private boolean wantsJson(AthanorCommand root, String[] arguments) {
        List<String> all = Arrays.asList(arguments);
        int option = all.lastIndexOf("--output");
        if (option >= 0 && option + 1 < all.size()) {
            return all.get(option + 1).equalsIgnoreCase("json");
        }
        return all.stream()
                .filter(argument -> argument.startsWith("--output="))
                .reduce((first, last) -> last)
                .map(argument -> argument.equalsIgnoreCase("--output=json"))
                .orElseGet(() -> environment.containsKey("ATHANOR_OUTPUT")
                        ? "json".equalsIgnoreCase(environment.get("ATHANOR_OUTPUT"))
                        : root.foundJson());
    }

    private static AthanorException known(Exception error) {
        if (error instanceof AthanorException known) {
            return known;
        }
        if (error instanceof CommandLine.ExecutionException && error.getCause() instanceof Exception cause) {
            return known(cause);
        }
        if (error instanceof EmbeddedPostgresException embedded) {
            return new AthanorException(
                    FailureKind.FAILED,
                    embedded.code(),
                    String.valueOf(embedded.getMessage()),
                    embedded.hint(),
                    embedded);
        }
        return new AthanorException(
                FailureKind.UNEXPECTED,
                "unexpected",
                "Unexpected: " + error,
                "Run it again with --stacktrace, and please report what it says.",
                error);
    }
}
