package dev.athanor.plan;

import dev.athanor.revision.Phase;
import dev.athanor.source.Origin.Maker;
import dev.athanor.source.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which sections of a revision an undo section takes back.
 *
 * @param sections all of the revision, undo sections included, in their order
 */
record DoneSections(List<Section> sections) {
    static boolean isUndo(Section section) {
        return section instanceof Section.Schema schema && schema.undo();
    }

    /** Ordinals of what does something in a phase. */
    List<Integer> of(Phase phase) {
        return ordinals(section -> section.phase() == phase);
    }

    /**
     * Ordinals of what has the same maker in the undone phase. An operation that does nothing in that phase undoes there
     * what it has done before.
     */
    List<Integer> undoneBy(Section undo) {
        List<Integer> same = ordinals(section -> section.phase() == undo.phase() && maker(section) == maker(undo));
        return same.isEmpty()
                ? ordinals(section -> section.phase().compareTo(undo.phase()) < 0 && maker(section) == maker(undo))
                : same;
    }

    private List<Integer> ordinals(Predicate<Section> wanted) {
        List<Integer> ordinals = new ArrayList<>();
        for (int ordinal = 0; ordinal < sections.size(); ordinal++) {
            Section section = sections.get(ordinal);
            if (!isUndo(section) && !(section instanceof Section.Verify) && changes(section) && wanted.test(section)) {
                ordinals.add(ordinal);
            }
        }
        return ordinals;
    }

    /** Number of the operation; 0 of all that is written by hand. */
    private static int maker(Section section) {
        Maker maker = section.origin().maker();
        return maker == null ? 0 : maker.number();
    }

    static boolean changes(Section section) {
        Maker maker = section.origin().maker();
        return maker == null || maker.changes();
    }
}
