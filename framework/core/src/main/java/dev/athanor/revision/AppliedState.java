package dev.athanor.revision;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a database has. It is checked against a graph only when a question is asked, so that a mistake in the target is
 * reported before one in the database.
 */
public final class AppliedState {
    private final boolean tips;
    private final List<String> names;

    private AppliedState(boolean tips, Collection<String> names) {
        this.tips = tips;
        this.names = names.stream().distinct().toList();
    }

    /** Nothing is applied. */
    public static AppliedState none() {
        return new AppliedState(false, List.of());
    }

    /**
     * The rows of a version table: applied is what they name, with all that it revises or depends on. Each may be written
     * like any target, such as the beginning of an id.
     */
    public static AppliedState fromTips(Collection<String> rows) {
        return new AppliedState(true, rows);
    }

    /**
     * Full ids of exactly the revisions that are applied. A revision below an applied one that is not itself in the set,
     * because it joined the graph later, counts as pending.
     */
    public static AppliedState of(Set<String> applied) {
        return new AppliedState(false, applied);
    }

    boolean tips() {
        return tips;
    }

    List<String> names() {
        return names;
    }

    /** For messages. */
    @Override
    public String toString() {
        return (tips ? "rows " : "applied ") + names;
    }
}
