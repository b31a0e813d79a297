package dev.athanor.plan;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.revision.Phase;
import java.util.List;

/**
 * How one phase of one revision is taken back.
 *
 * @param steps its undo sections in file order; there may be none
 * @param ordinals of all sections of the phase, undo sections included
 * @param effective whether the phase does anything that would have to be undone: verifications do not
 */
public record UndoPlan(
        String revision, Phase phase, List<SchemaStep> steps, List<Integer> ordinals, boolean effective) {
    public UndoPlan {
        steps = List.copyOf(steps);
        ordinals = List.copyOf(ordinals);
    }
}
