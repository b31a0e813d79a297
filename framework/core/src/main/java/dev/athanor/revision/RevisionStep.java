package dev.athanor.revision;

import java.util.Locale;

/**
 * One step of a plan.
 *
 * @param action what happens to the revision
 * @param id which revision
 */
public record RevisionStep(Action action, String id) {

    /** What happens to a revision. */
    public enum Action {
        /** Its phases run. */
        UPGRADE,
        /** Its applied phases are undone. */
        DOWNGRADE,
        /** It becomes a row of the version table, and nothing runs. */
        STAMP,
        /** Its row disappears, and nothing runs. */
        UNSTAMP;

        /** The name as it stands in listings: lower case. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
