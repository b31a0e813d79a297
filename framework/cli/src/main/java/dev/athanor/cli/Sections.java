package dev.athanor.cli;

import dev.athanor.source.BackfillWork;
import dev.athanor.source.Section;

/** A section in a few words. */
final class Sections {
    private Sections() {}

    static String describe(Section section) {
        String ofClass = section.origin().section();
        String where = " (" + (ofClass == null ? "line " + section.origin().line() : ofClass) + ")";
        if (section instanceof Section.Backfill backfill) {
            String rows = backfill.work() instanceof BackfillWork.OfRows work ? ", " + work.describe() : "";
            return "backfill " + backfill.name() + " of " + backfill.table() + rows + where;
        }
        if (section instanceof Section.Verify verify) {
            return "verify " + verify.name() + where;
        }
        Section.Schema schema = (Section.Schema) section;
        return (schema.undo() ? "undo " : "")
                + schema.phase().key()
                + (schema.options().transactional() ? "" : " without transaction")
                + (schema.options().rows() ? " of what queries give" : "")
                + where;
    }
}
