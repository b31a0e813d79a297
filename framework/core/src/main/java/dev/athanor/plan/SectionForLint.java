package dev.athanor.plan;

import dev.athanor.lint.LintedSection;
import dev.athanor.lint.Place;
import dev.athanor.lint.SectionKind;
import dev.athanor.revision.Phase;
import dev.athanor.source.BackfillWork;
import dev.athanor.source.Origin;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Section;
import dev.athanor.sql.Placeholder;
import dev.athanor.sql.Placeholders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A section as it is written and as lint looks at it.
 *
 * @param section as written, or as an operation made it
 * @param linted its SQL with the values of its placeholders; of a generated section under a name of its own
 */
record SectionForLint(Section section, LintedSection linted) {

    /** Those of a revision in the order in which they run, undo behind the others; work on rows has no SQL to look at. */
    static List<SectionForLint> inOrder(RevisionDefinition revision, Map<String, String> placeholders) {
        List<SectionForLint> all = new ArrayList<>();
        for (int ordinal = 0; ordinal < revision.sections().size(); ordinal++) {
            Section section = revision.sections().get(ordinal);
            if (hasSql(section)) {
                all.add(of(section, ordinal, placeholders));
            }
        }
        all.sort(Comparator.comparing(SectionForLint::undo).thenComparingInt(SectionForLint::position));
        return all;
    }

    private static boolean hasSql(Section section) {
        return !(section instanceof Section.Backfill backfill) || backfill.work() instanceof BackfillWork.Statement;
    }

    private static SectionForLint of(Section section, int ordinal, Map<String, String> placeholders) {
        Origin origin = section.origin();
        boolean transactional = true;
        @Nullable Duration lockTimeout = null;
        @Nullable Duration statementTimeout = null;
        if (section instanceof Section.Schema schema) {
            transactional = schema.options().transactional();
            lockTimeout = schema.options().lockTimeout();
            statementTimeout = schema.options().statementTimeout();
        } else if (section instanceof Section.Backfill backfill) {
            lockTimeout = backfill.options().lockTimeout();
            statementTimeout = backfill.options().statementTimeout();
        }
        String file = origin.section() == null ? origin.file() : origin.file() + ": " + origin.section();
        boolean generated = origin.generated();
        return new SectionForLint(
                section,
                new LintedSection(
                        kind(section),
                        transactional,
                        replaced(section.sql(), placeholders),
                        lockTimeout,
                        statementTimeout,
                        generated ? file + ":" + origin.line() + ", part " + ordinal : file,
                        generated ? 1 : origin.line() + 1));
    }

    private static SectionKind kind(Section section) {
        if (section instanceof Section.Backfill) {
            return SectionKind.BACKFILL;
        }
        if (section instanceof Section.Schema schema) {
            return schema.undo()
                    ? SectionKind.UNDO
                    : schema.phase() == Phase.EXPAND ? SectionKind.EXPAND : SectionKind.CONTRACT;
        }
        return SectionKind.VERIFY;
    }

    /** A placeholder without a value is most often a part of a name, and its own name is one. */
    private static String replaced(String sql, Map<String, String> values) {
        Placeholders found = Placeholders.of(sql);
        Map<String, String> all = new HashMap<>();
        for (Placeholder placeholder : found.all()) {
            String name = placeholder.name();
            if (name != null) {
                all.put(name, oneLine(values.getOrDefault(name, name.replaceAll("[.-]", "_"))));
            }
        }
        return found.replace(all);
    }

    /** So that lines are those of the file. */
    private static String oneLine(String value) {
        return value.replace('\n', ' ');
    }

    boolean undo() {
        return section instanceof Section.Schema schema && schema.undo();
    }

    /** Undo goes from contract back to expand. */
    private int position() {
        int phase = section.phase().ordinal();
        return undo() ? -phase : phase;
    }

    /** Where the user finds what lint has placed in this section. */
    Place place(Place found) {
        Origin origin = section.origin();
        if (!origin.generated()) {
            return found;
        }
        String file = origin.section() == null ? origin.file() : origin.file() + ": " + origin.section();
        return new Place(file, Math.max(1, origin.line()));
    }
}
