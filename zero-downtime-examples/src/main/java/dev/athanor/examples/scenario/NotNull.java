package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import io.r2dbc.spi.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tickets.priority} becomes NOT NULL; the old version leaves it NULL where it means normal. */
final class NotNull {
    private NotNull() {}

    private static final String NORMAL = "normal";
    private static final List<String> PRIORITIES = List.of(NORMAL, "low", "high");

    private static String priority(long edit) {
        return PRIORITIES.get((int) (edit % PRIORITIES.size()));
    }

    /** Writes NULL for normal. */
    record Old() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(priority(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, coalesce(t.priority, 'normal') FROM tickets t";
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO tickets (edit, priority) VALUES ($1, $2) RETURNING id", edit, written(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE tickets SET edit = $3, priority = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    written(edit));
        }

        private static Object written(long edit) {
            return priority(edit).equals(NORMAL) ? Parameters.in(String.class) : priority(edit);
        }
    }

    /** Relies on a priority. */
    record New() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(priority(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.priority FROM tickets t";
        }

        @Override
        public String rowsWhileFilling() {
            return "SELECT t.id, t.edit, coalesce(t.priority, 'normal') FROM tickets t";
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO tickets (edit, priority) VALUES ($1, $2) RETURNING id", edit, priority(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE tickets SET edit = $3, priority = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    priority(edit));
        }
    }
}
