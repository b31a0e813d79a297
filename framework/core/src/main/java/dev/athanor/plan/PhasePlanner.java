package dev.athanor.plan;

import dev.athanor.revision.Phase;
import dev.athanor.source.BackfillWork;
import dev.athanor.source.Origin;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.source.Section;
import dev.athanor.sql.KeyChange;
import dev.athanor.sql.Placeholder;
import dev.athanor.sql.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes revisions ready to run: the steps of each phase, placeholders replaced, statements split. Whatever is wrong
 * with any of the revisions is found before anything can begin. Undo sections are no part of an upgrade, and nothing else
 * is part of a downgrade.
 */
public final class PhasePlanner {
    private final Map<String, String> placeholders;

    /**
     * A planner that knows the values of placeholders.
     *
     * @param placeholders values by name, as configuration and flags give them
     */
    public PhasePlanner(Map<String, String> placeholders) {
        this.placeholders = Map.copyOf(placeholders);
    }

    /**
     * The plans of revisions in their order: of each its expand, its backfill and its contract, also where there is
     * nothing to do.
     *
     * @throws UnsetPlaceholdersException naming every placeholder of every revision that has no value
     * @throws KeyChangeRefusedException naming every backfill that sets a column of the key its directive names
     * @throws dev.athanor.AthanorException kind USAGE, code {@code invalid_sql}, when a section with its values in place
     *     is no longer what its kind needs
     */
    public List<PhasePlan> plan(List<RevisionDefinition> revisions) {
        checkPlaceholders(revisions, section -> !DoneSections.isUndo(section));
        List<PhasePlan> plans = new ArrayList<>();
        for (RevisionDefinition revision : revisions) {
            for (Phase phase : Phase.values()) {
                plans.add(phase(revision, phase));
            }
        }
        checkKeys(plans);
        return plans;
    }

    /** The plan of one phase; errors as of {@link #plan(List)}, for this phase's revision alone. */
    public PhasePlan plan(RevisionDefinition revision, Phase phase) {
        return plan(List.of(revision)).get(phase.ordinal());
    }

    /**
     * How revisions are taken back, in their order: of each its contract, its backfill and its expand, also where there is
     * nothing to do.
     *
     * @throws UnsetPlaceholdersException as of {@link #plan(List)}, for the undo sections
     * @throws dev.athanor.AthanorException as of {@link #plan(List)}
     */
    public List<UndoPlan> undo(List<RevisionDefinition> revisions) {
        checkPlaceholders(revisions, DoneSections::isUndo);
        List<UndoPlan> plans = new ArrayList<>();
        for (RevisionDefinition revision : revisions) {
            for (int phase = Phase.values().length - 1; phase >= 0; phase--) {
                plans.add(undo(revision, Phase.values()[phase]));
            }
        }
        return plans;
    }

    private UndoPlan undo(RevisionDefinition revision, Phase phase) {
        StepFactory factory = new StepFactory(revision.id(), placeholders);
        DoneSections done = new DoneSections(revision.sections());
        List<UndoPlan.Undo> undo = new ArrayList<>();
        List<Integer> ordinals = new ArrayList<>();
        for (int ordinal = 0; ordinal < revision.sections().size(); ordinal++) {
            Section section = revision.sections().get(ordinal);
            if (section.phase() == phase) {
                ordinals.add(ordinal);
                if (DoneSections.isUndo(section)) {
                    Step.SchemaStep step = factory.schema((Section.Schema) section, ordinal, "undo ", undo.size());
                    undo.add(new UndoPlan.Undo(step, done.undoneBy(section), !DoneSections.changes(section)));
                }
            }
        }
        return new UndoPlan(revision.id(), phase, undo, ordinals, done.of(phase));
    }

    private void checkPlaceholders(List<RevisionDefinition> revisions, Predicate<Section> wanted) {
        List<UnsetPlaceholdersException.Unset> unset = new ArrayList<>();
        for (RevisionDefinition revision : revisions) {
            for (Section section : revision.sections()) {
                if (wanted.test(section)) {
                    collectUnset(section, unset);
                }
            }
        }
        if (!unset.isEmpty()) {
            throw new UnsetPlaceholdersException(unset);
        }
    }

    private void collectUnset(Section section, List<UnsetPlaceholdersException.Unset> unset) {
        for (Placeholder placeholder : Placeholders.of(section.sql()).unset(placeholders)) {
            Origin directive = section.origin();
            String name = placeholder.name();
            if (name != null) {
                Origin origin = directive.plus(placeholder.line());
                unset.add(new UnsetPlaceholdersException.Unset(name, origin));
            }
        }
    }

    private PhasePlan phase(RevisionDefinition revision, Phase phase) {
        StepFactory factory = new StepFactory(revision.id(), placeholders);
        List<Step> steps = new ArrayList<>();
        for (int ordinal = 0; ordinal < revision.sections().size(); ordinal++) {
            Section section = revision.sections().get(ordinal);
            if (section.phase() == phase && !DoneSections.isUndo(section)) {
                steps.add(factory.step(section, ordinal, steps.size()));
            }
        }
        return new PhasePlan(revision.id(), revision.checksum(), phase, steps);
    }

    private static void checkKeys(List<PhasePlan> plans) {
        List<KeyChangeRefusedException.Refusal> refusals = new ArrayList<>();
        for (PhasePlan plan : plans) {
            for (Step step : plan.steps()) {
                if (step instanceof Step.BackfillStep backfill && !(backfill.work() instanceof BackfillWork.Copy)) {
                    Set<String> set = KeyChange.columnsSet(backfill.template().with("true"), backfill.table());
                    List<String> changed =
                            backfill.key().stream().filter(set::contains).toList();
                    if (!changed.isEmpty()) {
                        refusals.add(
                                new KeyChangeRefusedException.Refusal(backfill.origin(), backfill.name(), changed));
                    }
                }
            }
        }
        if (!refusals.isEmpty()) {
            throw new KeyChangeRefusedException(refusals);
        }
    }
}
