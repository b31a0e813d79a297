package dev.athanor.lint;

import java.util.Locale;

/** The text of a waiver's comment. */
final class WaiverText {
    private static final String PREFIX = "athanor:allow";

    private WaiverText() {}

    static boolean isWaiver(String comment) {
        String text = comment.substring(2).strip();
        return text.startsWith(PREFIX)
                && (text.length() == PREFIX.length() || Character.isWhitespace(text.charAt(PREFIX.length())));
    }

    static Waiver read(String comment, Place place) {
        String[] parts =
                comment.substring(2).strip().substring(PREFIX.length()).strip().split("\\s+", 2);
        return new Waiver(parts[0].toUpperCase(Locale.ROOT), parts.length > 1 ? parts[1].strip() : "", place);
    }
}
