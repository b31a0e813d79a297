package dev.athanor.run;

import dev.athanor.ledger.BackfillFacts;
import dev.athanor.ledger.BackfillFacts.OpenRange;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a walk has come along its key. A range that is begun counts by where its cursor stands between its bounds when
 * the key is a number, a time or a UUID; else by its rows, as if all ranges had as many.
 */
final class KeyPosition {
    private static final int HEX = 16;
    private static final int NANO_DIGITS = 9;
    /** A longer text is no number that a key has, and costs more than it tells. */
    private static final int LONGEST = 64;

    private KeyPosition() {}

    /** Share of the whole walk, 0 to 1. */
    static double of(BackfillFacts backfill) {
        int ranges = backfill.tally().ranges();
        if (ranges == 0) {
            return backfill.state().equals("done") ? 1 : 0;
        }
        double rowsOfRange = Math.max(1, (double) backfill.rowsEstimated() / ranges);
        double open = backfill.open().stream()
                .mapToDouble(range -> between(range).orElseGet(() -> range.walked() / rowsOfRange))
                .map(share -> Math.max(0, Math.min(1, share)))
                .sum();
        return Math.min(1, (backfill.tally().done() + open) / ranges);
    }

    /** Where the cursor stands between the bounds; empty when that cannot be told. */
    static Optional<Double> between(OpenRange range) {
        Optional<BigDecimal> lower = number(range.lower());
        Optional<BigDecimal> upper = number(range.upper());
        Optional<BigDecimal> cursor = number(range.cursor());
        if (lower.isEmpty() || upper.isEmpty() || cursor.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal width = upper.get().subtract(lower.get());
        return width.signum() <= 0
                ? Optional.empty()
                : Optional.of(cursor.get()
                        .subtract(lower.get())
                        .divide(width, MathContext.DECIMAL64)
                        .doubleValue());
    }

    private static Optional<BigDecimal> number(String key) {
        if (key.isEmpty() || key.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(key.indexOf('T') > 0 || key.indexOf(':') > 0 || isDate(key) ? time(key) : plain(key));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isDate(String key) {
        return key.length() == "2026-11-21".length() && key.charAt(4) == '-' && key.charAt(7) == '-';
    }

    private static BigDecimal plain(String key) {
        return key.length() == "00000000-0000-0000-0000-000000000000".length() && key.charAt(8) == '-'
                ? new BigDecimal(new BigInteger(UUID.fromString(key).toString().replace("-", ""), HEX))
                : new BigDecimal(key);
    }

    private static BigDecimal time(String key) {
        String iso = key.replace(' ', 'T');
        if (isDate(key)) {
            return BigDecimal.valueOf(LocalDate.parse(key).toEpochDay());
        }
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
        OffsetDateTime time =
                zoned ? OffsetDateTime.parse(iso) : LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
        return BigDecimal.valueOf(time.toEpochSecond()).add(BigDecimal.valueOf(time.getNano(), NANO_DIGITS));
    }
}
