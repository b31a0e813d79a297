package dev.athanor.jobs.supportdesk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.athanor.lint.LintSettings;
import dev.athanor.lint.PgVersion;
import dev.athanor.plan.RevisionLinter;
import dev.athanor.source.Revisions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the set asks of a database is either as lint wants it, or it says why not. */
class LintTest {

    @Test
    void findsNothingInTheFiles() {
        assertThat(unwaived(RevisionSections.completeSet())).isEmpty();
    }

    @Test
    void findsNothingInTheClasses() {
        assertThat(unwaived(Run.classes())).isEmpty();
    }

    private static List<String> unwaived(Revisions revisions) {
        RevisionLinter linter = new RevisionLinter(LintSettings.of(PgVersion.parse("17")), Map.of());
        return revisions.definitions().stream()
                .flatMap(revision -> linter.lint(revision).stream())
                .filter(found -> !found.finding().waived())
                .map(found -> found.revision() + " " + found.finding().rule() + ": "
                        + found.finding().statement())
                .toList();
    }
}
