package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, as an error like every other. */
final class UsageError {
    private UsageError() {}

    static AthanorException of(ParameterException error) {
        CommandSpec spec = error.getCommandLine().getCommandSpec();
        String help = "See: " + spec.qualifiedName() + " --help";
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String what = Targets.unprotect(
                    Objects.requireNonNull(unmatched.getUnmatched().get(0)));
            return unknown(what, unmatched, help);
        }
        String message =
                Objects.requireNonNullElse(error.getMessage(), "wrong usage").replace("option option", "option");
        return new AthanorException(
                FailureKind.USAGE, "usage", Targets.unprotect(message).replaceFirst("\\.?$", "."), help, error);
    }

    /** Arguments that do not go together. */
    static AthanorException of(String message, String command) {
        return new AthanorException(
                FailureKind.USAGE, "usage", message + ".", ("See: athanor " + command).strip() + " --help");
    }

    private static AthanorException unknown(String what, UnmatchedArgumentException error, String help) {
        CommandLine command = error.getCommandLine();
        boolean option = what.startsWith("-");
        boolean subcommand = !option && !command.getSubcommands().isEmpty();
        Collection<String> known = subcommand
                ? command.getSubcommands().keySet()
                : command.getCommandSpec().optionsMap().keySet();
        String kind = subcommand ? "command" : option ? "option" : "argument";
        String name = option ? what.replaceFirst("=.*", "") : what;
        return new AthanorException(
                FailureKind.USAGE,
                subcommand ? "unknown_command" : "unknown_argument",
                "Unknown " + kind + " '" + what + "'.",
                Nearest.to(name, known).stream()
                                .findFirst()
                                .map(nearest -> "Did you mean '" + nearest + "'? ")
                                .orElse("")
                        + help,
                error);
    }

    /** The value of that name, whatever its case. */
    static <E extends Enum<E>> E oneOf(E[] values, String text) {
        return Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("it is '" + text + "' and must be one of "
                        + Arrays.stream(values)
                                .map(value -> value.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
