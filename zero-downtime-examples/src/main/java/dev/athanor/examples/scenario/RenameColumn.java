package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tickets.subject} becomes {@code tickets.title}. */
final class RenameColumn {
    private RenameColumn() {}

    private static String subject(long edit) {
        return "Subject " + edit;
    }

    /** Knows the subject. */
    record Old() implements ApplicationVersion {
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

    /** Knows the title. */
    record New() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(subject(edit));
        }

        @Override
        public String rows() {
            return "SELECT t.id, t.edit, t.title FROM tickets t";
        }

        @Override
        public String rowsWhileFilling() {
            return "SELECT t.id, t.edit, coalesce(t.title, t.subject) FROM tickets t";
        }

        @Override
        public Sql insert(long edit) {
            return sql("INSERT INTO tickets (edit, title) VALUES ($1, $2) RETURNING id", edit, subject(edit));
        }

        @Override
        public Sql update(long id, long before, long edit) {
            return sql(
                    "UPDATE tickets SET edit = $3, title = $4 WHERE id = $1 AND edit = $2",
                    id,
                    before,
                    edit,
                    subject(edit));
        }
    }
}
