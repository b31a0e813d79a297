package dev.athanor.jobs.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final BusinessHours OFFICE = BusinessHours.of(BERLIN, LocalTime.of(8, 0), LocalTime.of(18, 0))
            .closedEvery(MonthDay.of(12, 25), MonthDay.of(12, 26))
            .closedOn(LocalDate.of(2024, 4, 1));
    private static final BusinessHours ALWAYS =
            BusinessHours.of(BERLIN, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT).on(DayOfWeek.values());

    @ParameterizedTest
    @CsvSource({
        "2024-03-05T10:00+01:00, PT2H, 2024-03-05T12:00+01:00", // within a day
        "2024-03-05T17:00+01:00, PT1H, 2024-03-05T18:00+01:00", // up to closing time
        "2024-03-05T17:00+01:00, PT1H0.000001S, 2024-03-06T08:00:00.000001+01:00", // and the least bit more
        "2024-03-05T06:30+01:00, PT2H, 2024-03-05T10:00+01:00", // before opening
        "2024-03-05T20:00+01:00, PT2H, 2024-03-06T10:00+01:00", // after closing
        "2024-03-05T20:00+01:00, PT0S, 2024-03-06T08:00+01:00",
        "2024-03-08T16:00+01:00, PT4H, 2024-03-11T10:00+01:00", // over a week-end
        "2024-03-09T12:00+01:00, PT25H, 2024-03-13T13:00+01:00", // from a Saturday, several days
        "2024-12-24T17:00+01:00, PT2H, 2024-12-27T09:00+01:00", // over days that are closed every year
        "2024-03-29T17:00+01:00, PT2H, 2024-04-02T09:00+02:00", // over a week-end with a change of the clock, and a
        // holiday
        "2024-10-25T17:00+02:00, PT2H, 2024-10-28T09:00+01:00", // the clock goes back
    })
    void countsOfficeHours(ZonedDateTime start, Duration time, ZonedDateTime due) {
        assertThat(OFFICE.deadline(start.toInstant(), time)).isEqualTo(due.toInstant());
    }

    @ParameterizedTest
    @CsvSource({
        "2024-03-30T12:00+01:00, PT24H, 2024-03-31T13:00+02:00", // a day of 23 hours
        "2024-10-26T12:00+02:00, PT24H, 2024-10-27T11:00+01:00", // a day of 25 hours
        "2024-10-27T00:00+02:00, PT25H, 2024-10-28T00:00+01:00",
    })
    void countsEveryHourThatPasses(ZonedDateTime start, Duration time, ZonedDateTime due) {
        assertThat(ALWAYS.deadline(start.toInstant(), time)).isEqualTo(due.toInstant());
    }

    @Test
    void opensWhenTheClockJumpsOverTheOpeningTime() {
        BusinessHours hours = BusinessHours.of(BERLIN, LocalTime.of(2, 30), LocalTime.of(4, 0))
                .on(DayOfWeek.SUNDAY);
        assertThat(hours.deadline(Instant.parse("2024-03-30T12:00:00Z"), Duration.ofMinutes(10)))
                .isEqualTo(Instant.parse("2024-03-31T01:10:00Z"));
        assertThat(hours.deadline(Instant.parse("2024-10-26T12:00:00Z"), Duration.ofMinutes(150)))
                .as("open from the first 02:30 on")
                .isEqualTo(Instant.parse("2024-10-27T03:00:00Z"));
        BusinessHours night = BusinessHours.of(BERLIN, LocalTime.of(1, 0), LocalTime.of(2, 30))
                .on(DayOfWeek.SUNDAY);
        assertThat(night.deadline(Instant.parse("2024-10-26T12:00:00Z"), Duration.ofMinutes(150)))
                .as("open up to the second 02:30")
                .isEqualTo(Instant.parse("2024-10-27T01:30:00Z"));
    }

    /** Goes minute by minute, and asks of each whether it is business time. */
    @Test
    void agreesWithACountOfMinutes() {
        Random random = new Random(17);
        List<ZoneId> zones = List.of(
                BERLIN,
                ZoneId.of("America/New_York"),
                ZoneId.of("America/Sao_Paulo"),
                ZoneId.of("Australia/Lord_Howe"));
        for (int round = 0; round < 400; round++) {
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            LocalTime opens = random.nextBoolean() ? LocalTime.MIDNIGHT : LocalTime.of(7 + random.nextInt(3), 15);
            LocalTime closes = random.nextBoolean() ? LocalTime.MIDNIGHT : LocalTime.of(16 + random.nextInt(6), 45);
            boolean everyDay = random.nextBoolean();
            Set<LocalDate> holidays = Set.of(LocalDate.of(2018, 3, 1 + random.nextInt(28)));
            BusinessHours hours = BusinessHours.of(zone, opens, closes)
                    .on(everyDay ? DayOfWeek.values() : new DayOfWeek[] {DayOfWeek.MONDAY, DayOfWeek.SATURDAY})
                    .closedOn(holidays.toArray(LocalDate[]::new));
            // around the changes of the clock in 2018, when Brazil still had them at midnight
            Instant start = Instant.parse(random.nextBoolean() ? "2018-03-08T00:00:00Z" : "2018-10-25T00:00:00Z")
                    .plus(random.nextInt(25 * 24 * 60), ChronoUnit.MINUTES);
            int minutes = 1 + random.nextInt(60 * 60);

            Instant at = start;
            for (int counted = 0; counted < minutes; at = at.plus(1, ChronoUnit.MINUTES)) {
                ZonedDateTime local = at.atZone(zone);
                boolean open = (everyDay
                                || Set.of(DayOfWeek.MONDAY, DayOfWeek.SATURDAY).contains(local.getDayOfWeek()))
                        && !holidays.contains(local.toLocalDate())
                        && !local.toLocalTime().isBefore(opens)
                        && (closes.equals(LocalTime.MIDNIGHT)
                                || local.toLocalTime().isBefore(closes));
                counted += open ? 1 : 0;
            }
            assertThat(hours.deadline(start, Duration.ofMinutes(minutes)))
                    .as("round %d: %s from %s to %s, %d minutes from %s", round, zone, opens, closes, minutes, start)
                    .isEqualTo(at);
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> BusinessHours.of(BERLIN, LocalTime.NOON, LocalTime.NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12:00");
        assertThatThrownBy(() -> OFFICE.on()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OFFICE.deadline(Instant.EPOCH, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        BusinessHours never = OFFICE.closedEvery(everyDay());
        assertThatThrownBy(() -> never.deadline(Instant.EPOCH, Duration.ofHours(1)))
                .hasMessageContaining("closed on every day");
    }

    private static MonthDay[] everyDay() {
        return LocalDate.of(2024, 1, 1)
                .datesUntil(LocalDate.of(2025, 1, 1))
                .map(MonthDay::from)
                .toArray(MonthDay[]::new);
    }
}
