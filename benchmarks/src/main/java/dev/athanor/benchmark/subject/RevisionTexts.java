package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.TicketTable;
import dev.athanor.source.RevisionFolder;
import dev.athanor.source.Revisions;
import java.util.List;
import java.util.function.Function;

/** The revisions of our cases, as files. */
final class RevisionTexts {
    private static final String HEADER = "-- athanor:revision  benchmark\n\n";
    private static final String VERIFY = """

            -- athanor:verify name=none-left
            SELECT count(*) FROM tickets WHERE %s;
            """.formatted(TicketTable.UNFILLED);

    private RevisionTexts() {}

    /** A backfill of the column, with these options of its directive. */
    static Function<Workplace, Revisions> fill(String options) {
        return file(fillText(options));
    }

    /** The same, with the count of what is left behind it. */
    static Function<Workplace, Revisions> fillAndVerify(String options) {
        return file(fillText(options) + VERIFY);
    }

    /** A backfill of any statement over the table. */
    static Function<Workplace, Revisions> backfill(String statement) {
        return file("-- athanor:backfill name=rows table=tickets workers=2\n" + statement + ";\n");
    }

    /** Sections as they stand in a file. */
    static Function<Workplace, Revisions> file(String sections) {
        return place -> RevisionFolder.read(List.of(place.onlyFile(
                "migrations-" + Integer.toHexString(sections.hashCode()), "benchmark.sql", HEADER + sections)));
    }

    private static String fillText(String options) {
        return "-- athanor:backfill name=resolution-time table=tickets " + options + "\nUPDATE tickets"
                + TicketTable.ASSIGNMENT + "WHERE ${chunk} AND " + TicketTable.UNFILLED + ";\n";
    }
}
