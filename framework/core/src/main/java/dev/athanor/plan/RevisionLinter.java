package dev.athanor.plan;

import dev.athanor.lint.Finding;
import dev.athanor.lint.LintRule;
import dev.athanor.lint.LintSettings;
import dev.athanor.lint.LintedSection;
import dev.athanor.lint.Linter;
import dev.athanor.lint.Place;
import dev.athanor.lint.Severity;
import dev.athanor.lint.Waiver;
import dev.athanor.revision.Phase;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Section;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lints whole revisions, of files and of classes: hands their sections to the rules and says where things are found. */
public final class RevisionLinter {
    /**
     * Rules about code that runs while a name or a value it knows goes away: in contract, an operation has made sure that no
     * such code is left. Written by hand, a column that is dropped there is where it belongs, and still worth a look. DM1,
     * because operations go over tables by backfills, and take back by one statement only the rows that they list.
     */
    private static final Set<LintRule> MINDED_BY_OPERATIONS = EnumSet.of(
            LintRule.CL8,
            LintRule.CL9,
            LintRule.CL10,
            LintRule.CO14,
            LintRule.DM1,
            LintRule.EN1,
            LintRule.TB1,
            LintRule.TB3,
            LintRule.TB4,
            LintRule.TB14);

    private final Linter linter;
    private final Map<String, String> placeholders;

    /**
     * Knows the revisions alone, no database.
     *
     * @param placeholders values by name; a placeholder without one stands for a name
     */
    public RevisionLinter(LintSettings settings, Map<String, String> placeholders) {
        this(new Linter(settings), placeholders);
    }

    /** With rules that know more. */
    public RevisionLinter(Linter linter, Map<String, String> placeholders) {
        this.linter = linter;
        this.placeholders = Map.copyOf(placeholders);
    }

    /** What rules look at of a revision: its sections in the order in which they run, undo behind the others. */
    public static List<LintedSection> sections(RevisionDefinition revision, Map<String, String> placeholders) {
        return SectionForLint.inOrder(revision, placeholders).stream()
                .map(SectionForLint::linted)
                .toList();
    }

    /** All findings over a revision, waived ones included, in the order in which its sections run. */
    public List<RevisionFinding> lint(RevisionDefinition revision) {
        List<SectionForLint> sections = SectionForLint.inOrder(revision, placeholders);
        List<Finding> found =
                linter.lint(sections.stream().map(SectionForLint::linted).toList());
        return found.stream()
                .map(finding -> placed(revision, sections, finding))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<RevisionFinding> placed(
            RevisionDefinition revision, List<SectionForLint> sections, Finding finding) {
        SectionForLint section = at(sections, finding.place());
        if (section == null) {
            return Optional.of(new RevisionFinding(
                    revision.id(), Phase.EXPAND, false, revision.origin().isClass(), finding));
        }
        Section source = section.section();
        boolean late = source.phase() == Phase.CONTRACT || section.undo();
        if (late && source.origin().generated() && MINDED_BY_OPERATIONS.contains(finding.rule())) {
            return Optional.empty();
        }
        Waiver waiver = finding.waiver();
        SectionForLint waived = waiver == null ? null : at(sections, waiver.place());
        Finding placed = new Finding(
                finding.rule(),
                late && finding.rule() == LintRule.CL9 ? Severity.WARNING : finding.severity(),
                section.place(finding.place()),
                finding.statement(),
                finding.lock(),
                finding.table(),
                finding.message(),
                finding.safe(),
                waiver == null || waived == null
                        ? waiver
                        : new Waiver(waiver.rule(), waiver.reason(), waived.place(waiver.place())));
        return Optional.of(new RevisionFinding(
                revision.id(), source.phase(), section.undo(), source.origin().isClass(), placed));
    }

    /** The section that holds a line: of those of the file the last that begins at it or before. */
    private static @Nullable SectionForLint at(List<SectionForLint> sections, Place place) {
        SectionForLint found = null;
        for (SectionForLint section : sections) {
            LintedSection linted = section.linted();
            boolean holds = linted.file().equals(place.file()) && linted.line() <= place.line();
            if (holds && (found == null || linted.line() > found.linted().line())) {
                found = section;
            }
        }
        return found;
    }
}
