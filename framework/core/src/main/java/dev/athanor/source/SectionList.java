package dev.athanor.source;

import dev.athanor.migration.RowBackfill;
import dev.athanor.operation.Operation;
import dev.athanor.operation.Part;
import dev.athanor.sql.Checksum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sections of one file or class and the checksum over them. */
final class SectionList {
    private final Faults faults;
    private final SectionReader reader;
    private final OperationReader operations;
    private final List<Section> sections = new ArrayList<>();
    /** Of operations, the last one first: what was built on something goes before it. */
    private final List<Section> undoOfOperations = new ArrayList<>();

    private final RevisionChecksum checksum = new RevisionChecksum();
    private @Nullable String irreversible;
    /** Of operations so far. */
    private int count;

    SectionList(Faults faults) {
        this.faults = faults;
        reader = new SectionReader(faults);
        operations = new OperationReader(faults);
    }

    /** Adds the section that is made of this text, unless a fault leaves nothing to make it from. */
    void add(SectionText text) {
        Section section = reader.read(text);
        if (section != null) {
            sections.add(section);
            checksum.add(section, text.statements());
        }
    }

    /** Adds the section of work on rows, unless a fault leaves nothing to make it from. */
    void add(SectionText text, RowBackfill<?> step) {
        Section section = reader.rows(text, step);
        if (section != null) {
            sections.add(section);
            checksum.add(section, List.of());
        }
    }

    /** Adds the sections of the operation that a directive names, unless a fault leaves nothing to make them from. */
    void add(Directive directive, String body) {
        add(operations.read(directive, body), directive.line());
    }

    /** Adds the sections of an operation of a Java revision. */
    void add(OperationReader.Read operation) {
        add(operations.checked(operation), 0);
    }

    private void add(OperationReader.@Nullable Read read, int line) {
        if (read == null) {
            return;
        }
        Operation operation = read.operation();
        count++;
        checksum.add(operation, read.placement());
        sections.addAll(sections(read.placement().parts(operation), read.pace(), line));
        undoOfOperations.addAll(0, sections(read.placement().undo(operation), read.pace(), line));
        irreversible = irreversible == null ? operation.irreversible() : irreversible;
    }

    private List<Section> sections(List<Placement.Placed> parts, OperationPace pace, int line) {
        List<Section> made = new ArrayList<>();
        for (Placement.Placed placed : parts) {
            Part part = pace.of(placed.part());
            faults.madeBy(new Origin.Maker(count, part.kind() != Part.Kind.QUESTION));
            StepText text = new StepText(part.sql(), part.options(), faults);
            Section section = reader.read(text.as(placed.keyword(), placed.phase(), line));
            if (section != null) {
                made.add(section);
            }
        }
        faults.madeBy(null);
        return made;
    }

    /** In the order in which they are written; undo of operations stands behind all else, in front of undo by hand. */
    List<Section> all() {
        if (undoOfOperations.isEmpty()) {
            return List.copyOf(sections);
        }
        List<Section> all = new ArrayList<>(
                sections.stream().filter(section -> !isUndo(section)).toList());
        all.addAll(undoOfOperations);
        all.addAll(sections.stream().filter(SectionList::isUndo).toList());
        return List.copyOf(all);
    }

    private static boolean isUndo(Section section) {
        return section instanceof Section.Schema schema && schema.undo();
    }

    /** Why an operation cannot be taken back; null when all can. */
    @Nullable
    String irreversible() {
        return irreversible;
    }

    Checksum checksum() {
        return checksum.whole();
    }
}
