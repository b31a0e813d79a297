package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tickets.status}, an enum, becomes {@code tickets.status_id}, a key of a table. */
final class EnumToLookup {
    private EnumToLookup() {}

    private static final List<String> STATUSES = List.of("open", "in_progress", "pending", "resolved", "closed");

    private static String status(long edit) {
        return STATUSES.get((int) (edit % STATUSES.size()));
    }

    /** Knows the enum. */
    record Old() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(status(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.status::text FROM tickets t";
        }

        @Override
        public Sql insert(long edit) {
            return sql(
                    "INSERT INTO tickets (edit, status) VALUES ($1, $2::ticket_status) RETURNING id",
                    edit,
                    status(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE tickets SET edit = $3, status = $4::ticket_status WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    status(edit));
        }
    }

    /** Knows the table. */
    record New() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(status(edit));
        }

        @Override
        public String rows() {
            return """
                    SELECT t.id, t.edit, s.name
                      FROM tickets t LEFT JOIN statuses s ON s.id = t.status_id""";
        }

        @Override
        public String rowsWhileFilling() {
            return """
                    SELECT t.id, t.edit, coalesce(s.name, t.status::text)
                      FROM tickets t LEFT JOIN statuses s ON s.id = t.status_id""";
        }

        @Override
        public Sql insert(long edit) {
            return sql("""
                    INSERT INTO tickets (edit, status_id) SELECT $1, id FROM statuses WHERE name = $2
                    RETURNING id""", edit, status(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql("""
                    UPDATE tickets SET edit = $3, status_id = (SELECT id FROM statuses WHERE name = $4)
                     WHERE id = $1 AND edit = $2""", id, before, edit, status(edit));
        }
    }
}
