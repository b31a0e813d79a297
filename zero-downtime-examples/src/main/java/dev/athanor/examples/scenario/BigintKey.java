package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tickets.id}, an integer that comments point to, becomes a bigint. */
final class BigintKey {
    private BigintKey() {}

    private static String subject(long edit) {
        return "Subject " + edit;
    }

    /** Has integer keys. */
    record Old() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(subject(edit), 1L);
        }

        @Override
        public String rows() {
            return """
                    SELECT t.id, t.edit, t.subject, (SELECT count(*) FROM comments c WHERE c.ticket_id = t.id)
                      FROM tickets t""";
        }

        @Override
        public Sql insert(long edit) {
            return sql("""
                    WITH ticket AS (INSERT INTO tickets (edit, subject) VALUES ($1, $2) RETURNING id),
                         comment AS (INSERT INTO comments (ticket_id, body) SELECT id, $2 FROM ticket)
                    SELECT id FROM ticket""", edit, subject(edit));
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

    /** Has bigint keys. It casts what it reads, so that the type of the answer is the same before the switch and after it. */
    record New() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(subject(edit), 1L);
        }

        @Override
        public String rows() {
            return """
                    SELECT t.id::bigint, t.edit, t.subject, (SELECT count(*) FROM comments c WHERE c.ticket_id = t.id)
                      FROM tickets t""";
        }

        @Override
        public Sql insert(long edit) {
            return sql("""
                    WITH ticket AS (INSERT INTO tickets (edit, subject) VALUES ($1, $2) RETURNING id),
                         comment AS (INSERT INTO comments (ticket_id, body) SELECT id, $2 FROM ticket)
                    SELECT id::bigint FROM ticket""", edit, subject(edit));
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
