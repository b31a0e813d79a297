package dev.athanor.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the settings as text by their names, each with where it comes from; the unset ones are left empty. */
final class Origins {
    private final Map<String, Sourced<String>> all = new LinkedHashMap<>();

    Origins add(String name, Sourced<?> setting) {
        all.put(name, new Sourced<>(text(setting.value()), setting.origin()));
        return this;
    }

    /** A part of a value that is chosen as a whole. */
    Origins add(String name, @Nullable String part, String origin) {
        all.put(name, new Sourced<>(part == null ? "" : part, part == null ? Sourced.DEFAULT : origin));
        return this;
    }

    Origins add(String name, Map<String, Sourced<String>> map) {
        map.forEach((key, value) -> all.put(name + "." + key, value));
        return this;
    }

    Map<String, Sourced<String>> all() {
        return all;
    }

    static Map<String, String> values(Map<String, Sourced<String>> map) {
        Map<String, String> values = new LinkedHashMap<>();
        map.forEach((name, sourced) -> values.put(name, sourced.value()));
        return values;
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (value instanceof Enum<?> name) {
            return name.name().toLowerCase(Locale.ROOT);
        }
        return value.toString();
    }
}
