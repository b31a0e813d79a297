package dev.athanor.plan;

import dev.athanor.lint.Finding;
import dev.athanor.revision.Phase;

/**
 * A finding of lint and where in the revisions it is.
 *
 * @param revision id
 * @param phase in which the section at fault runs
 * @param undo whether it takes its phase back
 * @param inClass whether it stands in a Java revision, so that its place names a class and a section instead of a file
 * @param finding placed where the user wrote what it is about: of a typed operation its directive
 */
public record RevisionFinding(String revision, Phase phase, boolean undo, boolean inClass, Finding finding) {

    /** The same with another finding at the same place. */
    public RevisionFinding with(Finding other) {
        return new RevisionFinding(revision, phase, undo, inClass, other);
    }

    /** {@code migrations/a.sql:12: error IX1: …}, its message behind it. */
    public String line() {
        return finding.place() + ": " + finding.severity().key() + " "
                + finding.rule().id() + ": " + finding.message();
    }
}
