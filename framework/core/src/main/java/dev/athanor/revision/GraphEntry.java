package dev.athanor.revision;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A revision as listings show it.
 *
 * @param id its id
 * @param parents ids of what it revises
 * @param dependsOn ids of what it depends on, labels resolved
 * @param children ids of what revises it
 * @param labels of the branches that it is on, sorted
 * @param flags what is special about it
 */
public record GraphEntry(
        String id,
        List<String> parents,
        List<String> dependsOn,
        List<String> children,
        SortedSet<String> labels,
        Set<Flag> flags) {
    public GraphEntry {
        parents = List.copyOf(parents);
        dependsOn = List.copyOf(dependsOn);
        children = List.copyOf(children);
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        flags = Set.copyOf(flags);
    }

    /** What is special about a revision. */
    public enum Flag {
        /** Nothing revises it or depends on it. */
        HEAD,
        /** Nothing revises it, but something depends on it: its row disappears when that is applied. */
        EFFECTIVE_HEAD,
        /** Several revisions revise it. */
        BRANCHPOINT,
        /** It revises several revisions. */
        MERGEPOINT,
        /** The database names it as one of its current revisions. */
        CURRENT;

        /** The words of listings: lower case, with a blank. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
