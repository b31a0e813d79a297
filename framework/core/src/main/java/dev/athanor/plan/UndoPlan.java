package dev.athanor.plan;

import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.revision.Phase;
import java.util.List;
import java.util.Set;

/**
 * How one phase of one revision is taken back.
 *
 * @param undo its undo sections in file order; there may be none
 * @param ordinals of all sections of the phase, undo sections included
 * @param doing ordinals of those sections of the phase that do anything that would have to be undone: verifications and what
 *     only refuses do not
 */
public record UndoPlan(String revision, Phase phase, List<Undo> undo, List<Integer> ordinals, List<Integer> doing) {
    /**
     * An undo section.
     *
     * @param undoes ordinals of the sections that it takes back: those of the same operation, or all that are written by
     *     hand; none when nothing is known of them
     * @param asks whether it changes nothing, and at most refuses
     */
    public record Undo(SchemaStep step, List<Integer> undoes, boolean asks) {
        public Undo {
            undoes = List.copyOf(undoes);
        }
    }

    public UndoPlan {
        undo = List.copyOf(undo);
        ordinals = List.copyOf(ordinals);
        doing = List.copyOf(doing);
    }

    /** Its undo sections, ready to run. */
    public List<SchemaStep> steps() {
        return undo.stream().map(Undo::step).toList();
    }

    /** Whether the phase does anything that would have to be undone. */
    public boolean effective() {
        return !doing.isEmpty();
    }

    /** Whether anything of the phase is among these. */
    public boolean isBegun(Set<Integer> sections) {
        return doing.stream().anyMatch(sections::contains);
    }

    /**
     * The same where only these sections of the revision have done anything: an undo section takes back what its own
     * operation has made, and would destroy what was there before it where the operation has failed.
     */
    public UndoPlan of(Set<Integer> done) {
        List<Undo> wanted = undo.stream()
                .filter(one -> one.undoes().isEmpty()
                        ? isBegun(done)
                        : one.undoes().stream().anyMatch(done::contains))
                .toList();
        return new UndoPlan(revision, phase, wanted, ordinals, doing);
    }
}
