package dev.athanor.cli;

import dev.athanor.revision.RevisionPlan;
import dev.athanor.revision.RevisionStep;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Revisions;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** A plan, as text and as JSON. */
final class PlanReport {
    private PlanReport() {}

    static void json(RevisionPlan plan, Map<String, Object> json) {
        json.put(
                "steps",
                plan.steps().stream()
                        .map(step -> List.of(step.action().key(), step.id()))
                        .toList());
        json.put("heads_after", plan.rowsAfter());
    }

    static void text(RevisionPlan plan, Revisions revisions, PrintStream out) {
        for (RevisionStep step : plan.steps()) {
            String message =
                    revisions.find(step.id()).map(RevisionDefinition::message).orElse("");
            out.println(step.action().key() + "  " + step.id() + (message.isEmpty() ? "" : "  " + message));
        }
        if (plan.isEmpty()) {
            out.println("Nothing to do.");
        }
        out.println("heads after: " + (plan.rowsAfter().isEmpty() ? "(none)" : String.join(", ", plan.rowsAfter())));
    }
}
