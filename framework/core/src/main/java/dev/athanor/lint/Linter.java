package dev.athanor.lint;

import dev.athanor.catalog.TargetFacts;
import java.util.List;

/** Looks at the sections of a revision and tells what would hurt. */
public final class Linter {
    private final LintSettings settings;
    private final TargetFacts facts;

    /** Offline: knows what the revision itself shows, and nothing of the database. */
    public Linter(LintSettings settings) {
        this(settings, TargetFacts.NONE);
    }

    /** Online: knows the tables of the target too. How much a finding weighs there is told by {@link SizeWeight}. */
    public Linter(LintSettings settings, TargetFacts facts) {
        this.settings = settings;
        this.facts = facts;
    }

    /**
     * All findings over one revision, waived ones included, in the order of its statements. Text that is not understood
     * is a finding; nothing is thrown but what the facts throw.
     *
     * @param sections of one revision, in the order in which they run; undo sections behind the others
     */
    public List<Finding> lint(List<LintedSection> sections) {
        return new Inspection(settings, facts).run(sections);
    }
}
