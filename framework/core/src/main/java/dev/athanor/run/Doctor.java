package dev.athanor.run;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.StateSchema;
import dev.athanor.postgres.Database;
import dev.athanor.postgres.LeftOvers;
import dev.athanor.postgres.ServerFacts;
import dev.athanor.source.Revisions;
import dev.athanor.sql.QualifiedName;
import dev.athanor.throttle.SignalRights;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks whether a database and its ledger are fit for a run. Reads only; what cannot be read is a finding, too. */
final class Doctor {
    private static final int OLDEST_MAJOR = 14;
    private static final int NEWEST_MAJOR = 18;

    private final Database database;
    private final StateSchema schema;
    private final RunSettings settings;
    private final StatusReader status;
    private final Revisions revisions;
    private final Diagnosis diagnosis = new Diagnosis();

    Doctor(Database database, Revisions revisions, StateSchema schema, RunSettings settings, StatusReader status) {
        this.database = database;
        this.revisions = revisions;
        this.schema = schema;
        this.settings = settings;
        this.status = status;
    }

    DoctorReport examine() {
        diagnosis.examine("server", this::server);
        diagnosis.examine("throttle", this::signals);
        diagnosis.examine("database", this::leftOvers);
        LedgerDiagnosis ledger = new LedgerDiagnosis(database, schema, settings, diagnosis);
        RightsDiagnosis rights = new RightsDiagnosis(database.transactions(), revisions, settings, diagnosis);
        Optional<AthanorException> trouble = diagnosis.examine("state schema " + schema.quoted(), this::stateSchema);
        if (trouble.isEmpty()) {
            Optional<AthanorException> unreadable = diagnosis.examine("ledger", () -> look(ledger, rights));
            if (unreadable.isEmpty()) {
                diagnosis.examine("runs", ledger::runs);
            }
        } else if (trouble.get().kind() != FailureKind.REFUSED) {
            // it may be that only writing is not allowed
            Diagnosis.quietly(() -> look(ledger, rights));
            Diagnosis.quietly(ledger::runs);
        }
        return diagnosis.report();
    }

    private void look(LedgerDiagnosis ledger, RightsDiagnosis rights) {
        StatusReport report = status.read();
        ledger.revisions(report);
        diagnosis.examine("pending revisions", () -> rights.examine(report));
    }

    private void server() {
        ServerFacts facts = ServerFacts.read(database.transactions());
        String object = "database '" + facts.database() + "'";
        diagnosis.ok(object, "answers at " + database.url().display() + " as role '" + facts.user() + "'");
        version(facts);
        if (facts.standby()) {
            diagnosis.problem(object, "is on a standby, which takes no writes", "Name the primary with --url.");
        } else if (facts.readOnly()) {
            diagnosis.problem(
                    object, "has default_transaction_read_only on", set(facts, "default_transaction_read_only = off"));
        }
        settings(facts, object);
    }

    private void settings(ServerFacts facts, String object) {
        if (!facts.standardStrings()) {
            diagnosis.problem(
                    object,
                    "has standard_conforming_strings off, so that the server reads strings with a backslash"
                            + " differently from Athanor",
                    set(facts, "standard_conforming_strings = on"));
        }
        if (facts.statementTimeout() != null) {
            diagnosis.note(
                    object,
                    "ends statements after " + facts.statementTimeout()
                            + " (statement_timeout), also the building of large indexes and long validations",
                    "Give such sections a statement-timeout= of their own, or: " + set(facts, "statement_timeout = 0"));
        }
        if (facts.transactionTimeout() != null) {
            diagnosis.note(
                    object,
                    "ends transactions after " + facts.transactionTimeout()
                            + " (transaction_timeout), also those of long sections",
                    set(facts, "transaction_timeout = 0"));
        }
    }

    private static String set(ServerFacts facts, String setting) {
        return "ALTER ROLE " + QualifiedName.quote(facts.user()) + " SET " + setting
                + "; (or where it was set: ALTER DATABASE, the server's configuration)";
    }

    private void version(ServerFacts facts) {
        String version = "PostgreSQL " + facts.version();
        if (facts.major() < OLDEST_MAJOR) {
            diagnosis.problem(
                    "server", version, "Athanor needs PostgreSQL " + OLDEST_MAJOR + " or newer: update the server.");
        } else if (facts.major() > NEWEST_MAJOR) {
            diagnosis.note(
                    "server",
                    version + ", newer than what Athanor was tested with",
                    "See whether a newer Athanor knows it.");
        } else {
            diagnosis.ok("server", version);
        }
    }

    private void signals() {
        SignalRights.examine(database.transactions(), settings.throttle())
                .ifPresent(missing -> diagnosis.note("throttle", missing.finding(), missing.remedy()));
    }

    private void leftOvers() {
        LeftOvers found = LeftOvers.read(database.transactions());
        for (LeftOvers.InvalidIndex index : found.invalidIndexes()) {
            if (index.workedOn()) {
                diagnosis.note(
                        "index " + index.name(),
                        "is not valid, and may be being built: somebody works on its table",
                        "Look again when that has ended: athanor doctor");
            } else {
                diagnosis.warning(
                        "index " + index.name(),
                        "is invalid: its build has failed, and it only costs",
                        "Build it anew with athanor resume if a revision makes it, else: DROP INDEX CONCURRENTLY "
                                + index.name() + ";");
            }
        }
        for (LeftOvers.Unvalidated constraint : found.unvalidated()) {
            diagnosis.note(
                    "constraint " + constraint.name() + " on " + constraint.table(),
                    "is NOT VALID: rows that were there before may break it",
                    "Validate it in a contract section: ALTER TABLE " + constraint.table() + " VALIDATE CONSTRAINT "
                            + constraint.name() + ";");
        }
    }

    private void stateSchema() {
        OptionalInt behind = schema.examine();
        String object = "state schema " + schema.quoted();
        if (behind.isEmpty()) {
            diagnosis.note(object, "is not there yet; the first run makes it", "athanor upgrade heads");
        } else if (behind.getAsInt() > 0) {
            diagnosis.note(
                    object, "is of an older Athanor; the next run brings it up to date", "athanor upgrade heads");
        } else {
            diagnosis.ok(object, "is there, and may be used");
        }
    }
}
