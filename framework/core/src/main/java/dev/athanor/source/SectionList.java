package dev.athanor.source;

import dev.athanor.migration.RowBackfill;
import dev.athanor.sql.Checksum;
import java.util.ArrayList;
import java.util.List;

/** The sections of one file or class and the checksum over them. */
final class SectionList {
    private final SectionReader reader;
    private final List<Section> sections = new ArrayList<>();
    private final RevisionChecksum checksum = new RevisionChecksum();

    SectionList(Faults faults) {
        reader = new SectionReader(faults);
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

    List<Section> all() {
        return List.copyOf(sections);
    }

    Checksum checksum() {
        return checksum.whole();
    }
}
