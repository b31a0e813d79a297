package dev.athanor.jobs.supportdesk.application;

import java.util.SplittableRandom;

/**
 * The keys that the application asks for. Some ids in between are missing; asking for one of them is a statement like
 * any other.
 */
record KnownKeys(long firstTicket, long lastTicket, long firstUser, long lastUser) {
    static final String QUERY = """
            SELECT coalesce((SELECT min(id) FROM tickets), 1) AS first_ticket,
                   coalesce((SELECT max(id) FROM tickets), 1) AS last_ticket,
                   coalesce((SELECT min(id) FROM users), 1) AS first_user,
                   coalesce((SELECT max(id) FROM users), 1) AS last_user""";

    /** Half of the interest is in the newest twentieth. */
    long ticket(SplittableRandom random) {
        long all = lastTicket - firstTicket + 1;
        long span = random.nextBoolean() ? Math.max(1, all / 20) : all;
        return lastTicket - random.nextLong(span);
    }

    long user(SplittableRandom random) {
        return firstUser + random.nextLong(lastUser - firstUser + 1);
    }
}
