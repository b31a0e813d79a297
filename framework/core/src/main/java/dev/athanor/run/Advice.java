package dev.athanor.run;

/**
 * Something that will hurt when a backfill runs.
 *
 * @param code {@code index_on_changed_column}, {@code index_in_expand}, {@code no_free_space}, {@code trigger_per_row},
 *     {@code generated_column}, {@code autovacuum_off} or {@code vacuum_not_permitted}
 * @param object what it is about, with its name as it may stand in SQL
 * @param message what is the matter with it; reads on from the object
 * @param remedy what to do
 */
public record Advice(String code, String object, String message, String remedy) {}
