package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tickets.channel} goes; the old version writes it and relies on it. */
final class DropColumn {
    private DropColumn() {}

    private static String subject(long edit) {
        return "Subject " + edit;
    }

    /** Needs a channel. */
    record Old() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(subject(edit), true);
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.subject, t.channel IS NOT NULL FROM tickets t";
        }

        @Override
        public Sql insert(long edit) {
            return sql(
                    "INSERT INTO tickets (edit, subject, channel) VALUES ($1, $2, 'email') RETURNING id",
                    edit,
                    subject(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE tickets SET edit = $3, subject = $4, channel = 'phone' WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    subject(edit));
        }
    }

    /** Has never heard of it. */
    record New() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(subject(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.subject FROM tickets t";
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO tickets (edit, subject) VALUES ($1, $2) RETURNING id", edit, subject(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE tickets SET edit = $3, subject = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    subject(edit));
        }
    }
}
