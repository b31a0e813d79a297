package dev.athanor.cli;

import dev.athanor.throttle.ThrottleSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Throttle settings of the environment over those of the file; the flags of a run come over both. */
final class ThrottleLayers {
    private static final String KEY = "throttle";
    private static final String VARIABLE = "ATHANOR_THROTTLE";

    /** Only a comma before the next name separates: a query may have some of its own. */
    private static final Pattern SEPARATOR = Pattern.compile(",(?=\\s*[a-z][a-z-]*=)");

    private ThrottleLayers() {}

    static Map<String, Sourced<String>> of(Layers layers) {
        Map<String, Sourced<String>> all = new LinkedHashMap<>(layers.map(KEY, Map.of()));
        Sourced<String> variable = layers.variableText(VARIABLE);
        if (!variable.value().isEmpty()) {
            for (String one : SEPARATOR.split(variable.value())) {
                int equals = one.indexOf('=');
                if (equals < 0) {
                    throw UsageError.of(
                            VARIABLE + " is '" + variable.value() + "'; it must be NAME=VALUE, separated by commas",
                            "");
                }
                all.put(
                        one.substring(0, equals).strip(),
                        new Sourced<>(one.substring(equals + 1).strip(), variable.origin()));
            }
        }
        return all;
    }

    /** Every signal as it holds. */
    static Map<String, Sourced<String>> shown(Map<String, Sourced<String>> said) {
        Map<String, Sourced<String>> shown = new LinkedHashMap<>();
        ThrottleSettings.parse(Origins.values(said)).inWords().forEach((name, value) -> {
            Sourced<String> origin = said.getOrDefault(name, said.get("all"));
            shown.put(name, new Sourced<>(value, origin == null ? Sourced.DEFAULT : origin.origin()));
        });
        return shown;
    }
}
