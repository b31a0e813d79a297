package dev.athanor.examples.scenario;

import static dev.athanor.examples.application.Sql.row;
import static dev.athanor.examples.application.Sql.sql;

import dev.athanor.examples.application.ApplicationVersion;
import dev.athanor.examples.application.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The new version asks for the tickets of a requester, which needs an index. */
final class HotIndex {
    private HotIndex() {}

    private static String subject(long edit) {
        return "Subject " + edit;
    }

    /** Asks by key only. */
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
            return sql(
                    "INSERT INTO tickets (edit, subject, requester) VALUES ($1, $2, $1) RETURNING id",
                    edit,
                    subject(edit));
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

    /** Also asks for the tickets of the requester; there is one at least, the row itself. */
    record New() implements ApplicationVersion {
        @Override
        public List<@Nullable Object> shown(long edit) {
            return row(subject(edit), true);
        }

        @Override
        public String rows() {
            return """
                    SELECT t.id, t.edit, t.subject,
                           (SELECT count(*) > 0 FROM tickets o WHERE o.requester = t.requester)
                      FROM tickets t""";
        }

        @Override
        public Sql insert(long edit) {
            return sql(
                    "INSERT INTO tickets (edit, subject, requester) VALUES ($1, $2, $1) RETURNING id",
                    edit,
                    subject(edit));
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
