package dev.athanor.revision;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A target so many steps from another one: {@code +2}, {@code label@+1}, {@code data002-1}, {@code label@base+2}.
 *
 * @param branch label or id before the {@code @}
 * @param symbol where to start; null for the current revisions
 * @param steps upwards when above zero
 */
record RelativeTarget(@Nullable String branch, @Nullable String symbol, int steps) {
    private static final Pattern SHAPE = Pattern.compile("(?:(.+?)@)?([\\w.]+)?([+-])([0-9]+)");
    /** More digits than this are more steps than any graph has, and would not fit a number. */
    private static final int DIGITS = 9;

    /** The parts of a relative target, or null when the text is none. */
    static @Nullable RelativeTarget parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String digits = matcher.group(4);
        int steps = digits.length() > DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits);
        return new RelativeTarget(
                matcher.group(1), matcher.group(2), matcher.group(3).equals("-") ? -steps : steps);
    }
}
