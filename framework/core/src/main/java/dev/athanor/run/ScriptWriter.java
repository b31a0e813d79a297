package dev.athanor.run;

import dev.athanor.ledger.LedgerScript;
import dev.athanor.ledger.LedgerScript.DoneBackfill;
import dev.athanor.plan.PhasePlan;
import dev.athanor.plan.Step;
import dev.athanor.plan.Step.BackfillStep;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.plan.Step.VerifyStep;
import dev.athanor.plan.StepChecksum;
import dev.athanor.plan.UndoPlan;
import dev.athanor.revision.Phase;
import dev.athanor.schema.LockProfile;
import dev.athanor.source.RevisionDefinition;
import dev.athanor.sql.Literal;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one script, section by section. */
final class ScriptWriter {
    private final LedgerScript ledger;
    private final StringBuilder text = new StringBuilder();

    ScriptWriter(String stateSchema, String title) {
        this.ledger = new LedgerScript(stateSchema);
        comment("Athanor: " + title);
        comment(
                "Run it with: psql -v ON_ERROR_STOP=1 -f FILE; whatever fails, what comes before it is done and recorded.");
        text.append("SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n");
    }

    String text() {
        return text.toString();
    }

    /** The state schema, and a check that the script fits the database. */
    void begin(Collection<String> applied, Collection<String> absent) {
        comment("Athanor's own tables, and whether this script fits this database");
        text.append("BEGIN;\n")
                .append(ledger.stateSchema())
                .append(ledger.requireState(applied, absent))
                .append("COMMIT;\n");
    }

    /** A script of one phase alone needs the phase before it. */
    void requireDone(Collection<String> revisions, Phase phase) {
        text.append(ledger.requireDone(revisions, phase));
    }

    /** The gate in front of a contract that stands alone: rows may have been written since. */
    void verifications(PhasePlan plan) {
        plan.steps().stream().filter(VerifyStep.class::isInstance).forEach(step -> verification((VerifyStep) step));
    }

    void revision(RevisionDefinition revision) {
        heading("revision", revision);
        text.append(ledger.begun(revision.id(), revision.checksum()));
    }

    void undo(RevisionDefinition revision) {
        heading("undo revision", revision);
        text.append(ledger.undoBegun(revision.id()));
    }

    private void heading(String what, RevisionDefinition revision) {
        text.append('\n');
        comment("==== " + what + " " + revision.id()
                + (revision.message().isEmpty() ? "" : ": " + revision.message()) + " ("
                + revision.origin().file() + ")");
    }

    void phase(PhasePlan plan) {
        for (Step step : plan.steps()) {
            if (step instanceof SchemaStep schema) {
                section(schema);
            } else if (step instanceof BackfillStep backfill) {
                backfill(backfill);
            } else {
                verification((VerifyStep) step);
            }
        }
        text.append(ledger.phaseDone(plan.revision(), plan.phase()));
        if (plan.phase() == Phase.CONTRACT) {
            text.append(ledger.event("revision_scripted", plan.revision()));
        }
    }

    void phase(UndoPlan plan) {
        plan.steps().forEach(this::section);
        text.append("BEGIN;\n").append(ledger.phaseUndone(plan.revision(), plan.phase(), plan.ordinals()));
        if (plan.phase() == Phase.EXPAND) {
            text.append(ledger.event("undo_scripted", plan.revision()));
        }
        text.append("COMMIT;\n");
    }

    void stamp(Map<String, String> applied, Collection<String> forgotten) {
        text.append("BEGIN;\n");
        forgotten.forEach(id -> text.append(ledger.forgotten(id)).append(ledger.event("revision_unstamped", id)));
        applied.forEach((id, checksum) ->
                text.append(ledger.stamped(id, checksum)).append(ledger.event("revision_stamped", id)));
        text.append("COMMIT;\n");
    }

    private void section(SchemaStep step) {
        boolean transactional = step.options().transactional();
        comment(step.revision() + " " + step.name() + " (" + step.origin() + ")"
                + (transactional ? "" : ", statement by statement"));
        if (transactional) {
            text.append("BEGIN;\n");
            Duration lock = step.options().lockTimeout();
            Duration statement = step.options().statementTimeout();
            LockProfile profile = LockProfile.of(step);
            limit("lock_timeout", lock == null ? profile.lockTimeout() : lock);
            limit("statement_timeout", statement == null ? profile.statementTimeout() : statement);
        }
        for (int done = 1; done <= step.statements().size(); done++) {
            text.append(transactional ? statement(step, done) : new ScriptLimits(step, done).text());
            boolean last = done == step.statements().size();
            if (last && step.statements().stream().anyMatch(ScriptLimits::isSet)) {
                text.append("RESET ROLE;\nRESET ALL;\nSET client_encoding = 'UTF8';\n");
            }
            if (last || !transactional) {
                text.append(ledger.section(step.revision(), step.ordinal(), done, last, StepChecksum.of(step, done)));
            }
        }
        if (transactional) {
            text.append("COMMIT;\n");
        }
    }

    private static String statement(SchemaStep step, int number) {
        return step.statements().get(number - 1) + (step.options().rows() ? "\n\\gexec\n" : ";\n");
    }

    private void limit(String setting, @Nullable Duration value) {
        if (value != null) {
            text.append("SET LOCAL ")
                    .append(setting)
                    .append(" = ")
                    .append(value.toMillis())
                    .append(";\n");
        }
    }

    private void backfill(BackfillStep step) {
        comment(step.revision() + " backfill " + step.name() + " (" + step.origin()
                + "): here one plain statement over the whole table " + step.table()
                + ". On a large table run it with athanor upgrade instead, in chunks.");
        String where = step.options().where();
        text.append("BEGIN;\n");
        if (step.options().quiets() != null) {
            text.append("SET LOCAL athanor.backfill = ")
                    .append(Literal.quote(step.options().quiets()))
                    .append(";\n");
        }
        statement(step.template().with(where == null ? "true" : "(" + where + ")"));
        text.append(ledger.backfill(
                        step.revision(),
                        new DoneBackfill(
                                step.ordinal(), step.name(), step.table().quoted(), step.key(), StepChecksum.of(step))))
                .append("COMMIT;\n");
    }

    private void verification(VerifyStep step) {
        comment(step.revision() + " verify " + step.name() + " (" + step.origin() + ")");
        String message = "verification " + step.name() + " of revision " + step.revision() + ": ";
        String body = "DECLARE wrong bigint; BEGIN EXECUTE " + Literal.dollarQuote(step.sql())
                + " INTO wrong; IF wrong IS DISTINCT FROM 0 THEN RAISE EXCEPTION '%', "
                + Literal.quote(message) + " || coalesce(wrong::text, 'null') || ' rows still wrong'; END IF; END";
        text.append("DO ").append(Literal.dollarQuote(body)).append(";\n");
    }

    private void statement(String sql) {
        text.append(sql).append(";\n");
    }

    /** A file's name or a message may hold anything, but not the end of the line. */
    private void comment(String words) {
        text.append("-- ").append(words.replaceAll("[\\r\\n]+", " ")).append('\n');
    }
}
