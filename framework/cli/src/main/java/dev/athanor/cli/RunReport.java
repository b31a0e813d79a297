package dev.athanor.cli;

import dev.athanor.revision.RevisionStep.Action;
import dev.athanor.run.JsonForm;
import dev.athanor.run.RunResult;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The result of an upgrade or a resume, as text and as JSON. */
final class RunReport {
    private RunReport() {}

    static void json(RunResult result, Map<String, Object> json) {
        json.put("success", !result.stopped());
        json.putAll(JsonForm.of(result));
        if (result.stopped()) {
            json.put("error", stopped("Go on with: athanor resume"));
        }
    }

    static Map<String, Object> stopped(String hint) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", "stopped");
        error.put("message", "Stopped at a clean checkpoint; nothing is lost.");
        error.put("hint", hint);
        return error;
    }

    static void text(RunResult result, PrintStream out) {
        result.notes().forEach(out::println);
        String verb = result.undone().isEmpty() ? "done  " : "undone  ";
        result.phases()
                .forEach(done ->
                        out.println(verb + done.revision() + "  " + done.phase().key()));
        result.steps().stream()
                .filter(step -> step.action() == Action.STAMP || step.action() == Action.UNSTAMP)
                .forEach(step -> out.println(step.action().key() + "  " + step.id()));
        if (result.stopped()) {
            out.println("Stopped at a clean checkpoint; nothing is lost. Go on with: athanor resume");
        } else if (result.phases().isEmpty() && result.steps().isEmpty()) {
            out.println("Nothing to do.");
        } else {
            out.println(summary(result));
        }
    }

    private static String summary(RunResult result) {
        String heads = "heads: " + (result.headsAfter().isEmpty() ? "(none)" : String.join(", ", result.headsAfter()));
        boolean stamped = result.phases().isEmpty();
        if (stamped) {
            return heads;
        }
        boolean down = !result.undone().isEmpty();
        int revisions = down ? result.undone().size() : result.applied().size();
        return String.format(
                Locale.ROOT,
                "%d revision%s %s in %s; %s",
                revisions,
                revisions == 1 ? "" : "s",
                down ? "undone" : "applied",
                Durations.inWords(result.elapsed()),
                heads);
    }
}
