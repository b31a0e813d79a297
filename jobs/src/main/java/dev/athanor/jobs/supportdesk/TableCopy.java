package dev.athanor.jobs.supportdesk;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;

/**
 * Writes the rows of each table; one instance belongs to one connection.
 *
 * @param halves tells when the other connection has failed; the copy ends at its next report
 */
record TableCopy(Connection connection, DataSize size, long seed, LoadListener listener, TwoAtOnce halves) {
    private static final int REPORT_ROWS = 16_384;
    private static final long DAY_MICROS = 86_400_000_000L;
    /** Customers signed up at some time in the two years before the first ticket. */
    private static final long FIRST_SIGN_UP_MICROS = 1_635_724_800_000_000L;

    void users() throws SQLException {
        Dice dice = new Dice(seed, "users");
        try (BinaryCopy copy = new BinaryCopy(connection, "users", "id", "name", "email", "created_at")) {
            for (int i = 0; i < size.users(); i++) {
                report("users", i, size.users());
                long id = DataSize.idOf(i);
                copy.row().bigint(id);
                name(copy, dice);
                copy.text(("user" + id + "@example.com").getBytes(StandardCharsets.US_ASCII))
                        .timestamp(FIRST_SIGN_UP_MICROS + dice.below(730) * DAY_MICROS);
            }
            copy.finish();
        }
    }

    void agents() throws SQLException {
        Dice dice = new Dice(seed, "agents");
        try (BinaryCopy copy = new BinaryCopy(connection, "agents", "id", "name", "team", "active")) {
            for (int i = 0; i < size.agents(); i++) {
                copy.row().bigint(DataSize.idOf(i));
                name(copy, dice);
                copy.text(Vocabulary.TEAMS[dice.below(Vocabulary.TEAMS.length)]).truth(dice.chance(0.9));
            }
            copy.finish();
        }
    }

    void tickets() throws SQLException {
        Dice texts = new Dice(seed, "descriptions");
        TicketSequence sequence = new TicketSequence(size, seed);
        String[] columns = {
            "id",
            "user_id",
            "agent_id",
            "channel",
            "subject",
            "description",
            "status",
            "created_at",
            "updated_at",
            "resolved_at"
        };
        try (BinaryCopy copy = new BinaryCopy(connection, "tickets", columns)) {
            for (long i = 0; sequence.hasNext(); i++) {
                report("tickets", i, size.tickets());
                ticket(copy, sequence.next(), texts);
            }
            copy.finish();
        }
    }

    /** About one comment a ticket: half of the tickets have none, a few have dozens. */
    void comments() throws SQLException {
        Dice dice = new Dice(seed, "comments");
        TicketSequence sequence = new TicketSequence(size, seed);
        long id = 0;
        try (BinaryCopy copy =
                new BinaryCopy(connection, "comments", "id", "ticket_id", "agent_id", "body", "created_at")) {
            while (sequence.hasNext()) {
                Ticket ticket = sequence.next();
                long comments = Math.min(60, (long) dice.logNormal(0.85, 1.0));
                long life = Math.max(1, ticket.updatedMicros() - ticket.createdMicros());
                for (long nth = 0; nth < comments; nth++) {
                    report("comments", id, size.tickets());
                    id += dice.chance(0.01) ? 2 : 1;
                    comment(copy.row().bigint(id), ticket, dice);
                    copy.timestamp(ticket.createdMicros() + life * (nth + 1) / (comments + 1));
                }
            }
            copy.finish();
        }
    }

    /** One in five of the resolved tickets is rated, mostly well. */
    void satisfaction() throws SQLException {
        Dice dice = new Dice(seed, "satisfaction");
        TicketSequence sequence = new TicketSequence(size, seed);
        long id = 0;
        try (BinaryCopy copy = new BinaryCopy(
                connection, "customer_satisfaction", "id", "ticket_id", "score", "remark", "created_at")) {
            while (sequence.hasNext()) {
                Ticket ticket = sequence.next();
                if (ticket.resolved() && dice.chance(0.2)) {
                    report("customer_satisfaction", id, size.tickets() / 6);
                    int score = 5 - (int) (5 * dice.fraction() * dice.fraction());
                    copy.row().bigint(++id).bigint(ticket.id()).smallint(score);
                    if (dice.chance(0.25)) {
                        text(copy, dice, 40);
                    } else {
                        copy.nothing();
                    }
                    copy.timestamp(ticket.resolvedMicros() + dice.below(3) * DAY_MICROS);
                }
            }
            copy.finish();
        }
    }

    private static void ticket(BinaryCopy copy, Ticket ticket, Dice texts) throws SQLException {
        copy.row().bigint(ticket.id()).bigint(ticket.userId());
        idOrNothing(copy, ticket.agentId());
        copy.text(Vocabulary.CHANNELS[ticket.channel().ordinal()]).text(Vocabulary.TOPICS[ticket.topic()]);
        text(copy, texts, 50);
        copy.text(Vocabulary.STATUSES[ticket.status().ordinal()])
                .timestamp(ticket.createdMicros())
                .timestamp(ticket.updatedMicros());
        if (ticket.resolved()) {
            copy.timestamp(ticket.resolvedMicros());
        } else {
            copy.nothing();
        }
    }

    private static void comment(BinaryCopy copy, Ticket ticket, Dice dice) {
        copy.bigint(ticket.id());
        idOrNothing(copy, dice.chance(0.55) ? ticket.agentId() : 0);
        text(copy, dice, 60);
    }

    private static void idOrNothing(BinaryCopy copy, long id) {
        if (id == 0) {
            copy.nothing();
        } else {
            copy.bigint(id);
        }
    }

    private static void name(BinaryCopy copy, Dice dice) {
        copy.beginText()
                .append(Vocabulary.GIVEN_NAMES[dice.below(Vocabulary.GIVEN_NAMES.length)])
                .append((byte) ' ')
                .append(Vocabulary.FAMILY_NAMES[dice.below(Vocabulary.FAMILY_NAMES.length)])
                .endText();
    }

    /** A text of log-normal length; the longest are cut at 4,000 bytes. */
    private static void text(BinaryCopy copy, Dice dice, int median) {
        copy.beginText();
        Vocabulary.fill(copy, dice, (int) Math.min(4_000, dice.logNormal(median, 0.8)));
        copy.endText();
    }

    private void report(String table, long rows, long expected) {
        if (rows % REPORT_ROWS == 0) {
            if (halves.failed()) {
                throw new CancellationException("the other half of the load failed");
            }
            listener.progress(table, rows, Math.max(rows, expected));
        }
    }
}
