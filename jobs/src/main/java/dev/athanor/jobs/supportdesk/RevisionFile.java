package dev.athanor.jobs.supportdesk;

/**
 * A revision file as it may be written into a migrations folder.
 *
 * @param name file name, such as {@code sd001_add_priority.sql}
 * @param text its whole content
 */
public record RevisionFile(String name, String text) {}
