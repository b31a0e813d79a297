package dev.athanor.cli;

/**
 * The effective value of a setting.
 *
 * @param value what holds
 * @param origin where it comes from: a flag, an environment variable, a line of the settings file, or {@code default}
 */
record Sourced<T>(T value, String origin) {
    static final String DEFAULT = "default";

    /** Nobody has set it. */
    boolean isDefault() {
        return origin.equals(DEFAULT);
    }
}
