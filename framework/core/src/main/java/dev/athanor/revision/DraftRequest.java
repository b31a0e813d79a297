package dev.athanor.revision;

import java.util.List;

/**
 * What somebody wants of a new revision.
 *
 * @param heads what it is to revise, each anything that names revisions: an id or the beginning of one, {@code label@head},
 *     {@code heads} for all, {@code base} for nothing; none means {@code head}
 * @param splice whether it may revise something that is no head, which makes a new branch
 * @param labels names of the branch that starts with it
 * @param dependsOn what must be applied first without being a parent, each anything that names one revision
 */
public record DraftRequest(List<String> heads, boolean splice, List<String> labels, List<String> dependsOn) {
    public DraftRequest {
        heads = List.copyOf(heads);
        labels = List.copyOf(labels);
        dependsOn = List.copyOf(dependsOn);
    }
}
