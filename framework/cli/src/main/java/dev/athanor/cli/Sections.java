package dev.athanor.cli;

import dev.athanor.source.Section;

/** A section in a few words. */
final class Sections {
    private Sections() {}

    static String describe(Section section) {
        String ofClass = section.origin().section();
        String where = " (" + (ofClass == null ? "line " + section.origin().line() : ofClass) + ")";
        if (section instanceof Section.Backfill backfill) {
            return "backfill " + backfill.name() + " of " + backfill.table() + where;
        }
        if (section instanceof Section.Verify verify) {
            return "verify " + verify.name() + where;
        }
        Section.Schema schema = (Section.Schema) section;
        return (schema.undo() ? "undo " : "")
                + schema.phase().key()
                + (schema.options().transactional() ? "" : " without transaction")
                + where;
    }
}
