package dev.athanor.backfill;

import dev.athanor.catalog.ColumnPicture.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Dates and times as the server sends them in binary: days or microseconds since 2000-01-01, the least and the greatest
 * number for -infinity and infinity. Read from hex digits, written as ISO 8601.
 */
final class Times {
    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long EPOCH_SECOND = EPOCH_DAY * 86_400;

    private Times() {}

    /** As to_json writes them, which reads back in any session. */
    static String text(Kind kind, String hex) {
        if (isInfinite(kind, hex)) {
            return hex.startsWith("7") ? "infinity" : "-infinity";
        }
        if (kind == Kind.DATE) {
            LocalDate date = date(hex);
            return day(date) + era(date);
        }
        LocalDateTime time = time(hex);
        return iso(time) + (kind == Kind.TIMESTAMPTZ ? "+00:00" : "") + era(time.toLocalDate());
    }

    static boolean isInfinite(Kind kind, String hex) {
        return kind == Kind.DATE
                ? hex.equals("7fffffff") || hex.equals("80000000")
                : hex.equals("7fffffffffffffff") || hex.equals("8000000000000000");
    }

    static LocalDate date(String hex) {
        return LocalDate.ofEpochDay(EPOCH_DAY + Integer.parseUnsignedInt(hex, 16));
    }

    /** Of a timestamptz: in UTC. */
    static LocalDateTime time(String hex) {
        long micros = HexFormat.fromHexDigitsToLong(hex);
        return LocalDateTime.ofEpochSecond(
                EPOCH_SECOND + Math.floorDiv(micros, 1_000_000L),
                (int) Math.floorMod(micros, 1_000_000L) * 1000,
                ZoneOffset.UTC);
    }

    /** Of a timestamptz. */
    static Instant instant(String hex) {
        long micros = HexFormat.fromHexDigitsToLong(hex);
        return Instant.ofEpochSecond(
                EPOCH_SECOND + Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    /** A date as PostgreSQL reads it, whatever its year. */
    static String text(LocalDate date) {
        return day(date) + era(date);
    }

    /** A time as PostgreSQL reads it, whatever its year. */
    static String text(LocalDateTime time) {
        return iso(time) + era(time.toLocalDate());
    }

    /** A time as PostgreSQL reads it, whatever its year. */
    static String text(OffsetDateTime time) {
        LocalDateTime utc = time.atZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
        return iso(utc) + "+00:00" + era(utc.toLocalDate());
    }

    private static String iso(LocalDateTime time) {
        return day(time.toLocalDate()) + "T" + time.toLocalTime();
    }

    private static String day(LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }
}
