package dev.athanor.jobs.supportdesk;

/**
 * How many rows of each kind belong to a number of tickets.
 *
 * @param tickets exact number of tickets
 * @param users one for eight tickets, at least one
 * @param agents one for four thousand tickets, at least three
 */
record DataSize(long tickets, int users, int agents) {

    static DataSize of(long tickets) {
        if (tickets < 0) {
            throw new IllegalArgumentException("tickets must not be negative: " + tickets);
        }
        int users = (int) Math.min(Integer.MAX_VALUE / 2, Math.max(1, tickets / 8));
        int agents = (int) Math.min(2_000, 3 + tickets / 4_000);
        return new DataSize(tickets, users, agents);
    }

    /** Id of the n-th user or agent, from 0: every forty-second id is missing. */
    static long idOf(int index) {
        return 1L + index + index / 41;
    }
}
