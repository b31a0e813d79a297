package dev.athanor.jobs.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When somebody is at work: the same hours on every working day of a week, in one time zone, but for holidays. Never
 * changes: every method gives another calendar.
 *
 * <pre>{@code
 * BusinessHours hours = BusinessHours.of(ZoneId.of("Europe/Berlin"), LocalTime.of(8, 0), LocalTime.of(18, 0))
 *         .closedEvery(MonthDay.of(1, 1));
 * Instant due = hours.deadline(created, Duration.ofHours(8));
 * }</pre>
 *
 * <p>Hours are counted as they pass, not as clocks show them: a day on which the clock is put forward is an hour shorter. An
 * opening or closing time that the clock jumps over is the moment of the jump; one that it shows twice is the first of the
 * two when opening, and the second when closing.
 */
public final class BusinessHours {
    /** A calendar that is closed for so many days in a row is a mistake, and would be searched for ever. */
    private static final int LONGEST_CLOSED_DAYS = 366;

    private final ZoneId zone;
    private final LocalTime opens;
    private final LocalTime closes;
    private final Set<DayOfWeek> workingDays;
    private final Set<MonthDay> closedEvery;
    private final Set<LocalDate> closedOn;

    private BusinessHours(
            ZoneId zone,
            List<LocalTime> hours,
            Set<DayOfWeek> workingDays,
            Set<MonthDay> closedEvery,
            Set<LocalDate> closedOn) {
        this.zone = zone;
        this.opens = hours.get(0);
        this.closes = hours.get(1);
        this.workingDays = workingDays;
        this.closedEvery = closedEvery;
        this.closedOn = closedOn;
    }

    /**
     * Monday to Friday from one time of the day to another.
     *
     * @param closes later than {@code opens}; {@link LocalTime#MIDNIGHT} is the end of the day
     * @throws IllegalArgumentException when it is not later
     */
    public static BusinessHours of(ZoneId zone, LocalTime opens, LocalTime closes) {
        if (!opens.isBefore(closes) && !closes.equals(LocalTime.MIDNIGHT)) {
            throw new IllegalArgumentException("closing at " + closes + " is not later than opening at " + opens);
        }
        Set<DayOfWeek> week = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        return new BusinessHours(zone, List.of(opens, closes), week, Set.of(), Set.of());
    }

    /**
     * The same on these days of the week instead.
     *
     * @throws IllegalArgumentException when there is none
     */
    public BusinessHours on(DayOfWeek... days) {
        return new BusinessHours(zone, hours(), EnumSet.copyOf(List.of(days)), closedEvery, closedOn);
    }

    /** The same but closed on these days of every year, too. */
    public BusinessHours closedEvery(MonthDay... days) {
        return new BusinessHours(zone, hours(), workingDays, joined(closedEvery, days), closedOn);
    }

    /** The same but closed on these days, too. */
    public BusinessHours closedOn(LocalDate... days) {
        return new BusinessHours(zone, hours(), workingDays, closedEvery, joined(closedOn, days));
    }

    /**
     * The first moment at which so much business time has passed: with none, the start itself or the next opening.
     *
     * @throws IllegalArgumentException when the time is negative, or when all days of a year are closed
     */
    public Instant deadline(Instant start, Duration businessTime) {
        if (businessTime.isNegative()) {
            throw new IllegalArgumentException("business time cannot be negative: " + businessTime);
        }
        Duration left = businessTime;
        LocalDate day = start.atZone(zone).toLocalDate();
        int closedDays = 0;
        while (closedDays <= LONGEST_CLOSED_DAYS) {
            closedDays = isWorkingDay(day) ? 0 : closedDays + 1;
            if (closedDays == 0) {
                Instant from = later(start, opening(day));
                Duration open = Duration.between(from, closing(day));
                if (open.compareTo(left) >= 0) {
                    return from.plus(left);
                }
                left = open.isNegative() ? left : left.minus(open);
            }
            day = day.plusDays(1);
        }
        throw new IllegalArgumentException("closed on every day of the year before " + day);
    }

    private boolean isWorkingDay(LocalDate day) {
        return workingDays.contains(day.getDayOfWeek())
                && !closedOn.contains(day)
                && !closedEvery.contains(MonthDay.from(day));
    }

    private Instant opening(LocalDate day) {
        LocalDateTime local = day.atTime(opens);
        return jumpOver(local, local.atZone(zone).toInstant());
    }

    private Instant closing(LocalDate day) {
        LocalDateTime local =
                closes.equals(LocalTime.MIDNIGHT) ? day.plusDays(1).atStartOfDay() : day.atTime(closes);
        return jumpOver(local, local.atZone(zone).withLaterOffsetAtOverlap().toInstant());
    }

    private Instant jumpOver(LocalDateTime local, Instant otherwise) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap() ? change.getInstant() : otherwise;
    }

    private List<LocalTime> hours() {
        return List.of(opens, closes);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static <T> Set<T> joined(Set<T> some, T[] others) {
        Set<T> all = new HashSet<>(some);
        all.addAll(List.of(others));
        return Set.copyOf(all);
    }
}
