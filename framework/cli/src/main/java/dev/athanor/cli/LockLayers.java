package dev.athanor.cli;

import dev.athanor.Nearest;
import dev.athanor.schema.BlockerPolicy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whom a run may end when a schema statement has waited for him: the environment over the file; flags come over both. */
final class LockLayers {
    static final String AUTOVACUUM = "cancel-autovacuum";
    static final String BLOCKERS = "cancel-blockers";
    private static final String KEY = "locks";

    private LockLayers() {}

    /** Both settings as they hold, by name. */
    static Map<String, Sourced<String>> of(Layers layers) {
        Map<String, Sourced<String>> file = layers.map(KEY, Map.of());
        for (String name : file.keySet()) {
            if (!name.equals(AUTOVACUUM) && !name.equals(BLOCKERS)) {
                List<String> known = List.of(AUTOVACUUM, BLOCKERS);
                throw UsageError.of(
                        "locks has no setting '" + name + "'; it has "
                                + String.join(
                                        " and ", Nearest.to(name, known).isEmpty() ? known : Nearest.to(name, known)),
                        "");
            }
        }
        Map<String, Sourced<String>> all = new LinkedHashMap<>();
        all.put(AUTOVACUUM, choose(layers.variableText("ATHANOR_CANCEL_AUTOVACUUM"), file.get(AUTOVACUUM), "false"));
        all.put(BLOCKERS, choose(layers.variableText("ATHANOR_CANCEL_BLOCKERS"), file.get(BLOCKERS), ""));
        return all;
    }

    private static Sourced<String> choose(Sourced<String> variable, @Nullable Sourced<String> file, String otherwise) {
        if (!variable.isDefault()) {
            return variable;
        }
        return file == null ? new Sourced<>(otherwise, Sourced.DEFAULT) : file;
    }

    /** What the settings and the flags say together. */
    static BlockerPolicy policy(Map<String, String> settings, boolean autovacuumFlag, List<String> roleFlags) {
        String autovacuum = settings.getOrDefault(AUTOVACUUM, "false");
        boolean on = autovacuum.equalsIgnoreCase("true");
        if (!on && !autovacuum.equalsIgnoreCase("false")) {
            throw UsageError.of("locks." + AUTOVACUUM + " is '" + autovacuum + "'; it must be true or false", "");
        }
        List<String> roles = roleFlags.isEmpty()
                ? Arrays.asList(settings.getOrDefault(BLOCKERS, "").split(","))
                : roleFlags;
        Set<String> named = roles.stream()
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
        return new BlockerPolicy(on || autovacuumFlag, named);
    }
}
