package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flag over environment over file over default. */
final class Layers {
    private Layers() {}

    static @Nullable String text(
            @Nullable String flag, Map<String, String> environment, List<String> names, @Nullable String file) {
        if (flag != null) {
            return flag;
        }
        return names.stream()
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(file);
    }

    /** Database on the embedded server, which may be another one than its standard database; empty: not wanted. */
    static @Nullable String embedded(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> "athanor";
            case "false", "0", "no", "off" -> "";
            default -> {
                if (!text.matches("[a-z_][a-z0-9_]*")) {
                    throw wrong("embedded", text, "true, false, or the name of a database");
                }
                yield text;
            }
        };
    }

    static List<Path> folders(List<Path> flags, Map<String, String> environment, List<String> file) {
        if (!flags.isEmpty()) {
            return flags;
        }
        String variable = environment.get("ATHANOR_MIGRATIONS");
        if (variable != null && !variable.isBlank()) {
            return Arrays.stream(variable.split(File.pathSeparator))
                    .map(Path::of)
                    .toList();
        }
        return file.isEmpty()
                ? List.of(Path.of("migrations"))
                : file.stream().map(Path::of).toList();
    }

    static Map<String, String> placeholders(Map<String, String> flags, Map<String, String> file) {
        Map<String, String> all = new LinkedHashMap<>(file);
        all.putAll(flags);
        return all;
    }

    static OutputFormat output(@Nullable OutputFormat flag, Map<String, String> environment, @Nullable String file) {
        if (flag != null) {
            return flag;
        }
        String text = text(null, environment, List.of("ATHANOR_OUTPUT"), file);
        if (text == null) {
            return OutputFormat.TEXT;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "text" -> OutputFormat.TEXT;
            case "json" -> OutputFormat.JSON;
            default -> throw wrong("ATHANOR_OUTPUT", text, "text or json");
        };
    }

    static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static AthanorException wrong(String name, String value, String expected) {
        return new AthanorException(
                FailureKind.USAGE,
                "invalid_setting",
                "The setting " + name + " is '" + value + "'; it must be " + expected + ".",
                "Set it right or leave it out; see: athanor --help");
    }
}
