package dev.athanor.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.athanor.AthanorException;
import dev.athanor.catalog.SchemaPicture;
import dev.athanor.operation.OperationCase.Kind;
import dev.athanor.operation.OperationCase.Moment;
import dev.athanor.operation.OperationCase.Step;
import dev.athanor.postgres.ConnectionUrl;
import dev.athanor.postgres.Database;
import dev.athanor.revision.Phase;
import dev.athanor.run.MigrationRunner;
import dev.athanor.run.RunResult;
import dev.athanor.run.UpgradeRequest;
import dev.athanor.source.Revisions;
import dev.athanor.testkit.Jdbc;
import dev.athanor.testkit.RowPicture;
import dev.athanor.testkit.SchemaAssert;
import dev.athanor.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The life of one case on one database: expand, undo, expand, backfill, contract, undo, with writers in between. */
final class CaseRun {
    private static final String REVISION = "case1";
    private static final String STATE_SCHEMA = "athanor";

    private final OperationCase one;
    private final CaseNames names;
    private final Database database;
    private final Jdbc sql;
    private final MigrationRunner runner;

    private CaseRun(OperationCase one, CaseNames names, Jdbc sql, Database database, MigrationRunner runner) {
        this.one = one;
        this.names = names;
        this.database = database;
        this.sql = sql;
        this.runner = runner;
    }

    /**
     * Runs it.
     *
     * @param fresh another empty database, in which the new shape is made
     */
    static void run(
            OperationCase one, CaseNames names, Revisions revisions, TestDatabase database, TestDatabase fresh) {
        try (Database open = Database.open(
                ConnectionUrl.parse(database.url(), Map.of()), MigrationRunner.connectionsFor(revisions))) {
            MigrationRunner runner = MigrationRunner.of(open, revisions).build();
            new CaseRun(one, names, database.jdbc(), open, runner).run(fresh);
        }
    }

    private void run(TestDatabase fresh) {
        sql.execute(names.in(one.text(Kind.SETUP)));
        at(Moment.SETUP);
        SchemaPicture before = SchemaAssert.schemaOf(database);
        RowPicture rows = RowPicture.of(sql, STATE_SCHEMA, Set.of());

        upgrade(Phase.EXPAND);
        undo("undo of expand", before);
        assertThat(rows.differences(rows.again()))
                .as("rows after undo of expand")
                .isEmpty();

        upgrade(Phase.EXPAND);
        at(Moment.EXPAND);
        upgrade(Phase.BACKFILL);
        at(Moment.BACKFILL);
        upgrade(Phase.CONTRACT);
        fresh.jdbc().execute(names.in(one.text(Kind.FRESH)));
        SchemaAssert.sameSchema(
                "after contract it is not that of a table made fresh",
                SchemaAssert.schemaOf(fresh),
                SchemaAssert.schemaOf(database));
        at(Moment.CONTRACT);

        if (one.irreversible()) {
            refuseToUndo();
        } else {
            undo("undo of everything", before);
            at(Moment.UNDO);
        }
    }

    private void upgrade(Phase phase) {
        RunResult result = runner.upgrade(new UpgradeRequest(REVISION, phase));
        assertThat(result.phases()).as("phases done").containsExactly(new RunResult.PhaseDone(REVISION, phase));
    }

    private void undo(String what, SchemaPicture before) {
        RunResult result = runner.downgrade("base");
        assertThat(result.undone()).as(what).containsExactly(REVISION);
        SchemaAssert.sameSchema(
                "after " + what + " it is not what it was before", before, SchemaAssert.schemaOf(database));
    }

    private void refuseToUndo() {
        SchemaPicture contracted = SchemaAssert.schemaOf(database);
        assertThatThrownBy(() -> runner.downgrade("base"))
                .isInstanceOfSatisfying(
                        AthanorException.class, e -> assertThat(e.code()).isEqualTo("irreversible"));
        SchemaAssert.sameSchema(
                "a refused downgrade has changed something", contracted, SchemaAssert.schemaOf(database));
    }

    private void at(Moment moment) {
        for (Step step : one.steps()) {
            if (step.moment() == moment) {
                switch (step.kind()) {
                    case WRITER -> write(step);
                    case REFUSED -> refused(step);
                    case CHECK -> check(step);
                    default -> {}
                }
            }
        }
    }

    private void write(Step step) {
        try {
            sql.execute(names.in(step.text()));
        } catch (IllegalStateException e) {
            throw new AssertionError(where(step) + e.getMessage(), e);
        }
    }

    private void refused(Step step) {
        assertThat(catchThrowable(() -> sql.execute(names.in(step.text()))))
                .as(where(step))
                .isInstanceOf(IllegalStateException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(step.sqlState()));
    }

    private void check(Step step) {
        for (Expectation wanted : Expectation.of(names.in(step.text()))) {
            List<String> found = new ArrayList<>();
            sql.rows(wanted.query())
                    .forEach(row -> found.add(String.join(
                            " | ",
                            row.stream()
                                    .map(value -> value == null ? "NULL" : value)
                                    .toList())));
            assertThat(found).as(where(step) + wanted.query()).isEqualTo(wanted.rows());
        }
    }

    private static String where(Step step) {
        return "line " + step.line() + ", " + step.what() + ": ";
    }
}
