package dev.athanor.cli;

import dev.athanor.run.TraceReport;
import dev.athanor.run.TraceReport.StatementTrace;
import dev.athanor.sql.QualifiedName;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** What statements did on a scratch database, for people. */
final class TraceText {
    private TraceText() {}

    static void print(List<TraceReport> traces, PrintStream out) {
        for (TraceReport trace : traces) {
            out.println("trace of " + trace.revision());
            String section = "";
            for (StatementTrace statement : trace.statements()) {
                if (!statement.section().equals(section)) {
                    section = statement.section();
                    out.println("  " + section + " (" + statement.origin() + ")");
                }
                print(statement, out);
            }
            out.println();
        }
    }

    private static void print(StatementTrace statement, PrintStream out) {
        statement.sql().strip().lines().forEach(line -> out.println("    " + line));
        if (statement.error() != null) {
            out.println("      failed: " + statement.error());
            return;
        }
        out.println("      holds: " + locks(statement));
        names("writes anew: ", statement.rewritten(), out);
        names("rebuilds: ", statement.rebuilt(), out);
        statement.messages().forEach(message -> out.println("      server: " + message));
        statement
                .mismatches()
                .forEach(mismatch ->
                        out.println("      " + (mismatch.worse() ? "worse than predicted: " : "less than predicted: ")
                                + mismatch.message()));
    }

    private static String locks(StatementTrace statement) {
        if (statement.locks() == null) {
            return "not seen, it runs outside a transaction";
        }
        return statement.locks().isEmpty()
                ? "no lock that others wait for"
                : statement.locks().entrySet().stream()
                        .map(lock -> lock.getValue().sql() + " on " + lock.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static void names(String title, List<QualifiedName> names, PrintStream out) {
        if (!names.isEmpty()) {
            out.println("      " + title
                    + names.stream().map(QualifiedName::toString).collect(Collectors.joining(", ")));
        }
    }
}
