package dev.athanor.cli;

import dev.athanor.cli.Everywhere.Ending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The results of one command on several databases. */
final class EverywhereReport {
    /**
     * Exit codes from the worst to the best: what nobody foresaw, what has failed, what must be mended by hand, what was
     * refused, what only has to be run again, what is to be done.
     */
    private static final List<Integer> BADNESS = List.of(1, 4, 9, 2, 6, 8, 7, 5, 3, 0);

    private static final String IN_ORDER = "all is in order";

    private EverywhereReport() {}

    /** Prints; the worst exit code. */
    static int print(AthanorCommand root, Settings settings, List<Ending> endings) {
        int worst = endings.stream()
                .map(Ending::code)
                .min(Comparator.comparingInt(EverywhereReport::badness))
                .orElse(0);
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("success", worst == 0);
            json.put("results", endings.stream().map(EverywhereReport::json).toList());
        });
        result.text(out -> {
            Table table = new Table("ENVIRONMENT", "EXIT", "RESULT");
            endings.forEach(
                    ending -> table.row(ending.environment(), Integer.toString(ending.code()), line(ending.result())));
            table.print(out);
        });
        return worst;
    }

    /** A code that is not in the list is worse than all of them. */
    private static int badness(int code) {
        return BADNESS.indexOf(code);
    }

    private static Map<String, Object> json(Ending ending) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("environment", ending.environment());
        json.put("exit_code", ending.code());
        json.put("result", ending.result());
        return json;
    }

    /** The JSON of a command in one line: every command says the same under the same names. */
    private static String line(Map<String, Object> result) {
        if (result.get("error") instanceof Map<?, ?> error) {
            return Objects.toString(error.get("message")).lines().findFirst().orElse("");
        }
        if (result.containsKey("heads_after")) {
            return work(result) + "; heads: " + names(list(result, "heads_after"));
        }
        if (result.containsKey("backfill") || result.containsKey("backfills") && !result.containsKey("heads")) {
            return backfills(result);
        }
        return result.containsKey("findings") ? findings(result) : standing(result);
    }

    private static String findings(Map<String, Object> result) {
        List<String> parts = list(result, "findings").stream()
                .map(finding -> (Map<?, ?>) finding)
                .filter(finding -> !"ok".equals(finding.get("severity")))
                .map(finding -> finding.get("severity") + ": " + finding.get("object") + " " + finding.get("finding"))
                .toList();
        return parts.isEmpty() ? IN_ORDER : String.join("; ", parts);
    }

    private static String backfills(Map<String, Object> result) {
        List<?> all = result.get("backfill") instanceof Map<?, ?> one ? List.of(one) : list(result, "backfills");
        return all.isEmpty()
                ? "no backfills"
                : all.stream()
                        .map(backfill -> (Map<?, ?>) backfill)
                        .map(backfill ->
                                backfill.get("revision") + "/" + backfill.get("name") + " " + backfill.get("state"))
                        .collect(Collectors.joining("; "));
    }

    private static String standing(Map<String, Object> result) {
        List<String> parts = new ArrayList<>();
        if (!result.containsKey("drift")) {
            parts.add("heads: " + names(list(result, "heads")));
        } else {
            add(parts, "several heads", list(result, "heads"));
        }
        add(parts, "pending", list(result, "pending"));
        add(parts, "between phases", ids(result, "between_phases"));
        if (result.containsKey("pending")) {
            add(parts, "between phases", ids(result, "revisions"));
        }
        add(parts, "in no file", list(result, "unknown"));
        add(parts, "changed", list(result, "changed"));
        add(
                parts,
                "drift",
                list(result, "drift").stream()
                        .map(difference -> ((Map<?, ?>) difference).get("object"))
                        .toList());
        return parts.isEmpty() ? IN_ORDER : String.join("; ", parts);
    }

    private static String work(Map<String, Object> result) {
        List<?> steps = list(result, "steps");
        List<?> phases = list(result, "phases");
        if (steps.isEmpty()) {
            return phases.isEmpty() ? "nothing to do" : count(phases, "phase") + " done";
        }
        boolean done = result.containsKey("phases") || Boolean.TRUE.equals(result.get("stamped"));
        String verb = switch (Objects.toString(((List<?>) Objects.requireNonNull(steps.get(0))).get(0))) {
            case "upgrade" -> "applied";
            case "downgrade" -> "undone";
            default -> "stamped";
        };
        return count(steps, "revision") + (done ? " " : " would be ") + verb;
    }

    private static String count(List<?> things, String name) {
        return things.size() + " " + name + (things.size() == 1 ? "" : "s");
    }

    private static void add(List<String> parts, String what, List<?> ids) {
        if (!ids.isEmpty()) {
            parts.add(what + ": " + names(ids));
        }
    }

    private static List<?> ids(Map<String, Object> result, String key) {
        return list(result, key).stream()
                .map(one -> ((Map<?, ?>) one).get("id"))
                .toList();
    }

    private static List<?> list(Map<String, Object> result, String key) {
        return result.get(key) instanceof List<?> list ? list : List.of();
    }

    private static String names(List<?> ids) {
        return ids.isEmpty() ? "(none)" : ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
