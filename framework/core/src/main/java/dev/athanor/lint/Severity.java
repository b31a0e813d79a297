package dev.athanor.lint;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
    /** Breaks running applications, blocks them, loses data or fails: the revision is refused. */
    ERROR,
    /** May hurt; worth a look before it runs. */
    WARNING,
    /** Good to know. */
    INFO;

    /** As output writes it: {@code error}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
