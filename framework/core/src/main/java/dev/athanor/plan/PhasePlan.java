package dev.athanor.plan;

import dev.athanor.revision.Phase;
import java.util.List;

/**
 * One phase of one revision with its steps in file order; there may be none.
 *
 * @param checksum of the whole revision, as the ledger keeps it
 */
public record PhasePlan(String revision, String checksum, Phase phase, List<Step> steps) {
    public PhasePlan {
        steps = List.copyOf(steps);
    }
}
