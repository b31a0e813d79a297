package dev.athanor.source;

import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Pace;
import dev.athanor.migration.Revision;
import dev.athanor.migration.RowBackfill;
import dev.athanor.migration.Step;
import dev.athanor.operation.Operation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Java revision: says to the readers of SQL files what a file with the same facts would say, so that both kinds
 * obey the same rules and have the same checksums.
 */
final class MigrationReader implements MigrationBuilder {
    private final Faults faults;
    private final Header header;
    private final SectionList sections;
    private final Map<String, Integer> counts = new HashMap<>();

    private MigrationReader(Faults faults) {
        this.faults = faults;
        header = new Header(faults);
        sections = new SectionList(faults);
    }

    /**
     * The revision of a class; null when it has no valid id.
     *
     * @param faults what is wrong is added here; a revision that comes with faults must not be run
     */
    static @Nullable RevisionDefinition read(Revision facts, Migration migration, Faults faults) {
        return new MigrationReader(faults).read(facts, migration);
    }

    private @Nullable RevisionDefinition read(Revision facts, Migration migration) {
        fact("revision", "id", facts.id());
        list("revises", "revises", facts.revises());
        list("depends-on", "dependsOn", facts.dependsOn());
        list("labels", "labels", facts.labels());
        line("message", "message", facts.message());
        line("created", "created", facts.created());
        line("after", "afterContract", facts.afterContract() ? "contract" : "");
        line("irreversible", "irreversible", facts.irreversible());
        faults.enter(null);
        migration.define(this);
        faults.enter(null);
        return header.define(sections);
    }

    private void fact(String keyword, String attribute, String value) {
        faults.enter("@Revision " + attribute);
        if (value.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            faults.add(0, "found several lines, expected one");
        }
        header.read(new Directive(0, 0, 0, keyword, value.strip()));
    }

    private void line(String keyword, String attribute, String value) {
        if (!value.isBlank()) {
            fact(keyword, attribute, value);
        }
    }

    private void list(String keyword, String attribute, String[] values) {
        if (values.length > 0) {
            fact(keyword, attribute, String.join(",", values));
        }
        for (String value : values) {
            if (value.indexOf(',') >= 0) {
                faults.add(0, "found '" + value + "', expected one id in each string: " + attribute + " is a list");
            }
        }
    }

    @Override
    public void expand(Step.Schema step) {
        section("expand", "", step);
    }

    @Override
    public void backfill(Step.Backfill step) {
        section("backfill", "", step);
    }

    @Override
    public void verify(Step.Verification step) {
        section("verify", "", step);
    }

    @Override
    public void contract(Step.Schema step) {
        section("contract", "", step);
    }

    @Override
    public void undoExpand(Step.Schema step) {
        section("undo", "expand", step);
    }

    @Override
    public void undoBackfill(Step.Schema step) {
        section("undo", "backfill", step);
    }

    @Override
    public void undoContract(Step.Schema step) {
        section("undo", "contract", step);
    }

    @Override
    public void operation(Operation operation) {
        operation(operation, Pace.pace());
    }

    @Override
    public void expand(Operation operation) {
        expand(operation, Pace.pace());
    }

    @Override
    public void contract(Operation operation) {
        contract(operation, Pace.pace());
    }

    @Override
    public void operation(Operation operation, Pace pace) {
        operation(operation, Placement.SPREAD, pace);
    }

    @Override
    public void expand(Operation operation, Pace pace) {
        operation(operation, Placement.EXPAND, pace);
    }

    @Override
    public void contract(Operation operation, Pace pace) {
        operation(operation, Placement.CONTRACT, pace);
    }

    private void operation(Operation operation, Placement placement, Pace pace) {
        enter(operation.keyword());
        sections.add(new OperationReader.Read(operation, placement, OperationPace.of(pace.options())));
    }

    private void enter(String kind) {
        faults.enter(kind + "-" + counts.merge(kind, 1, Integer::sum));
    }

    private void section(String keyword, String phase, Step step) {
        enter(phase.isEmpty() ? keyword : keyword + "-" + phase);
        StepText text = new StepText(step, faults);
        if (step instanceof RowBackfill<?> rows) {
            sections.add(text.ofRows(keyword), rows);
        } else {
            sections.add(text.as(keyword, phase));
        }
    }
}
