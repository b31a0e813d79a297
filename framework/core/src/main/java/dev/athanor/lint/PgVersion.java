package dev.athanor.lint;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server version to lint for.
 *
 * @param major {@code 15} of 15.4; of versions before 10 the first number alone
 * @param minor {@code 4} of 15.4; null when it is not known
 */
public record PgVersion(int major, @Nullable Integer minor) {
    /** The newest major version that Athanor's tests know; used when nothing says which server it will be. */
    public static final PgVersion NEWEST = new PgVersion(18, null);

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,3}))?(?:\\.\\d{1,3})?");

    /**
     * Reads {@code 15}, {@code 15.4} or {@code 9.6}.
     *
     * @throws AthanorException kind USAGE, code {@code invalid_pg_version}, when it is none
     */
    public static PgVersion parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new AthanorException(
                    FailureKind.USAGE,
                    "invalid_pg_version",
                    "'" + text + "' is no version of PostgreSQL",
                    "Write it as 15 or 15.4.");
        }
        String minor = matcher.group(2);
        return new PgVersion(Integer.parseInt(matcher.group(1)), minor == null ? null : Integer.valueOf(minor));
    }

    /** From {@code server_version_num}, such as 150004 or 90624. */
    public static PgVersion ofNumber(int number) {
        return number >= 100_000
                ? new PgVersion(number / 10_000, number % 10_000)
                : new PgVersion(number / 10_000, number / 100 % 100);
    }

    /** Whether it is this major version or a later one. */
    public boolean atLeast(int version) {
        return major >= version;
    }

    /** As written: {@code 15.4}, or {@code 15} where the minor version is not known. */
    @Override
    public String toString() {
        return minor == null ? Integer.toString(major) : major + "." + minor;
    }
}
