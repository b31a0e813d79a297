package dev.athanor.benchmark.subject;

import dev.athanor.benchmark.table.Scene;
import java.sql.SQLException;
import java.sql.Statement;

/** The reference: one statement, one transaction. Whatever else writes the table waits for its end. */
record OneStatement(Scene scene) implements Subject {
    @Override
    public String id() {
        return scene.id("one-statement");
    }

    @Override
    public String title() {
        return "one statement: " + scene.title();
    }

    @Override
    public Kind kind() {
        return Kind.REFERENCE;
    }

    @Override
    public String group() {
        return "jdbc";
    }

    @Override
    public Work open(Workplace place) throws SQLException {
        return JdbcWork.on(place, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(scene.oneStatement());
            }
        });
    }
}
