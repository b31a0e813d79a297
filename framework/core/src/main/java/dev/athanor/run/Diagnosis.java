package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.run.DoctorReport.Finding;
import dev.athanor.run.DoctorReport.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what a doctor finds. */
final class Diagnosis {
    private static final String NO_ADVICE =
            "It is not as Athanor makes it: restore it from a backup, or name another schema" + " with --state-schema.";

    private final List<Finding> findings = new ArrayList<>();

    void ok(String object, String finding) {
        add(Severity.OK, object, finding, "");
    }

    void note(String object, String finding, String remedy) {
        add(Severity.NOTE, object, finding, remedy);
    }

    void warning(String object, String finding, String remedy) {
        add(Severity.WARNING, object, finding, remedy);
    }

    void problem(String object, String finding, String remedy) {
        add(Severity.PROBLEM, object, finding, remedy);
    }

    private void add(Severity severity, String object, String finding, String remedy) {
        boolean sentence = !remedy.isEmpty() && !remedy.startsWith("athanor ");
        String begun = sentence ? Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) : remedy;
        findings.add(new Finding(severity, object, finding, begun));
    }

    /** Looks at something; what cannot be read is a problem of that object, and is returned, too. */
    Optional<AthanorException> examine(String object, Runnable examination) {
        Optional<AthanorException> trouble = quietly(examination);
        trouble.ifPresent(
                e -> problem(object, String.valueOf(e.getMessage()), e.hint().isEmpty() ? NO_ADVICE : e.hint()));
        return trouble;
    }

    /** Looks at something of which it is told already that it may not be readable. */
    static Optional<AthanorException> quietly(Runnable examination) {
        try {
            examination.run();
            return Optional.empty();
        } catch (AthanorException e) {
            return Optional.of(e);
        }
    }

    DoctorReport report() {
        return new DoctorReport(findings);
    }
}
