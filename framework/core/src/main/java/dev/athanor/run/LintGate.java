package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.RevisionState;
import dev.athanor.lint.LintSettings;
import dev.athanor.lint.Severity;
import dev.athanor.plan.RevisionFinding;
import dev.athanor.postgres.Database;
import dev.athanor.source.RevisionDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at what an upgrade is going to run before it runs anything. */
final class LintGate {
    /** Findings that a refusal lists; {@code athanor lint} lists them all. */
    private static final int MOST_LISTED = 20;

    private final Database database;
    private final RunSettings settings;

    LintGate(Database database, RunSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * Tells what is found in the phases still to be run, and refuses errors when the settings say so.
     *
     * @param refuses whether it may refuse; a run that goes on with what was begun is only told
     */
    void check(List<RevisionDefinition> revisions, Map<String, RevisionState> states, boolean refuses) {
        LintSetup lint = settings.lint();
        if (lint.mode() == LintMode.OFF || revisions.isEmpty()) {
            return;
        }
        OnlineLint online = new OnlineLint(database, settings.placeholders());
        List<RevisionFinding> found =
                online.lint(new LintSettings(online.version(), Set.of(), lint.smallTables()), revisions).stream()
                        .filter(finding -> OnlineLint.isAhead(finding, states))
                        .filter(finding -> !finding.finding().waived())
                        .toList();
        List<RevisionFinding> errors =
                found.stream().filter(finding -> finding.finding().refuses()).toList();
        if (refuses && lint.mode() == LintMode.ERROR && !errors.isEmpty()) {
            throw refusal(errors);
        }
        List<RevisionFinding> told = found.stream()
                .filter(finding -> finding.finding().severity() != Severity.INFO)
                .toList();
        if (!told.isEmpty()) {
            settings.listener().linted(told);
        }
    }

    private static AthanorException refusal(List<RevisionFinding> errors) {
        String listed =
                errors.stream().limit(MOST_LISTED).map(RevisionFinding::line).collect(Collectors.joining("\n"));
        int more = errors.size() - MOST_LISTED;
        return new AthanorException(
                FailureKind.REFUSED,
                "lint_refused",
                "Lint refuses the upgrade, and nothing was changed:\n" + listed
                        + (more > 0 ? "\nand " + more + " more" : ""),
                "See the safe forms: athanor lint. To run a statement as it is, write in the line before it: -- athanor:allow "
                        + errors.get(0).finding().rule().id()
                        + " REASON. To run all without lint: --no-lint");
    }
}
