package dev.athanor.jobs.supportdesk.application;

import java.util.SplittableRandom;

/**
 * One statement of the old application; it touches only the columns that the old application knows.
 *
 * @param read whether it returns rows
 */
record Request(boolean read, String sql, Object... parameters) {
    private static final String READ_TICKET =
            "SELECT id, subject, description, status, agent_id, updated_at FROM tickets WHERE id = $1";
    private static final String READ_COMMENTS =
            "SELECT id, body, created_at FROM comments WHERE ticket_id = $1 ORDER BY id";
    private static final String TOUCH = "UPDATE tickets SET updated_at = now() WHERE id = $1";
    private static final String CHANGE_STATUS = """
            UPDATE tickets
               SET status = $2::text, updated_at = now(),
                   resolved_at = CASE WHEN $2::text IN ('resolved', 'closed') THEN coalesce(resolved_at, now()) END
             WHERE id = $1""";
    private static final String OPEN_TICKET = """
            INSERT INTO tickets (user_id, channel, subject, description, status)
            SELECT id, $2, $3, 'Sent by the simulated application.', 'open' FROM users WHERE id = $1""";

    private static final String[] STATUSES = {"open", "in_progress", "pending", "resolved", "closed"};
    private static final String[] CHANNELS = {"email", "chat", "web", "phone", "api"};
    private static final String[] SUBJECTS = {"Cannot log in", "Where is my order?", "Website is down"};

    /** Three reads to one write, as desks have it; one statement in twenty-five opens a ticket. */
    static Request next(SplittableRandom random, KnownKeys keys) {
        int kind = random.nextInt(100);
        long ticket = keys.ticket(random);
        if (kind < 60) {
            return new Request(true, READ_TICKET, ticket);
        }
        if (kind < 75) {
            return new Request(true, READ_COMMENTS, ticket);
        }
        if (kind < 83) {
            return new Request(false, TOUCH, ticket);
        }
        if (kind < 96) {
            return new Request(false, CHANGE_STATUS, ticket, STATUSES[random.nextInt(STATUSES.length)]);
        }
        return new Request(
                false,
                OPEN_TICKET,
                keys.user(random),
                CHANNELS[random.nextInt(CHANNELS.length)],
                SUBJECTS[random.nextInt(SUBJECTS.length)]);
    }
}
