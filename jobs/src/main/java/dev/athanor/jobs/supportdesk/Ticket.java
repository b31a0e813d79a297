package dev.athanor.jobs.supportdesk;

/**
 * What is known about one generated ticket but its long text. Times are microseconds since 1970.
 *
 * @param agentId 0: nobody has taken it
 * @param topic index into {@link Vocabulary#TOPICS}
 * @param resolvedMicros 0: not resolved
 */
record Ticket(
        long id,
        long userId,
        long agentId,
        int topic,
        Channel channel,
        Status status,
        long createdMicros,
        long updatedMicros,
        long resolvedMicros) {

    boolean resolved() {
        return resolvedMicros != 0;
    }

    /** How the customer came in. */
    enum Channel {
        EMAIL,
        CHAT,
        WEB,
        PHONE,
        API
    }

    /** The old vocabulary, as the old application writes it. */
    enum Status {
        OPEN,
        IN_PROGRESS,
        PENDING,
        RESOLVED,
        CLOSED
    }
}
