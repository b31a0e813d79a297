package dev.athanor.cli;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Flag over environment over file over default. Whatever is asked for by its key comes with where it was found.
 *
 * @param environment variables
 * @param file the settings file, its named environment selected
 */
record Layers(Map<String, String> environment, SettingsFile file) {

    /** One text; empty when nobody has set it. */
    Sourced<String> text(String key, @Nullable String flag, String variable) {
        if (flag != null) {
            return new Sourced<>(flag, flag(key));
        }
        String value = variable(variable);
        if (value != null) {
            return new Sourced<>(value, named(variable));
        }
        String text = file.text(key);
        return text == null ? new Sourced<>("", Sourced.DEFAULT) : new Sourced<>(text, file.origin(key));
    }

    /** The same with a default. */
    Sourced<String> text(String key, @Nullable String flag, String variable, String otherwise) {
        Sourced<String> found = text(key, flag, variable);
        return found.isDefault() ? new Sourced<>(otherwise, Sourced.DEFAULT) : found;
    }

    /** Paths; a variable separates them as the platform does. */
    Sourced<List<Path>> paths(String key, List<Path> flags, String variable, List<Path> otherwise) {
        if (!flags.isEmpty()) {
            return new Sourced<>(flags, flag(key));
        }
        String value = variable(variable);
        if (value != null) {
            return new Sourced<>(split(List.of(value)), named(variable));
        }
        List<Path> paths = file.list(key).stream().map(Path::of).toList();
        return paths.isEmpty() ? new Sourced<>(otherwise, Sourced.DEFAULT) : new Sourced<>(paths, file.origin(key));
    }

    /** Texts; a variable separates them by commas. */
    Sourced<List<String>> texts(String key, String variable) {
        String value = variable(variable);
        if (value != null) {
            return new Sourced<>(
                    Arrays.stream(value.split(","))
                            .map(String::strip)
                            .filter(text -> !text.isEmpty())
                            .toList(),
                    named(variable));
        }
        List<String> texts = file.texts(key);
        return texts.isEmpty() ? new Sourced<>(List.of(), Sourced.DEFAULT) : new Sourced<>(texts, file.origin(key));
    }

    /** Paths that are joined as in a JVM's class path. */
    static List<Path> split(List<String> joined) {
        return joined.stream()
                .flatMap(some -> Arrays.stream(some.split(File.pathSeparator)))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .toList();
    }

    /** Names with their values, those of the flags over those of the file. */
    Map<String, Sourced<String>> map(String key, Map<String, String> flags) {
        Map<String, Sourced<String>> all = new LinkedHashMap<>(file.map(key));
        flags.forEach((name, value) -> all.put(name, new Sourced<>(value, flag(key))));
        return all;
    }

    Sourced<OutputFormat> output(@Nullable OutputFormat flag) {
        if (flag != null) {
            return new Sourced<>(flag, flag("output"));
        }
        Sourced<String> text = text("output", null, "ATHANOR_OUTPUT", "text");
        String value = text.value();
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "text" -> new Sourced<>(OutputFormat.TEXT, text.origin());
            case "json" -> new Sourced<>(OutputFormat.JSON, text.origin());
            default -> throw wrong("output", "'" + value + "' (" + text.origin() + ")", "text or json");
        };
    }

    /** All that is said about the database, from the nearest to the farthest. */
    List<Sourced<Place>> places(@Nullable String url, @Nullable Boolean embedded) {
        List<Sourced<Place>> places = new ArrayList<>();
        places.add(new Sourced<>(
                new Place(url, embedded == null ? null : embedded(embedded)), flag(url == null ? "embedded" : "url")));
        places.add(place("ATHANOR_URL", "ATHANOR_EMBEDDED"));
        places.add(place("DATABASE_URL", null));
        places.addAll(file.places());
        return places;
    }

    private Sourced<Place> place(@Nullable String urlVariable, @Nullable String embeddedVariable) {
        String origin = urlVariable != null && variable(urlVariable) != null || embeddedVariable == null
                ? String.valueOf(urlVariable)
                : embeddedVariable;
        return new Sourced<>(
                new Place(
                        urlVariable == null ? null : environment.get(urlVariable),
                        embeddedVariable == null ? null : environment.get(embeddedVariable)),
                named(origin));
    }

    /** What the flag says: whether to use the embedded server. Which of its databases may be said elsewhere. */
    private String embedded(boolean flag) {
        String database =
                flag ? embedded(text("embedded", null, "ATHANOR_EMBEDDED").value()) : null;
        return database == null || database.isEmpty() ? String.valueOf(flag) : database;
    }

    /** What a variable says, and where that is; empty when it is not set. */
    Sourced<String> variableText(String name) {
        String value = variable(name);
        return value == null ? new Sourced<>("", Sourced.DEFAULT) : new Sourced<>(value, named(name));
    }

    private @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private static String flag(String key) {
        return "flag --" + key;
    }

    private static String named(String variable) {
        return "environment variable " + variable;
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
                    throw wrong("embedded", "'" + text + "'", "true, false, or the name of a database");
                }
                yield text;
            }
        };
    }

    private static AthanorException wrong(String name, String value, String expected) {
        return new AthanorException(
                FailureKind.USAGE,
                "invalid_setting",
                "The setting " + name + " is " + value + "; it must be " + expected + ".",
                "Set it right or leave it out; see: athanor --help");
    }
}
