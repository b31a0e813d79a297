package dev.athanor.operation;

import dev.athanor.sql.StatementSplitter;
import dev.athanor.testkit.Jdbc;
import java.util.List;
import java.util.stream.Collectors;

/** Runs parts by themselves, without engine and ledger, so that a test can stop behind any of them. */
final class PartRunner {
    private final Jdbc sql;

    PartRunner(Jdbc sql) {
        this.sql = sql;
    }

    /** All of them, backfills as one statement over the whole table. */
    void run(List<Part> parts) {
        parts.forEach(this::run);
    }

    private void run(Part part) {
        switch (part.kind()) {
            case SCHEMA -> schema(part);
            case BACKFILL ->
                sql.execute(
                        "BEGIN; SET LOCAL athanor.backfill = '" + part.options().get("quiets") + "'; "
                                + part.sql().replaceAll("\\$\\{chunk(:[a-z]+)?}", "true") + "COMMIT");
            case VERIFY -> {}
        }
    }

    /** Each query is asked when the statements of the one before have been run. */
    private void schema(Part part) {
        List<String> statements = StatementSplitter.split(part.sql()).stream()
                .map(statement -> statement.text())
                .collect(Collectors.toList());
        if (part.options().containsKey("execute")) {
            statements.forEach(query -> sql.texts(query).forEach(sql::execute));
        } else {
            statements.forEach(sql::execute);
        }
    }
}
