package dev.athanor.revision;

import java.util.List;

/**
 * One revision as the graph sees it.
 *
 * @param id free text of {@code [A-Za-z0-9_.]}; {@code @ - + :} have a meaning in targets and {@link RevisionGraph} refuses
 *     them
 * @param revises full ids of the parents: none for a base, several for a merge
 * @param dependsOn full ids or labels of what must be applied first without being a parent
 * @param labels names of the branch that starts here
 */
public record RevisionNode(String id, List<String> revises, List<String> dependsOn, List<String> labels) {
    public RevisionNode {
        revises = List.copyOf(revises);
        dependsOn = List.copyOf(dependsOn);
        labels = List.copyOf(labels);
    }
}
