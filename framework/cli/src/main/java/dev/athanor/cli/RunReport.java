package dev.athanor.cli;

import dev.athanor.run.UpgradeResult;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result of an upgrade or a resume, as text and as JSON. */
final class RunReport {
    private RunReport() {}

    static void json(UpgradeResult result, Map<String, Object> json) {
        json.put("success", !result.stopped());
        json.put(
                "steps",
                result.applied().stream().map(id -> List.of("upgrade", id)).toList());
        json.put("heads_after", result.headsAfter());
        json.put(
                "phases",
                result.phases().stream()
                        .map(done -> object(
                                "revision",
                                done.revision(),
                                "phase",
                                done.phase().key()))
                        .toList());
        json.put(
                "backfills",
                result.backfills().stream()
                        .map(backfill -> {
                            Map<String, Object> one = object("revision", backfill.revision(), "name", backfill.name());
                            one.put("rows_walked", backfill.rowsWalked());
                            one.put("rows_changed", backfill.rowsChanged());
                            one.put("seconds", backfill.elapsed().toMillis() / 1000.0);
                            return one;
                        })
                        .toList());
        json.put(
                "verifications",
                result.verifications().stream()
                        .map(verification -> {
                            Map<String, Object> one =
                                    object("revision", verification.revision(), "name", verification.name());
                            one.put("wrong", verification.wrong());
                            return one;
                        })
                        .toList());
        json.put("notes", result.notes());
        json.put("stopped", result.stopped());
        json.put("seconds", result.elapsed().toMillis() / 1000.0);
        if (result.stopped()) {
            json.put("error", stopped("Go on with: athanor resume"));
        }
    }

    static Map<String, Object> stopped(String hint) {
        return object("code", "stopped", "message", "Stopped at a clean checkpoint; nothing is lost.", "hint", hint);
    }

    static void text(UpgradeResult result, PrintStream out) {
        result.notes().forEach(out::println);
        result.phases()
                .forEach(done -> out.println(
                        "done  " + done.revision() + "  " + done.phase().key()));
        if (result.stopped()) {
            out.println("Stopped at a clean checkpoint; nothing is lost. Go on with: athanor resume");
        } else if (result.phases().isEmpty()) {
            out.println("Nothing to do.");
        } else {
            out.printf(
                    Locale.ROOT,
                    "%d revision%s applied in %s; heads: %s%n",
                    result.applied().size(),
                    result.applied().size() == 1 ? "" : "s",
                    Durations.inWords(result.elapsed()),
                    result.headsAfter().isEmpty() ? "(none)" : String.join(", ", result.headsAfter()));
        }
    }

    private static Map<String, Object> object(String... pairs) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(pairs[i], pairs[i + 1]);
        }
        return object;
    }
}
