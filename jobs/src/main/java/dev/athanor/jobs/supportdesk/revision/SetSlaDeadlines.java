package dev.athanor.jobs.supportdesk.revision;

import static dev.athanor.migration.Rows.transform;
import static dev.athanor.migration.Sql.sql;

import dev.athanor.jobs.calendar.BusinessHours;
import dev.athanor.migration.Migration;
import dev.athanor.migration.MigrationBuilder;
import dev.athanor.migration.Revision;
import dev.athanor.migration.RowView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * Gives every ticket a deadline, counted in business hours. The calendar is counted in the JVM; the function in the
 * database, which fills in tickets of an application that does not know the column, counts the same one, and the
 * verification compares the two for every ticket.
 */
@Revision(
        id = "sd004",
        revises = "sd003",
        message = "give every ticket a deadline, counted in business hours",
        created = "2026-11-21T09:30:00Z")
public final class SetSlaDeadlines implements Migration {
    private static final BusinessHours HOURS = BusinessHours.of(
                    ZoneId.of("Europe/Berlin"), LocalTime.of(8, 0), LocalTime.of(18, 0))
            .closedEvery(
                    MonthDay.of(1, 1), MonthDay.of(5, 1), MonthDay.of(10, 3), MonthDay.of(12, 25), MonthDay.of(12, 26))
            .closedOn(Stream.of(
                            "2023-04-07 2023-04-10 2023-05-18 2023-05-29",
                            "2024-03-29 2024-04-01 2024-05-09 2024-05-20",
                            "2025-04-18 2025-04-21 2025-05-29 2025-06-09",
                            "2026-04-03 2026-04-06 2026-05-14 2026-05-25",
                            "2027-03-26 2027-03-29 2027-05-06 2027-05-17",
                            "2028-04-14 2028-04-17 2028-05-25 2028-06-05")
                    .flatMap(year -> Stream.of(year.split(" ")))
                    .map(LocalDate::parse)
                    .toArray(LocalDate[]::new));

    // The calendar. In the Java revision the same one is counted in the JVM; this function is what fills the column of
    // tickets that an application writes which does not know it.
    private static final String IS_HOLIDAY = """
            CREATE FUNCTION support_desk_is_holiday(day date) RETURNS boolean
              LANGUAGE sql IMMUTABLE PARALLEL SAFE
              AS $function$
                SELECT (extract(month FROM day), extract(day FROM day)) IN ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
                    OR day IN (
                      '2023-04-07', '2023-04-10', '2023-05-18', '2023-05-29',
                      '2024-03-29', '2024-04-01', '2024-05-09', '2024-05-20',
                      '2025-04-18', '2025-04-21', '2025-05-29', '2025-06-09',
                      '2026-04-03', '2026-04-06', '2026-05-14', '2026-05-25',
                      '2027-03-26', '2027-03-29', '2027-05-06', '2027-05-17',
                      '2028-04-14', '2028-04-17', '2028-05-25', '2028-06-05')
              $function$;""";

    // Monday to Friday, 8 to 18 o'clock in Berlin. Seconds, not intervals: a day has 23 hours once a year.
    private static final String SLA_DUE = """
            CREATE FUNCTION support_desk_sla_due(created_at timestamptz, priority text) RETURNS timestamptz
              LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
              AS $function$
              DECLARE
                zone CONSTANT text := 'Europe/Berlin';
                remaining numeric := 3600 * CASE priority WHEN 'urgent' THEN 2 WHEN 'high' THEN 8 WHEN 'normal' THEN 20 ELSE 50 END;
                day date := (created_at AT TIME ZONE zone)::date;
                closed_days integer := 0;
                opens timestamptz;
                seconds numeric;
              BEGIN
                -- No day is ever reached from no day, nor from infinity.
                IF created_at IS NULL OR NOT isfinite(created_at) THEN
                  RETURN created_at;
                END IF;
                LOOP
                  closed_days := closed_days + 1;
                  IF extract(isodow FROM day) <= 5 AND NOT support_desk_is_holiday(day) THEN
                    closed_days := 0;
                    opens := greatest(created_at, (day + time '08:00') AT TIME ZONE zone);
                    seconds := extract(epoch FROM (day + time '18:00') AT TIME ZONE zone - opens);
                    IF seconds >= remaining THEN
                      RETURN opens + make_interval(secs => remaining::double precision);
                    END IF;
                    remaining := remaining - greatest(seconds, 0);
                  END IF;
                  IF closed_days > 366 THEN
                    RAISE EXCEPTION 'the calendar is closed on every day of the year before %', day;
                  END IF;
                  day := day + 1;
                END LOOP;
              END
              $function$;""";

    private static final String SET_SLA_DUE = """
            CREATE FUNCTION support_desk_set_sla_due() RETURNS trigger
              LANGUAGE plpgsql SET search_path FROM CURRENT
              AS $function$
              BEGIN
                NEW.sla_due_at := support_desk_sla_due(NEW.created_at, NEW.priority);
                RETURN NEW;
              END
              $function$;""";

    /** Says what it does. */
    public SetSlaDeadlines() {}

    /**
     * The moment by which a ticket is to be resolved.
     *
     * @param priority as {@link AddPriority} gives it
     */
    public static Instant due(Instant created, String priority) {
        return HOURS.deadline(
                created,
                switch (priority) {
                    case "urgent" -> Duration.ofHours(2);
                    case "high" -> Duration.ofHours(8);
                    case "normal" -> Duration.ofHours(20);
                    default -> Duration.ofHours(50);
                });
    }

    // An infinite time is no Instant. It is its own deadline here, as in the database.
    private static Object due(RowView row) {
        String created = Objects.requireNonNull(row.text("created_at"));
        return created.endsWith("infinity")
                ? created
                : due(
                        Objects.requireNonNull(row.get("created_at", Instant.class)),
                        Objects.requireNonNull(row.text("priority")));
    }

    @Override
    public void define(MigrationBuilder migration) {
        migration.expand(
                sql("ALTER TABLE tickets ADD COLUMN sla_due_at timestamptz;" + IS_HOLIDAY + SLA_DUE + SET_SLA_DUE));
        migration.expand(sql("""
                        -- Behind the trigger that sets the priority: triggers of one kind fire in the order of their names.
                        CREATE TRIGGER support_desk_set_sla_due BEFORE INSERT OR UPDATE OF created_at, priority ON tickets
                          FOR EACH ROW EXECUTE FUNCTION support_desk_set_sla_due();"""));
        migration.backfill(transform("tickets")
                .key("id")
                .name("sla-due")
                .reads("created_at", "priority")
                .writes("sla_due_at")
                .where("sla_due_at IS NULL")
                .with(row -> Mono.fromSupplier(() -> Map.of("sla_due_at", due(row))))
                .version("1"));
        migration.verify(sql("""
                        SELECT count(*) FROM tickets WHERE sla_due_at IS DISTINCT FROM support_desk_sla_due(created_at, priority);""").name("every-deadline-right"));
        migration.contract(
                sql("CREATE INDEX CONCURRENTLY ix_tickets_sla_due ON tickets (sla_due_at) WHERE resolved_at IS NULL;")
                        .withoutTransaction());
        migration.contract(
                sql("ALTER TABLE tickets ADD CONSTRAINT ticket_sla_due_set CHECK (sla_due_at IS NOT NULL) NOT VALID;"));
        migration.contract(sql("ALTER TABLE tickets VALIDATE CONSTRAINT ticket_sla_due_set;"));
        migration.contract(sql("ALTER TABLE tickets ALTER COLUMN sla_due_at SET NOT NULL;"));
        migration.contract(sql("ALTER TABLE tickets DROP CONSTRAINT ticket_sla_due_set;"));
        migration.undoContract(sql("ALTER TABLE tickets ALTER COLUMN sla_due_at DROP NOT NULL;"));
        migration.undoContract(
                sql("DROP INDEX CONCURRENTLY IF EXISTS ix_tickets_sla_due;").withoutTransaction());
        migration.undoExpand(sql("""
                        DROP TRIGGER support_desk_set_sla_due ON tickets;
                        DROP FUNCTION support_desk_set_sla_due();
                        DROP FUNCTION support_desk_sla_due(timestamptz, text);
                        DROP FUNCTION support_desk_is_holiday(date);
                        ALTER TABLE tickets DROP COLUMN sla_due_at;"""));
    }
}
