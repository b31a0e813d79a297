package dev.athanor.migration;

/**
 * A revision as a class: public, with a public constructor without parameters, and with {@link Revision @Revision}.
 *
 * <pre>{@code
 * @Revision(id = "data002", revises = "data001", message = "add computed resolution time to tickets")
 * public final class AddResolutionTime implements Migration {
 *     @Override
 *     public void define(MigrationBuilder migration) {
 *         migration.expand(sql("ALTER TABLE tickets ADD COLUMN resolution_seconds integer"));
 *         migration.backfill(sql("""
 *                 UPDATE tickets SET resolution_seconds = extract(epoch FROM resolved_at - created_at)
 *                  WHERE ${chunk} AND resolved_at IS NOT NULL AND resolution_seconds IS NULL
 *                 """).over("tickets"));
 *         migration.verify(sql("""
 *                 SELECT count(*) FROM tickets WHERE resolved_at IS NOT NULL AND resolution_seconds IS NULL"""));
 *         migration.undoExpand(sql("ALTER TABLE tickets DROP COLUMN resolution_seconds"));
 *     }
 * }
 * }</pre>
 */
public interface Migration {
    /**
     * Says what the revision does. Called whenever revisions are read, also by commands that run nothing, so it must
     * always say the same and touch nothing outside.
     */
    void define(MigrationBuilder migration);
}
