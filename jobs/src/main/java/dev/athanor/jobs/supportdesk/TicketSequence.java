package dev.athanor.jobs.supportdesk;

import dev.athanor.jobs.supportdesk.Ticket.Channel;
import dev.athanor.jobs.supportdesk.Ticket.Status;

/**
 * The tickets of one data set in order of their ids. Two sequences of the same settings give the same tickets, so that
 * tickets and comments can be written side by side. Not thread-safe.
 */
final class TicketSequence {
    /** 2023-11-01 to 2026-11-01: fixed, so that a seed means the same data on every day. */
    private static final long FIRST_MICROS = 1_698_796_800_000_000L;

    private static final long LAST_MICROS = 1_793_491_200_000_000L;
    private static final long HOUR_MICROS = 3_600_000_000L;

    /** One id in fifty is followed by a small hole (of two on average): rolled-back inserts, deleted spam. */
    private static final double SMALL_HOLE = 0.02;
    /** Large holes, each of a fiftieth of all tickets: sequences moved on by hand, purged imports. */
    private static final int BIG_HOLES = 3;

    private final DataSize size;
    private final Dice dice;
    private final Zipf users;
    private final Zipf agents;
    private long written;
    private long lastId;

    TicketSequence(DataSize size, long seed) {
        this.size = size;
        this.dice = new Dice(seed, "tickets");
        this.users = new Zipf(size.users(), 100);
        this.agents = new Zipf(size.agents(), 10);
    }

    boolean hasNext() {
        return written < size.tickets();
    }

    Ticket next() {
        long id = nextId();
        double age = 1 - (double) written / size.tickets();
        written++;
        long created = createdAt(age);
        Status status = status(age);
        long resolved = resolvedAt(status, created);
        if (resolved >= LAST_MICROS) {
            status = Status.IN_PROGRESS;
            resolved = 0;
        }
        boolean taken = status != Status.OPEN || dice.chance(0.3);
        long agent = taken ? DataSize.idOf(agents.rank(dice)) : 0;
        long updated = Math.min(LAST_MICROS, Math.max(created, resolved) + (long) dice.logNormal(HOUR_MICROS, 1.5));
        long user = DataSize.idOf(users.rank(dice));
        return new Ticket(id, user, agent, topic(), channel(), status, created, updated, resolved);
    }

    private long nextId() {
        long id = lastId + 1;
        if (dice.chance(SMALL_HOLE)) {
            id += 1 + dice.below(3);
        }
        long tickets = size.tickets();
        long step = tickets / (BIG_HOLES + 1);
        if (step > 0 && written > 0 && written % step == 0 && written < tickets - BIG_HOLES) {
            id += tickets / 50 + dice.below(100);
        }
        lastId = id;
        return id;
    }

    /** The desk grows: the density of tickets rises slowly toward the end. */
    private static long createdAt(double age) {
        double grown = StrictMath.pow(1 - age, 0.8);
        return FIRST_MICROS + (long) (grown * (LAST_MICROS - FIRST_MICROS));
    }

    /** Young tickets are rarely done: about a tenth of all is unresolved, most of it among the newest. */
    private Status status(double age) {
        if (dice.chance(0.04 + 0.6 * StrictMath.exp(-12 * age))) {
            double kind = dice.fraction();
            return kind < 0.4 ? Status.OPEN : kind < 0.75 ? Status.IN_PROGRESS : Status.PENDING;
        }
        return dice.chance(0.05 + 0.4 * StrictMath.exp(-6 * age)) ? Status.RESOLVED : Status.CLOSED;
    }

    /** Half of all within nine hours, a long tail of weeks; one closed ticket in a hundred was never resolved. */
    private long resolvedAt(Status status, long created) {
        boolean done = status == Status.RESOLVED || status == Status.CLOSED && !dice.chance(0.01);
        return done ? created + (long) dice.logNormal(9 * HOUR_MICROS, 1.4) : 0;
    }

    private int topic() {
        double low = Math.min(dice.fraction(), dice.fraction());
        return (int) (low * Vocabulary.TOPICS.length);
    }

    private Channel channel() {
        double kind = dice.fraction();
        if (kind < 0.55) {
            return Channel.EMAIL;
        }
        return kind < 0.75 ? Channel.CHAT : kind < 0.9 ? Channel.WEB : kind < 0.97 ? Channel.PHONE : Channel.API;
    }
}
