package dev.athanor.run;

import dev.athanor.revision.Phase;
import org.jspecify.annotations.Nullable;

/**
 * What to upgrade.
 *
 * @param target id, beginning of an id, label, {@code head}, {@code heads} …
 * @param phase only this phase of the pending revisions; null: all of them
 */
public record UpgradeRequest(String target, @Nullable Phase phase) {}
