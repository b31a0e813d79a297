package dev.athanor.run;

import dev.athanor.ledger.VersionTool;
import dev.athanor.sql.QualifiedName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to take over from another tool.
 *
 * @param from whose versions
 * @param table its version table; null: the one of the usual name, first in the search path
 * @param names versions of that tool to ids of revisions, where {@link Adoption} would not find them by itself
 */
public record AdoptionRequest(VersionTool from, @Nullable QualifiedName table, Map<String, String> names) {
    public AdoptionRequest {
        names = Map.copyOf(names);
    }
}
