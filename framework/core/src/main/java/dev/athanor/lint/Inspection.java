package dev.athanor.lint;

import dev.athanor.catalog.TargetFacts;
import dev.athanor.lint.SiteReader.PlacedWaiver;
import dev.athanor.lint.SiteReader.Unreadable;
import dev.athanor.lint.Statement.AlterTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run over one revision. */
final class Inspection {
    private final LintSettings settings;
    private final TargetFacts facts;

    Inspection(LintSettings settings, TargetFacts facts) {
        this.settings = settings;
        this.facts = facts;
    }

    List<Finding> run(List<LintedSection> sections) {
        SiteReader reader = new SiteReader();
        for (int i = 0; i < sections.size(); i++) {
            reader.read(sections.get(i), i);
        }
        Scope scope = new Scope(settings, reader.sites(), facts);
        reader.sites().forEach(site -> look(site, scope));
        Rules.SCHEMA.forEach(rule -> rule.end(scope));
        List<Finding> findings = new ArrayList<>();
        reader.unreadable().forEach(unreadable -> findings.add(finding(unreadable)));
        findings.addAll(finish(scope, reader));
        return findings;
    }

    private static void look(Site site, Scope scope) {
        scope.history().enter(site);
        boolean rows = site.inSectionOf(SectionKind.BACKFILL) || site.inSectionOf(SectionKind.VERIFY);
        List<Rule> rules = rows ? Rules.ROWS : Rules.SCHEMA;
        rules.forEach(rule -> rule.statement(site, scope));
        if (site.statement() instanceof Statement.DoBlock block) {
            RoutineBodies.sites(site, block).forEach(inner -> look(inner, scope));
        } else if (site.statement() instanceof AlterTable alter) {
            for (AlterAction action : alter.actions()) {
                rules.forEach(rule -> rule.action(site, alter, action, scope));
                scope.history().note(site, alter, action);
            }
        } else {
            scope.history().note(site);
        }
    }

    private static Finding finding(Unreadable unreadable) {
        return new Finding(
                LintRule.RW2,
                LintRule.RW2.severity(),
                unreadable.place(),
                "",
                null,
                null,
                "The section cannot be cut into statements, so nothing of it was looked at: " + unreadable.problem()
                        + ".",
                "-- correct the SQL text",
                null);
    }

    private List<Finding> finish(Scope scope, SiteReader reader) {
        Set<PlacedWaiver> used = new HashSet<>();
        List<Finding> findings = new ArrayList<>();
        List<Scope.Found> inOrder = new ArrayList<>(scope.found());
        inOrder.sort(Comparator.comparingInt(found -> found.site().index()));
        for (Scope.Found found : inOrder) {
            PlacedWaiver waiver = waiver(found, reader.waivers());
            if (waiver != null) {
                used.add(waiver);
            }
            Draft draft = found.draft();
            findings.add(new Finding(
                    draft.rule(),
                    draft.rule().severity(),
                    found.site().place(),
                    found.site().text(),
                    draft.lock(),
                    draft.table() == null ? null : scope.history().asked(draft.table(), found.site()),
                    draft.message(),
                    draft.safe(),
                    waiver == null ? null : waiver.waiver()));
        }
        for (PlacedWaiver placed : reader.waivers()) {
            if (!used.contains(placed)) {
                findings.add(unused(placed, scope));
            }
        }
        return findings;
    }

    private static @Nullable PlacedWaiver waiver(Scope.Found found, List<PlacedWaiver> waivers) {
        for (PlacedWaiver placed : waivers) {
            boolean counts = placed.excused() >= 0
                    && !placed.waiver().reason().isEmpty()
                    && placed.waiver().rule().equals(found.draft().rule().id());
            if (counts) {
                boolean part = found.others().stream().anyMatch(other -> other.index() == placed.excused());
                if (part || found.site().index() == placed.excused()) {
                    return placed;
                }
            }
        }
        return null;
    }

    private static Finding unused(PlacedWaiver placed, Scope scope) {
        Waiver waiver = placed.waiver();
        String message;
        if (waiver.reason().isEmpty()) {
            message = "The waiver of " + waiver.rule() + " gives no reason, so it excuses nothing.";
        } else if (LintRule.of(waiver.rule()).isEmpty()) {
            message = "The waiver names " + waiver.rule() + ", and there is no such rule.";
        } else {
            message =
                    "The waiver of " + waiver.rule() + " excuses nothing: the statement behind it has no such finding.";
        }
        String statement =
                placed.excused() < 0 ? "" : scope.sites().get(placed.excused()).text();
        String safe = waiver.reason().isEmpty()
                ? "-- athanor:allow " + waiver.rule() + " why this is safe here"
                : "-- remove the waiver";
        return new Finding(
                LintRule.IG1, LintRule.IG1.severity(), waiver.place(), statement, null, null, message, safe, null);
    }
}
