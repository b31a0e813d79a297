package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.plan.UndoPlan;
import dev.athanor.revision.Phase;
import dev.athanor.source.RevisionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What cannot be undone. Everything that is asked for is looked at before anything is changed. */
final class Irreversible {
    private Irreversible() {}

    /**
     * Refuses, with all reasons, when anything of it cannot be undone.
     *
     * @param plans of these revisions
     * @param begun whether a phase has done anything
     */
    static void refuse(List<RevisionDefinition> revisions, List<UndoPlan> plans, Predicate<UndoPlan> begun) {
        Map<String, List<UndoPlan>> byRevision = plans.stream().collect(Collectors.groupingBy(UndoPlan::revision));
        List<String> reasons = new ArrayList<>();
        for (RevisionDefinition revision : revisions) {
            List<UndoPlan> own = byRevision.getOrDefault(revision.id(), List.of());
            own.stream()
                    .filter(begun)
                    .map(plan -> reason(revision, plan, own))
                    .filter(Objects::nonNull)
                    .forEach(reasons::add);
        }
        if (!reasons.isEmpty()) {
            throw new AthanorException(
                    FailureKind.REFUSED,
                    "irreversible",
                    "The downgrade is refused, and nothing was changed:\n" + String.join("\n", reasons),
                    (reasons.stream().anyMatch(reason -> reason.contains("-- athanor:undo"))
                                    ? "Write the undo sections that are missing, or go"
                                    : "Go")
                            + " forward by a new revision: athanor revision -m \"...\"");
        }
    }

    private static @Nullable String reason(RevisionDefinition revision, UndoPlan plan, List<UndoPlan> own) {
        String where = "Revision " + revision.id() + " (" + revision.origin() + ")";
        if (plan.phase() == Phase.CONTRACT && revision.irreversible() != null) {
            return where + " says that it is irreversible: " + revision.irreversible();
        }
        if (!plan.effective() || !plan.steps().isEmpty() || isUndoneWithItsExpand(plan, own)) {
            return null;
        }
        String phase = plan.phase().key();
        return where + " has done its " + phase + " phase, and has no section: -- athanor:undo " + phase;
    }

    /** What a backfill has filled goes away with what expand has made. */
    private static boolean isUndoneWithItsExpand(UndoPlan plan, List<UndoPlan> own) {
        return plan.phase() == Phase.BACKFILL
                && own.stream()
                        .anyMatch(other ->
                                other.phase() == Phase.EXPAND && !other.steps().isEmpty());
    }
}
