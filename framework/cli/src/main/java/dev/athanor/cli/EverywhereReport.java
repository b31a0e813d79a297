package dev.athanor.cli;

import dev.athanor.cli.Everywhere.Ending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The results of one command on several databases. */
final class EverywhereReport {
    private EverywhereReport() {}

    static void print(AthanorCommand root, Settings settings, List<Ending> endings, boolean success) {
        Result result = new Result(root.terminal(), settings);
        result.json(json -> {
            json.put("success", success);
            json.put("results", endings.stream().map(EverywhereReport::json).toList());
        });
        result.text(out -> {
            Table table = new Table("ENVIRONMENT", "EXIT", "RESULT");
            endings.forEach(
                    ending -> table.row(ending.environment(), Integer.toString(ending.code()), line(ending.result())));
            table.print(out);
        });
    }

    private static Map<String, Object> json(Ending ending) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("environment", ending.environment());
        json.put("exit_code", ending.code());
        json.put("result", ending.result());
        return json;
    }

    /** What every command says under the same names, in one line. */
    private static String line(Map<String, Object> result) {
        if (result.get("error") instanceof Map<?, ?> error) {
            return Objects.toString(error.get("message")).lines().findFirst().orElse("");
        }
        if (result.get("steps") instanceof List<?> steps) {
            return (steps.isEmpty() ? "nothing to do" : steps.size() + (steps.size() == 1 ? " step" : " steps"))
                    + "; heads: " + names(result.get("heads_after"));
        }
        Object pending = result.get("pending");
        return "heads: " + names(result.get("heads"))
                + (pending instanceof List<?> ids && !ids.isEmpty() ? "; pending: " + names(pending) : "");
    }

    private static String names(@Nullable Object ids) {
        return ids instanceof List<?> list && !list.isEmpty()
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "(none)";
    }
}
