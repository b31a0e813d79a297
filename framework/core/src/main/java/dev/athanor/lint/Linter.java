package dev.athanor.lint;

import java.util.List;

/** Looks at the sections of a revision and tells what would hurt. */
public final class Linter {
    private final LintSettings settings;

    /** Offline: knows what the revision itself shows, and nothing of the database. */
    public Linter(LintSettings settings) {
        this.settings = settings;
    }

    /**
     * All findings over one revision, waived ones included, in the order of its statements. Never fails: text that is
     * not understood is a finding.
     *
     * @param sections of one revision, in the order in which they run; undo sections behind the others
     */
    public List<Finding> lint(List<LintedSection> sections) {
        return new Inspection(settings).run(sections);
    }
}
