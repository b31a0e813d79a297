package dev.athanor.revision;

import java.util.List;

/**
 * One revision as the graph sees it.
 *
 * @param id free text of {@code [A-Za-z0-9_.-]}
 * @param revises full ids of the parents: none for a base, several for a merge
 * @param dependsOn ids or labels that must be applied first without being parents
 * @param labels names of the branch that starts here
 */
public record RevisionNode(String id, List<String> revises, List<String> dependsOn, List<String> labels) {
    public RevisionNode {
        revises = List.copyOf(revises);
        dependsOn = List.copyOf(dependsOn);
        labels = List.copyOf(labels);
    }
}
