package dev.athanor.ledger;

import dev.athanor.postgres.Session;

/** The check of a fencing token, inside the transaction that it guards. */
final class Fencing {
    private final String sql;

    Fencing(StateSchema schema) {
        // KEY SHARE lets the heartbeat's update pass and holds back only the FOR UPDATE by which a lease changes hands:
        // whoever takes over waits until this transaction has ended, and sees what it wrote.
        this.sql = "SELECT token FROM " + schema.quoted() + ".lease WHERE name = ? AND token = ? AND NOT released"
                + " FOR KEY SHARE";
    }

    void check(Session session, Fence fence) {
        if (session.queryOne(sql, row -> row.number("token"), Leases.NAME, fence.token())
                .isEmpty()) {
            throw new FencedOffException(fence);
        }
    }
}
