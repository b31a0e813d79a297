package dev.athanor.benchmark;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of rows as people write them: {@code 10k}, {@code 1m}, {@code 250000}, {@code 1_000_000}. */
final class RowCounts {
    private static final Pattern FORM = Pattern.compile("([0-9]+)([km]?)");

    /** 200 GB, as much again for a copy of it. */
    private static final BigInteger MOST = BigInteger.valueOf(1_000_000_000);

    private RowCounts() {}

    /** @throws IllegalArgumentException with what is wrong */
    static long parse(String text) {
        Matcher form = FORM.matcher(text.trim().toLowerCase(Locale.ROOT).replace("_", ""));
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no number of rows; write 10k, 1m or 250000");
        }
        long factor = form.group(2).equals("k") ? 1_000 : form.group(2).equals("m") ? 1_000_000 : 1;
        BigInteger number = new BigInteger(form.group(1)).multiply(BigInteger.valueOf(factor));
        if (number.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is more than the " + MOST + " rows that a table here has at most");
        }
        long rows = number.longValueExact();
        if (rows < 1) {
            throw new IllegalArgumentException("a table of no rows tells nothing");
        }
        return rows;
    }
}
